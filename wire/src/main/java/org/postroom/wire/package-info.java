/// The ground that every conversation stands on: a connection with its lines, bodies, deadlines and
/// limits ([Wire]), the upgrade to TLS, the listener that accepts connections and gives each a
/// virtual thread ([Listener]), the tap that records what was said ([Tap]).
///
/// What may live here knows bytes and sockets. It knows no protocol, no user, no store, and needs
/// nothing but the JDK and JSpecify's annotations.
@NullMarked
package org.postroom.wire;

import org.jspecify.annotations.NullMarked;
