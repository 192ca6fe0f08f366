/// The file agent at the terminal, `./postroom ftp`: the user interface of RFC 959 §2.3, above the client's
/// half in `org.postroom.ftp`. Single commands for scripts, and a prompt; the same verbs for both.
///
/// Files of this machine are read and written here, and nowhere below. What a server calls a file is a
/// stranger's word until [Names] has looked at it.
@NullMarked
package org.postroom.agent.ftp;

import org.jspecify.annotations.NullMarked;
