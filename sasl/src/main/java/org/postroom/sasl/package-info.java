/// How a client proves who it is (SASL, RFC 4422), both sides: the server's ([ServerExchange]) and
/// the client's ([ClientExchange]), for the mechanisms of [Mechanism].
///
/// An exchange is pure: a line of base64 in, a line of base64 out. It reads no socket, knows no user
/// and keeps no secret; whoever keeps them answers through [Credentials]. Which mechanisms are
/// announced, and when clear text may be spoken, is the conversation's to decide.
///
/// RFC 4422, RFC 4616, RFC 5802, RFC 7677, RFC 4648 §4.
@NullMarked
package org.postroom.sasl;

import org.jspecify.annotations.NullMarked;
