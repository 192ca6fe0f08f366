@NullMarked
package org.postroom.wire;

import org.jspecify.annotations.NullMarked;
