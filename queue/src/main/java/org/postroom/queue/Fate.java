package org.postroom.queue;

import org.postroom.smtp.Command;

import java.util.Optional;

/// What a notice tells about one recipient.
///
/// @param tried when that was last tried, in milliseconds
/// @param until when it is given up, where it is not yet
record Fate(Command.Rcpt rcpt, Action action, Said said, long tried, Optional<Long> until) {}
