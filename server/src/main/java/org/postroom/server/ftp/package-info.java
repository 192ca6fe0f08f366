/// What is done in FTP: the control conversation ([FtpConversation]) on one virtual thread, a transfer
/// ([Transfer]) on a second, which posts its end into the one queue that the conversation takes from
/// ([Inbox]). What is said is `org.postroom.ftp`'s; what is kept is the store's.
///
/// RFC 959, RFC 1123 §4.1, RFC 2389, RFC 2428, RFC 2577 (bounces, guesses), RFC 3659, RFC 4217.
@NullMarked
package org.postroom.server.ftp;

import org.jspecify.annotations.NullMarked;
