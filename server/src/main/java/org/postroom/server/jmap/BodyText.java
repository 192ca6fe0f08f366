package org.postroom.server.jmap;

import org.postroom.jmap.Json;
import org.postroom.mime.Decoding;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Text;
import org.postroom.wire.Fault;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;

/// The text of a part (RFC 8621 §4.1.4): decoded, with LF at line ends, as much of it as is wanted.
record BodyText(String value, boolean problem, boolean truncated) {

    /// Octets that are read of any part.
    private static final int MOST = 8 << 20;

    /// @param most octets of the value in UTF-8; 0 for all
    static BodyText of(Source message, Part part, int most) {
        String charset = part.type().parameter("charset").orElse(null);
        try (var decoding = Decoding.of(message.slice(part.body()).open(), part.encoding())) {
            byte[] octets = decoding.readNBytes(MOST + 1);
            boolean cut = octets.length > MOST;
            String text = Text.of(octets, charset).replace("\r\n", "\n");
            boolean problem =
                    (charset != null && !Text.isKnown(charset))
                            || decoding.oddity().isPresent()
                            || (!cut && text.indexOf('\uFFFD') >= 0);
            int end = most == 0 ? text.length() : end(text, most);
            if (end < text.length() && part.type().is("text", "html")) end = outside(text, end);
            return new BodyText(text.substring(0, end), problem, cut || end < text.length());
        } catch (IOException e) {
            throw new Fault("reading a part", e);
        }
    }

    /// How many chars come to so many octets at most, none of them half a character.
    private static int end(String text, int most) {
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            octets += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets > most) return i;
            i += Character.charCount(c);
        }
        return text.length();
    }

    /// RFC 8621 §4.2: HTML is not cut within a tag.
    private static int outside(String html, int end) {
        int open = html.lastIndexOf('<', end - 1);
        return open >= 0 && html.indexOf('>', open) >= end ? open : end;
    }

    ObjectNode json() {
        return Json.object()
                .put("value", value)
                .put("isEncodingProblem", problem)
                .put("isTruncated", truncated);
    }
}
