/// HTTP, from a client's socket to the store.
@NullMarked
package org.postroom.server.http;

import org.jspecify.annotations.NullMarked;
