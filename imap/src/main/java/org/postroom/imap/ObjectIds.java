package org.postroom.imap;

/// How identifiers of objects are written (RFC 8474 §7): a letter for the kind, and the number.
public final class ObjectIds {

    static final char MAILBOX = 'F';
    static final char EMAIL = 'M';
    static final char THREAD = 'T';

    private ObjectIds() {}

    static String of(char kind, long number) {
        return kind + Long.toUnsignedString(number);
    }

    /// The number of an email's identifier, or 0, which none has.
    public static long email(String id) {
        return number(EMAIL, id);
    }

    /// The number of a thread's identifier, or 0, which none has.
    public static long thread(String id) {
        return number(THREAD, id);
    }

    /// The number of an identifier, or 0, which none has, if it is none of ours.
    static long number(char kind, String id) {
        if (id.length() < 2 || id.length() > 20 || id.charAt(0) != kind) return 0;
        for (int i = 1; i < id.length(); i++) if (!Lexer.isDigit(id.charAt(i))) return 0;
        try {
            return Long.parseUnsignedLong(id, 1, id.length(), 10);
        } catch (NumberFormatException beyond) {
            return 0;
        }
    }
}
