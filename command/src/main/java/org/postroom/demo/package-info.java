/// `./postroom demo`: what the textbooks draw, happening. Two complete servers on loopback addresses
/// of their own, a name service between them, agents made of the clients' halves, and every
/// conversation printed as it happens, as both of its ends heard it.
@NullMarked
package org.postroom.demo;

import org.jspecify.annotations.NullMarked;
