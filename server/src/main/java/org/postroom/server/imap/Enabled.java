package org.postroom.server.imap;

import org.postroom.imap.Capability;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a session's client has asked for, by ENABLE (RFC 5161) or by saying what only makes sense with
/// it: how everything is told from then on.
final class Enabled {

    /// What ENABLE knows.
    private static final Set<Capability> KNOWN =
            EnumSet.of(
                    Capability.IMAP4REV2,
                    Capability.UTF8_ACCEPT,
                    Capability.CONDSTORE,
                    Capability.QRESYNC,
                    Capability.UIDONLY);

    private Set<String> hidden = Set.of();
    private final Set<Capability> on = EnumSet.noneOf(Capability.class);

    /// RFC 5161 §3.1: what is not known is passed over, and what is on already is not told again.
    List<String> enable(List<String> wanted) {
        var told = new ArrayList<String>();
        for (var atom : wanted) {
            var capability =
                    Capability.named(atom)
                            .filter(KNOWN::contains)
                            .filter(it -> !hidden.contains(it.atom));
            if (capability.isPresent() && on.add(capability.get())) told.add(capability.get().atom);
        }
        return told;
    }

    /// Says what this account's clients don't hear of (TRAPS T29).
    void hide(Set<String> capabilities) {
        hidden = capabilities;
    }

    boolean hides(Capability capability) {
        return hidden.contains(capability.atom);
    }

    void clear() {
        on.clear();
        hidden = Set.of();
    }

    /// RFC 9586: whether messages are named by UID alone.
    boolean isUidOnly() {
        return on.contains(Capability.UIDONLY);
    }

    /// RFC 7162 §3.1: by a command that speaks of mod-sequences.
    void speaksOfModSeqs() {
        on.add(Capability.CONDSTORE);
    }

    /// RFC 9051: no `\Recent`, ESEARCH for SEARCH.
    boolean isRev2() {
        return on.contains(Capability.IMAP4REV2);
    }

    /// Whether names are in UTF-8: RFC 9051 §5.1, RFC 6855 §3.
    boolean isUtf8() {
        return isRev2() || on.contains(Capability.UTF8_ACCEPT);
    }

    /// Whether mod-sequences are told with flags: RFC 7162 §3.1, and §3.2.3.
    boolean hasModSeqs() {
        return on.contains(Capability.CONDSTORE) || on.contains(Capability.QRESYNC);
    }

    /// Whether what a client knows of old can be brought up to date: RFC 7162 §3.2.3.
    boolean resyncs() {
        return on.contains(Capability.QRESYNC);
    }

    /// Whether what went is told by UID: RFC 7162 §3.2.3, RFC 9586.
    boolean hasVanished() {
        return on.contains(Capability.QRESYNC) || isUidOnly();
    }
}
