/// IMAP sessions that no transcript can show: by size, by time, by two threads.
@NullMarked
package org.postroom.server.imap;

import org.jspecify.annotations.NullMarked;
