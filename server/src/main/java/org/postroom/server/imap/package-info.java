/// What is done in IMAP: one session from greeting to good-bye ([ImapConversation]), its states
/// ([State]), and a file for each verb that is longer than a screen. What is said is
/// `org.postroom.imap`'s; what is kept is the store's.
///
/// A session shows its client one view of the selected mailbox and moves it on only where the client
/// may be told ([Selected], [News]). Loops over many messages run on platform threads ([org.postroom.server.Slices]).
///
/// RFC 3501 and the extensions that CAPABILITY names.
@NullMarked
package org.postroom.server.imap;

import org.jspecify.annotations.NullMarked;
