/// Round trips, hostile lines, and the client's half against a server that says what it is told to.
@NullMarked
package org.postroom.smtp;

import org.jspecify.annotations.NullMarked;
