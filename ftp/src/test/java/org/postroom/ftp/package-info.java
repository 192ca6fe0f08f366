/// What is said in FTP is read as it was printed, and hostile lines are refused.
@NullMarked
package org.postroom.ftp;

import org.jspecify.annotations.NullMarked;
