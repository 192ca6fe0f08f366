/// The mail agent at the terminal, `./postroom mail`: one set of verbs with three faces, which are
/// single commands for scripts, a prompt, and a full screen.
///
/// A library first: `account`, `access` and `letter` below do the work and know no terminal. The agent
/// speaks IMAP, POP3 and submission to whatever server there is, and never sees a store.
@NullMarked
package org.postroom.agent;

import org.jspecify.annotations.NullMarked;
