package org.postroom.store;

import java.util.Optional;

/// The texts of ids: a letter, so that none begins with a digit (RFC 8620 §1.2), and a number in
/// hexadecimal without leading zeros, so that each has one text.
final class Ids {

    private static final int DIGITS = 16;

    private Ids() {}

    static Optional<Long> hex(char letter, String text) {
        if (text.length() < 2 || text.length() > 1 + DIGITS || text.charAt(0) != letter)
            return Optional.empty();
        long number = 0;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0 || (digit == 0 && i == 1 && text.length() > 2)) return Optional.empty();
            number = number << 4 | digit;
        }
        return Optional.of(number);
    }
}
