package org.postroom.smtp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What stands behind the path in RCPT (RFC 3461 §4.1, §4.2).
///
/// @param when what the sender wants to hear of about this recipient; empty where it did not say
/// @param orcpt whom the sender first wrote to
public record RcptParameters(Set<Notify> when, Optional<OriginalRecipient> orcpt) {

    public static final RcptParameters NONE = new RcptParameters(Set.of(), Optional.empty());

    public RcptParameters {
        var ordered = EnumSet.noneOf(Notify.class);
        ordered.addAll(when);
        if (ordered.contains(Notify.NEVER) && ordered.size() > 1)
            throw new IllegalArgumentException("never, but " + ordered);
        when = Collections.unmodifiableSet(ordered);
    }

    /// RFC 3461 §4.1. NEVER stands by itself.
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    /// RFC 3461 §4.2.
    ///
    /// @param type what kind of address it is, in lower case: `rfc822`, `utf-8` (RFC 6533 §3)
    /// @param address undone of its encoding, and of no form that is certain
    public record OriginalRecipient(String type, String address) {

        /// Of an address as MAIL and RCPT have it.
        public static OriginalRecipient of(Address address) {
            return new OriginalRecipient(
                    address.isAscii() ? "rfc822" : Xtext.UTF8, address.toString());
        }
    }

    /// Whether the sender is to be told of it. One who said nothing is told of failures and of delays
    /// (RFC 3461 §4.1).
    public boolean asksFor(Notify what) {
        return when.isEmpty()
                ? what == Notify.FAILURE || what == Notify.DELAY
                : when.contains(what);
    }

    /// The extensions that a server must have to understand all of it.
    public Set<Extension> needs() {
        return when.isEmpty() && orcpt.isEmpty() ? Set.of() : Set.of(Extension.DSN);
    }

    public RcptParameters withWhen(Set<Notify> other) {
        return new RcptParameters(other, orcpt);
    }

    public RcptParameters withOrcpt(OriginalRecipient other) {
        return new RcptParameters(when, Optional.of(other));
    }
}
