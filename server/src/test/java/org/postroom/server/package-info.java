/// Tests of what all conversations share.
@NullMarked
package org.postroom.server;

import org.jspecify.annotations.NullMarked;
