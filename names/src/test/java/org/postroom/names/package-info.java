@NullMarked
package org.postroom.names;

import org.jspecify.annotations.NullMarked;
