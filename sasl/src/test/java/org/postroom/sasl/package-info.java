@NullMarked
package org.postroom.sasl;

import org.jspecify.annotations.NullMarked;
