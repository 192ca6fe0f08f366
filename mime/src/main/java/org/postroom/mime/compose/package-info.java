/// Messages made: a letter ([Letter]) becomes a message ([Message]), header fields and a tree of
/// [Entity]s, which is written for what the next hop can take ([NextHop]). Besides, what is made of
/// messages that are there: answers ([Reply]), forwards ([Forward]), resends ([Resend]), pieces
/// ([Partial]), and the same message for a path of seven bits ([Reencoding]).
///
/// What is written is canonical: lines end with CRLF and have at most 998 octets. Content is read
/// where it lies ([org.postroom.mime.Source]) and written as it is read, so that memory does not grow with it. Clock
/// and ids are the [Composer]'s: the same letter with the same clock and ids is the same octets.
///
/// Nothing here opens a file, knows a user, or asks what time it is.
///
/// RFC 5322, 2045 to 2049, 2183, 2231, 3676, 6532; RFC 6152 §3 for the re-encoding.
@NullMarked
package org.postroom.mime.compose;

import org.jspecify.annotations.NullMarked;
