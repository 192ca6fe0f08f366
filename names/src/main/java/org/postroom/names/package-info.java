/// The domain name system, as a mail server asks it: which hosts take a domain's mail
/// ([Exchangers]), which addresses a name has, which name an address has ([Resolver]); and a small
/// name service in memory ([NameServer]) for the tests and the demo.
///
/// Every question ends in one of three ways, and the queue lives by the difference: it is known, it
/// is known that there is nothing, or it can't be known now ([Answer]). What dnsjava calls things
/// stays in here.
///
/// RFC 1034, RFC 1035, RFC 2308, RFC 5321 §5, RFC 7505.
@NullMarked
package org.postroom.names;

import org.jspecify.annotations.NullMarked;
