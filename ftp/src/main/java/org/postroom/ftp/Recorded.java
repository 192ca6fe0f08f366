package org.postroom.ftp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// What a flow is told, as a text that a person or a test can read: octets as characters, `{R}` behind a
/// record, `{P index length kind fields}` before a page, `{M marker}`, `{E}` at the end. And back: such a
/// text told to another flow.
public final class Recorded implements Flow<RuntimeException> {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Override
    public void octets(byte[] octets, int offset, int length) {
        told.write(octets, offset, length);
    }

    private void event(String event) {
        told.writeBytes(event.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void endOfRecord() {
        event("{R}");
    }

    @Override
    public void page(Page page) {
        event("{P %d %d %s %s}".formatted(page.index(), page.length(), page.kind(), page.fields()));
    }

    @Override
    public void marker(String marker) {
        event("{M " + marker + "}");
    }

    @Override
    public void end() {
        event("{E}");
    }

    /// The text, an octet a character.
    public byte[] octets() {
        return told.toByteArray();
    }

    @Override
    public String toString() {
        return told.toString(StandardCharsets.ISO_8859_1);
    }

    /// Tells another flow what such a text says.
    public static <X extends Exception> void tell(String told, Flow<X> flow) throws X, Refusal {
        int at = 0;
        while (at < told.length()) {
            int open = told.indexOf('{', at);
            if (open < 0) open = told.length();
            var octets = told.substring(at, open).getBytes(StandardCharsets.ISO_8859_1);
            if (octets.length > 0) flow.octets(octets, 0, octets.length);
            if (open == told.length()) return;
            int close = told.indexOf('}', open);
            event(told.substring(open + 1, close), flow);
            at = close + 1;
        }
    }

    private static <X extends Exception> void event(String event, Flow<X> flow) throws X, Refusal {
        switch (event.charAt(0)) {
            case 'R' -> flow.endOfRecord();
            case 'M' -> flow.marker(event.substring(2));
            case 'E' -> flow.end();
            case 'P' -> {
                var words = event.split("[ ,\\[\\]]+", -1); // the last is what stands behind `]`
                var fields = new ArrayList<Long>();
                for (int i = 4; i < words.length - 1; i++) fields.add(Long.parseLong(words[i]));
                flow.page(
                        new Page(
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                Page.Kind.valueOf(words[3]),
                                fields));
            }
            default -> throw new IllegalArgumentException(event);
        }
    }
}
