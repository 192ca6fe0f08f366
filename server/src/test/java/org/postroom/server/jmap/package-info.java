/// JMAP against a real store: requests in, responses out.
@NullMarked
package org.postroom.server.jmap;

import org.jspecify.annotations.NullMarked;
