/// Letters where they lie: mailboxes at an IMAP server, a maildrop at a POP3 server, seen alike.
/// RFC 3501, RFC 1939.
///
/// Servers are not believed: what they say is bounded here and in the client halves, and nothing of it
/// reaches a terminal except by `mime.render.Visible`.
@NullMarked
package org.postroom.agent.access;

import org.jspecify.annotations.NullMarked;
