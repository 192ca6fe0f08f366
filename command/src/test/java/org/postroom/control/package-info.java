@NullMarked
package org.postroom.control;

import org.jspecify.annotations.NullMarked;
