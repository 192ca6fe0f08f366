/// Letters that are signed and encrypted, and those that only seem so.
@NullMarked
package org.postroom.crypto.letter;

import org.jspecify.annotations.NullMarked;
