/// Puts loads on this server and on the peers that a user would pick, in one run, rounds in turn, and
/// says how many times as good we are.
///
/// A [Row] is one load on a [Stage]; [Rows] is the table of them, and a later row is one more entry
/// there. A [Contender] makes a [Subject], a server with processes of its own on loopback: `Postroom`,
/// or peers from Debian's packages, which [Packages] unpacks. [Run] takes the rounds in turn,
/// [Comparison] judges them, [Paper] writes them down. A [Library] has no process: JMH takes its rounds.
///
/// Loads speak by [Talk], which looks at as little of an answer as it can: the load must be light, since
/// it shares the machine with the server. Nothing here is part of a server that serves.
@NullMarked
package org.postroom.bench;

import org.jspecify.annotations.NullMarked;
