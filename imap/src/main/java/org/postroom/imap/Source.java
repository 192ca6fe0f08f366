package org.postroom.imap;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Sink;

/// Where a grammar reads from: a wire, or a test's strings.
public interface Source {

    /// The next line of the command.
    Line line() throws Departure;

    /// Tells the peer that it may send the literal it announced ("+").
    void goOn() throws Departure;

    /// Hears exactly so many octets.
    ///
    /// @param secret whether a tap must not show them
    void literal(long size, boolean secret, Sink sink) throws Departure;

    /// Where a message of APPEND or REPLACE is to go. Asked before "+", so that what does not fit, or
    /// has nowhere to go, never crosses the wire (TRAPS T21).
    ///
    /// @param message what was said of it, with the size that was announced
    /// @param replaces whether it is REPLACE's
    Sink message(MailboxName mailbox, Command.NewMessage message, boolean replaces) throws Refusal;

    /// Whether mailbox names are UTF-8 as they stand, since IMAP4rev2 or UTF8=ACCEPT is enabled.
    default boolean isUtf8() {
        return false;
    }
}
