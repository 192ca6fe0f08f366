@NullMarked
package org.postroom.home;

import org.jspecify.annotations.NullMarked;
