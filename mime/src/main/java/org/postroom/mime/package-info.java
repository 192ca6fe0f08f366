/// Messages as bytes: their structure with offsets ([Structure]), header fields ([Fields]),
/// addresses ([Addresses]), IMAP's envelope ([Envelope]) and the record of all this that a store
/// keeps beside each message ([Summary]); besides, what reads a part as text ([Decoding], [Words],
/// [Text], [Flowed]), dates ([Dates]), ids ([MessageIds]), base subjects ([BaseSubject]), trace fields
/// ([Trace]) and canonical line ends ([LineEnds]).
///
/// What is read here was written by strangers. Every reader is a total function: it takes any
/// bytes, throws nothing for a malformed message, works in linear time and bounded memory, and says
/// what was odd ([Oddity]). What is read although the RFC would have it otherwise is a [Tolerance].
/// Nothing here opens a file, knows a user, or calls another module.
///
/// Header names and values are octets. Where they are Strings they are ISO 8859-1, one char for
/// each octet, so that nothing is lost before somebody knows the charset; [Field#text],
/// [Address#displayName], [Address#addrSpec], [MediaType#text], [Disposition#text] and
/// [Part#fileName] make them readable.
///
/// RFC 5322, 2045 to 2047, 2049, 2183, 2231, 3676, 6532; RFC 7103 for what is lenient; RFC 9051
/// §7.5.2 for the envelope, RFC 5256 for base subjects and threads; RFC 5321 §4.4 for the trace.
@NullMarked
package org.postroom.mime;

import org.jspecify.annotations.NullMarked;
