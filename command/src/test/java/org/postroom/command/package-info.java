@NullMarked
package org.postroom.command;

import org.jspecify.annotations.NullMarked;
