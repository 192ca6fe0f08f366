/// How log lines are written: the server's journal and whatever the libraries say, one line each, by an
/// appender of its own thread, so that no conversation waits for a disk.
///
/// What may not live here: what is worth a line; that is decided where it happens.
@NullMarked
package org.postroom.logbook;

import org.jspecify.annotations.NullMarked;
