package org.postroom.store;

import java.util.Optional;

/// The texts of ids, alike in IMAP (RFC 8474 §7) and JMAP (RFC 8620 §1.2): a letter for the kind, and the
/// number without leading zeros, so that each has one text.
final class Ids {

    private static final int DIGITS = 19; // of a number that is no negative one

    private Ids() {}

    static Optional<Long> number(char letter, String text) {
        if (text.length() < 2 || text.length() > 1 + DIGITS || text.charAt(0) != letter)
            return Optional.empty();
        if (text.charAt(1) == '0' && text.length() > 2) return Optional.empty();
        for (int i = 1; i < text.length(); i++)
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return Optional.empty();
        try {
            return Optional.of(Long.parseLong(text, 1, text.length(), 10));
        } catch (NumberFormatException beyond) {
            return Optional.empty();
        }
    }
}
