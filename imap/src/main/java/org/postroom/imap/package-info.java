/// What is said in IMAP: the verbs ([Verb]), what a client says ([Command]), what a server answers
/// ([Response], [Reply]), how both are read and printed ([Grammar], [Responses]), and the client's
/// half ([ImapClient]).
///
/// A literal is met in the production that wants one and streamed from a [Source]; nothing else
/// knows of `{n}`. What is bent for clients that need it is a [Tolerance].
///
/// RFC 3501 (IMAP4rev1; RFC 9051 where it says the same more clearly), RFC 2177 (IDLE), RFC 2342
/// (NAMESPACE), RFC 2971 (ID), RFC 3691 (UNSELECT), RFC 4315 (UIDPLUS), RFC 4959 (SASL-IR),
/// RFC 5530 (response codes), RFC 6154 (SPECIAL-USE), RFC 6851 (MOVE), RFC 7888 (LITERAL+).
///
/// No disk, no user, no policy: what is done with a command is the server's.
@NullMarked
package org.postroom.imap;

import org.jspecify.annotations.NullMarked;
