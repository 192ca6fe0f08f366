/// Tests of what is said in IMAP: both halves of the vocabulary against each other, and against
/// strangers.
@NullMarked
package org.postroom.imap;

import org.jspecify.annotations.NullMarked;
