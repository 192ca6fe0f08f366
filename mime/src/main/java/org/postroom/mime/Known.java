package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// The header fields that a summary is made of.
enum Known {
    FROM("From", Form.ADDRESSES),
    SENDER("Sender", Form.ADDRESSES),
    REPLY_TO("Reply-To", Form.ADDRESSES),
    TO("To", Form.ADDRESSES),
    CC("Cc", Form.ADDRESSES),
    BCC("Bcc", Form.ADDRESSES),
    DATE("Date", Form.TEXT),
    SUBJECT("Subject", Form.TEXT),
    MESSAGE_ID("Message-ID", Form.TEXT),
    IN_REPLY_TO("In-Reply-To", Form.TEXT),
    REFERENCES("References", Form.LONG),
    MIME_VERSION("MIME-Version", Form.TEXT),
    CONTENT_TYPE("Content-Type", Form.LONG),
    CONTENT_TRANSFER_ENCODING("Content-Transfer-Encoding", Form.TEXT),
    CONTENT_ID("Content-ID", Form.TEXT),
    CONTENT_DESCRIPTION("Content-Description", Form.TEXT),
    CONTENT_MD5("Content-MD5", Form.TEXT),
    CONTENT_DISPOSITION("Content-Disposition", Form.LONG),
    CONTENT_LANGUAGE("Content-Language", Form.TEXT),
    CONTENT_LOCATION("Content-Location", Form.TEXT);

    /// What the value is, and how many octets of it are looked at.
    enum Form {
        ADDRESSES(Structure.MAX_FIELD),
        LONG(1 << 20),
        TEXT(4 * Structure.MAX_VALUE);

        final int limit;

        Form(int limit) {
            this.limit = limit;
        }
    }

    private static final int LONGEST = "Content-Transfer-Encoding".length();
    private static final Known[][] BY_LENGTH = new Known[LONGEST + 1][];

    static {
        for (int length = 0; length <= LONGEST; length++) {
            int of = length;
            BY_LENGTH[length] =
                    Arrays.stream(values())
                            .filter(known -> known.name.length() == of)
                            .toArray(Known[]::new);
        }
    }

    final String name;
    final Form form;
    private final String lower;

    Known(String name, Form form) {
        this.name = name;
        this.form = form;
        this.lower = Ascii.lower(name);
    }

    /// Whether a message has it, and not each of its parts.
    boolean isOfMessages() {
        return compareTo(MIME_VERSION) <= 0;
    }

    /// The field of this name in whatever case, or null.
    static @Nullable Known of(byte[] b, int from, int to) {
        if (to - from > LONGEST) return null;
        for (var known : BY_LENGTH[to - from]) if (known.is(b, from)) return known;
        return null;
    }

    private boolean is(byte[] b, int from) {
        for (int i = 0; i < lower.length(); i++) {
            byte c = b[from + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower.charAt(i)) return false;
        }
        return true;
    }
}
