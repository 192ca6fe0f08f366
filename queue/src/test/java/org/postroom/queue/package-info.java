@NullMarked
package org.postroom.queue;

import org.jspecify.annotations.NullMarked;
