@NullMarked
package org.postroom.http.dav;

import org.jspecify.annotations.NullMarked;
