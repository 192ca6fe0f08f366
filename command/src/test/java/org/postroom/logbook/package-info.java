@NullMarked
package org.postroom.logbook;

import org.jspecify.annotations.NullMarked;
