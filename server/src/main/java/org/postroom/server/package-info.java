/// What every conversation stands on: the house ([House]) with its store and settings, the one port
/// table ([Port]), who may come in ([Doorkeeper]), and what is written down about it ([Journal]).
///
/// Each protocol's conversation is a package below. What may not live here: anything that belongs to
/// one protocol, and anything that reads a file or a command line (that is the roof's).
@NullMarked
package org.postroom.server;

import org.jspecify.annotations.NullMarked;
