/// What is said in POP3: the verbs ([Verb]), what a client says ([Command]), what a server answers
/// ([Reply]), how both are read and printed ([Grammar]), and the client's half ([Pop3Client]).
///
/// RFC 1939, RFC 2449 (CAPA), RFC 2595 (STLS), RFC 3206 (response codes), RFC 5034 (AUTH).
///
/// No disk, no user, no policy: what is done with a command is the server's.
@NullMarked
package org.postroom.pop3;

import org.jspecify.annotations.NullMarked;
