/// What takes more than one server, more than a screen of lines, or a wait: what a dialogue can't say.
@NullMarked
package org.postroom.server.smtp;

import org.jspecify.annotations.NullMarked;
