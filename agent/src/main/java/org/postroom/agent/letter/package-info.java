/// Letters being written: drafts, the address book, what a reply begins with; and sent: by submission
/// (RFC 6409), or kept in an outbox while no server can be reached.
///
/// How a letter becomes a message is `mime.compose`'s affair.
@NullMarked
package org.postroom.agent.letter;

import org.jspecify.annotations.NullMarked;
