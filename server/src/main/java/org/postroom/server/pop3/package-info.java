/// What is done in POP3: one session from greeting to good-bye ([Pop3Conversation]). What is said is
/// `org.postroom.pop3`'s; what is kept is the store's.
///
/// RFC 1939, RFC 2449, RFC 2595, RFC 3206, RFC 5034.
@NullMarked
package org.postroom.server.pop3;

import org.jspecify.annotations.NullMarked;
