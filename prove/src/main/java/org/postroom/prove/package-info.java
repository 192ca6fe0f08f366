/// Proves that what was acknowledged is kept: a child process under load is killed at a random
/// moment, the power is cut (all that was not synced is at risk), and what is found afterwards is
/// held against every acknowledgement that had been heard.
///
/// A [Round] does this to a [Subject]: [StoreSubject] is the store alone, [ServerSubject] the whole
/// server, spoken to over its sockets. [PowerCut] knows what a
/// child had made durable, by a small C library that is preloaded into it, and takes the rest away.
/// Nothing here is part of a server that serves.
@NullMarked
package org.postroom.prove;

import org.jspecify.annotations.NullMarked;
