/// What is done with what is said in SMTP, submission and LMTP: the session ([SmtpConversation]), its
/// transactions ([Transaction]), the letter on its way in ([Intake]). The way onwards is the queue's.
///
/// RFC 5321, RFC 6409 (submission), RFC 2033 (LMTP); what is said is `org.postroom.smtp`'s.
///
/// No row, no blob, no thread: where letters lie is the store's.
@NullMarked
package org.postroom.server.smtp;

import org.jspecify.annotations.NullMarked;
