/// What is said in JMAP: the methods ([Method]) with their arguments ([Call]), requests and responses
/// with back references between them ([Request], [References]), errors by the RFCs' names, limits, the
/// session object. JSON that a peer sent is read here and nowhere else ([Json], [Arguments]).
///
/// No disk, no user, no policy: what is done lives in `server.jmap`. Serves RFC 8620, RFC 8621,
/// RFC 9404, RFC 9425, RFC 9610 and RFC 6901 (pointers).
@NullMarked
package org.postroom.jmap;

import org.jspecify.annotations.NullMarked;
