/// Opens the ports: which conversation is held at which of them.
@NullMarked
package org.postroom.server.reception;

import org.jspecify.annotations.NullMarked;
