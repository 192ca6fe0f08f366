/// The agent against servers that are not what they should be, and its parts by themselves.
@NullMarked
package org.postroom.agent;

import org.jspecify.annotations.NullMarked;
