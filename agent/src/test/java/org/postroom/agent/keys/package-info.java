/// Key rings, and letters between them.
@NullMarked
package org.postroom.agent.keys;

import org.jspecify.annotations.NullMarked;
