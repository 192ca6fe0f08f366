/// The engines, held to one contract; the commit, with a disk that fails; blobs and homes.
@NullMarked
package org.postroom.store.engine;

import org.jspecify.annotations.NullMarked;
