/// The short forms of the proofs, and the controls that show that they can fail.
@NullMarked
package org.postroom.prove;

import org.jspecify.annotations.NullMarked;
