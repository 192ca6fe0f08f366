/// FTP over real sockets, where a transcript can't show it: two addresses, broken connections, many
/// files, large ones.
@NullMarked
package org.postroom.server.ftp;

import org.jspecify.annotations.NullMarked;
