/// The file agent against servers that are right, odd, and hostile.
@NullMarked
package org.postroom.agent.ftp;

import org.jspecify.annotations.NullMarked;
