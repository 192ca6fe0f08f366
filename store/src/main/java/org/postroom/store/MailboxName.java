package org.postroom.store;

import org.postroom.store.Refused.Reason;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// The levels of a mailbox's name, in NFC. The first level is `INBOX` however it was spelled
/// (RFC 9051 §5.1).
final class MailboxName {

    /// As deep as mailboxes lie.
    static final int LEVELS = 32;

    private static final int LEVEL_OCTETS = 255;

    private MailboxName() {}

    /// @throws Refused BAD_NAME
    static List<String> levels(String name) throws Refused {
        var levels = new ArrayList<String>();
        int at = 0;
        while (at <= name.length()) {
            int end = name.indexOf(Mailbox.SEPARATOR, at);
            if (end < 0) end = name.length();
            if (levels.size() == LEVELS) throw new Refused(Reason.BAD_NAME);
            levels.add(level(name.substring(at, end)));
            at = end + 1;
        }
        if (levels.getFirst().equalsIgnoreCase(Mailbox.INBOX)) levels.set(0, Mailbox.INBOX);
        return levels;
    }

    private static String level(String text) throws Refused {
        String level = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (level.isEmpty()
                || !level.codePoints().allMatch(MailboxName::legal)
                || level.getBytes(StandardCharsets.UTF_8).length > LEVEL_OCTETS)
            throw new Refused(Reason.BAD_NAME);
        return level;
    }

    // RFC 9051 §5.1: Net-Unicode, that is no controls, no U+2028 and U+2029; no lone surrogates
    private static boolean legal(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    static boolean isInbox(List<String> levels) {
        return levels.size() == 1 && levels.getFirst().equals(Mailbox.INBOX);
    }

    static String join(List<String> levels) {
        return String.join(String.valueOf(Mailbox.SEPARATOR), levels);
    }
}
