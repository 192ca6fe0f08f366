/// The demo, counted.
@NullMarked
package org.postroom.demo;

import org.jspecify.annotations.NullMarked;
