/// What is said in POP3, read and printed.
@NullMarked
package org.postroom.pop3;

import org.jspecify.annotations.NullMarked;
