/// What is said in FTP: the verbs ([Verb]), what a client says ([Command]), what a server answers
/// ([Reply]), how both are read and printed ([Grammar]), a line of a listing ([Entry]), what crosses
/// the data connection ([Representation]), and the client's half ([FtpClient]).
///
/// RFC 959, RFC 1123 §4.1 (its corrections), RFC 2228 and RFC 4217 (TLS), RFC 2389 (FEAT, OPTS),
/// RFC 2428 (EPRT, EPSV), RFC 2640 (UTF-8), RFC 3659 (MDTM, SIZE, REST, MLST, MLSD).
///
/// No disk, no user, no policy: what is done with a command is the server's.
@NullMarked
package org.postroom.ftp;

import org.jspecify.annotations.NullMarked;
