package org.postroom.mime;

import org.jspecify.annotations.Nullable;

/// What a Content-Transfer-Encoding says (RFC 2045 §6.1), and how it is said in the wild.
public enum TransferEncoding {
    /// 7bit, 8bit, binary: the body is what it stands for. So it is without the field.
    IDENTITY,
    BASE64,
    QUOTED_PRINTABLE,
    /// Of the days before MIME. No RFC has it; `x-uuencode` is how it is mostly called.
    UUENCODE,
    /// Another word: the body is octets (RFC 2045 §6.4).
    UNKNOWN;

    /// @param token the field's first token, or null if there is none
    public static TransferEncoding of(@Nullable String token) {
        if (token == null) return IDENTITY;
        return switch (Ascii.lower(token.strip())) {
            case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits" -> IDENTITY;
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            case "x-uuencode", "uuencode", "x-uue", "uue" -> UUENCODE; // Tolerance.UUENCODE
            default -> UNKNOWN;
        };
    }

    /// Whether a body in this encoding differs from what it stands for.
    boolean changes() {
        return this == BASE64 || this == QUOTED_PRINTABLE || this == UUENCODE;
    }
}
