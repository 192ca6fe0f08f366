package org.postroom.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A tap that writes a conversation as the RFCs print it: `C:` and `S:`, a line each, and notes in
/// parentheses. Octets that are no UTF-8 are shown as the replacement character, control characters
/// as their pictures, so that a terminal obeys nothing that a peer says. Of a long line the beginning
/// is shown, and of what is no text how much there was.
public final class Transcript implements Tap {

    private static final int SHOWN = 4096; // octets of a line

    private final String heardAs;
    private final String saidAs;
    private final Consumer<String> lines;
    private final Beginning heard = new Beginning();
    private final Beginning said = new Beginning();

    /// As much of a line as is shown, and how much more there was.
    private static final class Beginning {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private long more;

        void add(byte octet) {
            if (octets.size() < SHOWN) octets.write(octet);
            else more++;
        }
    }

    private Transcript(String heardAs, String saidAs, Consumer<String> lines) {
        this.heardAs = heardAs;
        this.saidAs = saidAs;
        this.lines = lines;
    }

    /// At the server's end: what is heard is the client's.
    public static Transcript ofServer(Consumer<String> lines) {
        return new Transcript("C: ", "S: ", lines);
    }

    /// At the client's end: what is heard is the server's.
    public static Transcript ofClient(Consumer<String> lines) {
        return new Transcript("S: ", "C: ", lines);
    }

    @Override
    public synchronized void heard(byte[] octets, int offset, int length) {
        take(heard, heardAs, octets, offset, length);
    }

    @Override
    public synchronized void said(byte[] octets, int offset, int length) {
        take(said, saidAs, octets, offset, length);
    }

    @Override
    public synchronized void noted(String what) {
        if (heard.octets.size() > 0) flush(heard, heardAs);
        if (said.octets.size() > 0) flush(said, saidAs);
        lines.accept("   (" + what + ")");
    }

    /// Counts, and tells with the next note.
    @Override
    public Tap ofData() {
        return new Tap() {
            private long octetsHeard;
            private long octetsSaid;

            @Override
            public synchronized void heard(byte[] octets, int offset, int length) {
                octetsHeard += length;
            }

            @Override
            public synchronized void said(byte[] octets, int offset, int length) {
                octetsSaid += length;
            }

            @Override
            public synchronized void noted(String what) {
                if (octetsHeard > 0) lines.accept(heardAs + "(" + octetsHeard + " octets)");
                if (octetsSaid > 0) lines.accept(saidAs + "(" + octetsSaid + " octets)");
                octetsHeard = 0;
                octetsSaid = 0;
                Transcript.this.noted(what);
            }
        };
    }

    private void take(Beginning line, String who, byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == '\n') flush(line, who);
            else line.add(octets[i]);
        }
    }

    private void flush(Beginning line, String who) {
        String text = line.octets.toString(StandardCharsets.UTF_8);
        long more = line.more;
        line.octets.reset();
        line.more = 0;
        if (text.endsWith("\r")) text = text.substring(0, text.length() - 1);
        var shown = new StringBuilder(who);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t') shown.append((char) (0x2400 + c));
            else if (c == 0x7f) shown.append('\u2421');
            else if (c >= 0x80 && c < 0xa0) shown.append('\ufffd');
            else shown.append(c);
        }
        if (more > 0) shown.append(" \u2026 ").append(more).append(" octets more");
        lines.accept(shown.toString());
    }
}
