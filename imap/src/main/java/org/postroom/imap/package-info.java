/// What is said in IMAP: the verbs ([Verb]), what a client says ([Command]), what a server answers
/// ([Response], [Reply]), how both are read and printed ([Grammar], [Responses]), and the client's
/// half ([ImapClient]).
///
/// A literal is met in the production that wants one and streamed from a [Source]; nothing else
/// knows of `{n}`. What is bent for clients that need it is a [Tolerance].
///
/// RFC 3501 (IMAP4rev1; RFC 9051 where it says the same more clearly, and IMAP4rev2), RFC 2177 (IDLE),
/// RFC 2342 (NAMESPACE), RFC 2971 (ID), RFC 3348 (CHILDREN), RFC 3502 (MULTIAPPEND), RFC 3516 (BINARY),
/// RFC 3691 (UNSELECT), RFC 4315 (UIDPLUS), RFC 4731 (ESEARCH), RFC 4959 (SASL-IR), RFC 4978 (COMPRESS),
/// RFC 5032 (WITHIN), RFC 5161 (ENABLE), RFC 5182 (SEARCHRES), RFC 5255 (LANGUAGE), RFC 5256 (SORT,
/// THREAD), RFC 5258 (LIST-EXTENDED), RFC 5267 (ESORT), RFC 5530 (response codes), RFC 5819
/// (LIST-STATUS), RFC 5957 (SORT=DISPLAY), RFC 6154 (SPECIAL-USE), RFC 6851 (MOVE), RFC 6855
/// (UTF8=ACCEPT), RFC 7162 (CONDSTORE, QRESYNC), RFC 7888 (LITERAL+), RFC 7889 (APPENDLIMIT), RFC 8437
/// (UNAUTHENTICATE), RFC 8438 (STATUS=SIZE), RFC 8474 (OBJECTID), RFC 8508 (REPLACE), RFC 8514
/// (SAVEDATE), RFC 8970 (PREVIEW), RFC 9208 (QUOTA), RFC 9394 (PARTIAL), RFC 9585 (INPROGRESS),
/// RFC 9586 (UIDONLY).
///
/// No disk, no user, no policy: what is done with a command is the server's.
@NullMarked
package org.postroom.imap;

import org.jspecify.annotations.NullMarked;
