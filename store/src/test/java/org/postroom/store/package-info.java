/// The model against both engines, through its public face.
@NullMarked
package org.postroom.store;

import org.jspecify.annotations.NullMarked;
