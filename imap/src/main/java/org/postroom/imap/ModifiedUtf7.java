package org.postroom.imap;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Mailbox names in ASCII: RFC 3501 §5.1.3. `&` begins a stretch of UTF-16 in base64 with `,` for
/// `/`, and `-` ends it; `&-` is `&` itself.
final class ModifiedUtf7 {

    private ModifiedUtf7() {}

    static String encode(String name) {
        var text = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (isPlain(c)) {
                text.append(c);
                if (c == '&') text.append('-');
                at++;
            } else {
                int from = at;
                while (at < name.length() && !isPlain(name.charAt(at))) at++;
                byte[] utf16 = name.substring(from, at).getBytes(StandardCharsets.UTF_16BE);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
                text.append('&').append(base64.replace('/', ',')).append('-');
            }
        }
        return text.toString();
    }

    /// @throws Refusal when a stretch has no end or is not UTF-16 in base64
    static String decode(String encoded) throws Refusal {
        if (encoded.indexOf('&') < 0) return encoded;
        var name = new StringBuilder();
        int at = 0;
        while (at < encoded.length()) {
            char c = encoded.charAt(at++);
            if (c != '&') name.append(c);
            else {
                int end = encoded.indexOf('-', at);
                if (end < 0) throw new Refusal(Reply.BAD_NAME);
                name.append(end == at ? "&" : stretch(encoded.substring(at, end)));
                at = end + 1;
            }
        }
        return name.toString();
    }

    private static CharBuffer stretch(String base64) throws Refusal {
        try {
            if (base64.indexOf('/') >= 0 || base64.indexOf('=') >= 0)
                throw new Refusal(Reply.BAD_NAME);
            byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
            return StandardCharsets.UTF_16BE.newDecoder().decode(ByteBuffer.wrap(utf16));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new Refusal(Reply.BAD_NAME);
        }
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }
}
