/// What is done in JMAP: each method a handler over `store` and `queue`; what is said is the module
/// `jmap`'s. [Jmap] takes who asks and a request's octets and gives the response; how these came,
/// and who it is, is not known here.
///
/// An account is a client's own and no other's: every id is looked up in it, so another's is as one that
/// never was. Serves RFC 8620, RFC 8621, RFC 9404, RFC 9425 and RFC 9610.
@NullMarked
package org.postroom.server.jmap;

import org.jspecify.annotations.NullMarked;
