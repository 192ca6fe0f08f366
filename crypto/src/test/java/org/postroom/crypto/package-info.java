/// Claims about cryptography, each tried with other people's programs as well.
@NullMarked
package org.postroom.crypto;

import org.jspecify.annotations.NullMarked;
