/// What is said in SMTP, submission and LMTP: the verbs ([Verb]), what a client says ([Command]),
/// what a server answers ([Reply], [Extensions]), how both are read and printed ([Grammar]), what is
/// forgiven ([Tolerance]), and the client's half ([SmtpClient]).
///
/// RFC 5321, RFC 821 (SEND, SOML, SAML, TURN), RFC 2033 (LMTP), RFC 1870 (SIZE), RFC 2034 and RFC
/// 3463 (enhanced codes), RFC 2920 (PIPELINING), RFC 3207 (STARTTLS), RFC 4954 (AUTH), RFC 6152
/// (8BITMIME).
///
/// No disk, no user, no policy: what is done with a command is the server's.
@NullMarked
package org.postroom.smtp;

import org.jspecify.annotations.NullMarked;
