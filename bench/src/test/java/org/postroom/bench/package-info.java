/// What the bench computes, and that every row still works.
@NullMarked
package org.postroom.bench;

import org.jspecify.annotations.NullMarked;
