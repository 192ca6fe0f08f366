/// What the build holds the house to: the arrows of the floor plan, one format, citations that can
/// be walked, and papers that are made from the code and so cannot lie about it.
@NullMarked
package org.postroom.checks;

import org.jspecify.annotations.NullMarked;
