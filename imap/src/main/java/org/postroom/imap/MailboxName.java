package org.postroom.imap;

import java.text.Normalizer;

/// A mailbox's name as people read it: the whole path, in NFC, `/` between its levels. INBOX has one
/// spelling, also where it stands above others. A name that exists has no control characters.
public record MailboxName(String value) {

    public static final MailboxName INBOX = new MailboxName("INBOX");

    /// In characters; a name beyond is refused before anything is done with it. More than any store
    /// holds.
    static final int LONGEST = 8192;

    /// @throws Refusal when no mailbox could have this name (TRAPS T30)
    public static MailboxName of(String name) throws Refusal {
        if (name.isEmpty()) throw new Refusal(Reply.BAD_NAME);
        return new MailboxName(canonical(name));
    }

    /// From modified UTF-7; UTF-8 as it is passes, too ([Tolerance#RAW_UTF8]).
    static MailboxName decode(String encoded) throws Refusal {
        return of(ModifiedUtf7.decode(encoded));
    }

    /// As it stands on the wire.
    ///
    /// @param utf8 whether that is UTF-8 (RFC 9051 §5.1), or modified UTF-7
    static MailboxName decode(String octets, boolean utf8) throws Refusal {
        return utf8 ? of(octets) : decode(octets);
    }

    /// As IMAP4rev1 writes it, in modified UTF-7.
    public String encoded() {
        return ModifiedUtf7.encode(value);
    }

    public boolean isInbox() {
        return value.equals(INBOX.value);
    }

    static String canonical(String name) throws Refusal {
        if (name.length() > LONGEST) throw new Refusal(Reply.BAD_NAME);
        for (int i = 0; i < name.length(); i++)
            if (Character.isISOControl(name.charAt(i))) throw new Refusal(Reply.BAD_NAME);
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        int end = composed.indexOf('/');
        String first = end < 0 ? composed : composed.substring(0, end);
        return isInbox(first) // Tolerance.INBOX_BELOW
                ? INBOX.value + composed.substring(first.length())
                : composed;
    }

    /// In any case, but of ASCII's letters only: a dotless i is another letter.
    private static boolean isInbox(String level) {
        return level.equalsIgnoreCase(INBOX.value) && level.chars().allMatch(c -> c < 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
