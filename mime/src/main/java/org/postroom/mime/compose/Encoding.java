package org.postroom.mime.compose;

import org.postroom.mime.Source;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/// The Content-Transfer-Encodings (RFC 2045 §6), and which of them is best for what.
public enum Encoding {
    SEVEN_BIT("7bit"),
    EIGHT_BIT("8bit"),
    BINARY("binary"),
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64");

    private static final byte[] CRLF = {'\r', '\n'};

    /// As a header field says it.
    public final String token;

    Encoding(String token) {
        this.token = token;
    }

    /// As it is where that goes through; else quoted-printable for text that stays readable by it,
    /// and base64 for all else.
    ///
    /// @param unchanged whether what is written is signed: nothing may be in it that a gateway on the
    ///     way could want to change
    static Encoding best(Survey survey, boolean text, NextHop hop, boolean unchanged) {
        boolean mayStand = !survey.hasBoundary() && !(unchanged && survey.isFragile());
        if (mayStand && survey.isLines()) {
            if (!survey.eightBit()) return SEVEN_BIT;
            if (hop.eightBit()) return EIGHT_BIT;
        }
        if (mayStand && hop.binary() && !unchanged) return BINARY;
        boolean readable = text && survey.quotedPrintable() <= survey.base64();
        return readable ? QUOTED_PRINTABLE : BASE64;
    }

    /// What a multipart bears whose parts need this much (RFC 2045 §6.4).
    static Encoding asItIs(NextHop needed) {
        return needed.binary() ? BINARY : needed.eightBit() ? EIGHT_BIT : SEVEN_BIT;
    }

    /// What a hop must take for this.
    NextHop needs() {
        return switch (this) {
            case SEVEN_BIT, QUOTED_PRINTABLE, BASE64 -> NextHop.SEVEN_BIT;
            case EIGHT_BIT -> NextHop.EIGHT_BIT;
            case BINARY -> NextHop.BINARY;
        };
    }

    /// Octets written there come out of `out` encoded. Closing it writes what is left and closes
    /// `out`.
    public OutputStream into(OutputStream out) {
        return switch (this) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> out;
            case QUOTED_PRINTABLE -> new QuotedPrintableEncoding(out);
            case BASE64 -> Base64.getMimeEncoder(76, CRLF).wrap(out); // RFC 2045 §6.8
        };
    }

    /// All of the source, encoded; `out` stays open.
    void write(Source source, OutputStream out) throws IOException {
        try (var encoded = into(new Unclosed(out))) {
            source.writeTo(encoded);
        }
    }
}
