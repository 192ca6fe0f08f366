package org.postroom.imap;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Sayable;
import org.postroom.wire.Saying;
import org.postroom.wire.Sink;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A source that is a string of octets, and keeps what came of it.
final class Script implements Source {

    private final byte[] octets;
    private int at;

    /// As a tap would show them.
    final List<String> shown = new ArrayList<>();

    final ByteArrayOutputStream message = new ByteArrayOutputStream();
    int goneOn;
    private final List<Line> lines = new ArrayList<>();

    Script(byte[] octets) {
        this.octets = octets;
    }

    /// One octet a character.
    static Script of(String octets) {
        return new Script(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] octets(Sayable said) {
        var saying = new Saying();
        said.on(saying);
        return saying.toOctets();
    }

    static String text(Sayable said) {
        return new String(octets(said), StandardCharsets.ISO_8859_1);
    }

    boolean isAtEnd() {
        return at == octets.length;
    }

    @Override
    public Line line() throws Departure {
        for (int i = at; i + 1 < octets.length; i++)
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                var line = Line.of(new String(octets, at, i - at, StandardCharsets.ISO_8859_1));
                at = i + 2;
                lines.add(line);
                return line;
            }
        throw new Departure(Departure.Kind.GONE, "the script is over");
    }

    @Override
    public void goOn() {
        goneOn++;
    }

    @Override
    public void literal(long size, boolean secret, Sink sink) throws Departure {
        if (size > octets.length - at)
            throw new Departure(Departure.Kind.GONE, "the script is over");
        sink.write(octets, at, (int) size);
        var bytes = Arrays.copyOfRange(octets, at, at + (int) size);
        shown.add(secret ? "****" : new String(bytes, StandardCharsets.ISO_8859_1));
        at += (int) size;
    }

    @Override
    public Sink message(MailboxName mailbox, Command.NewMessage announced, boolean replaces) {
        return message::write;
    }

    /// The lines heard so far, as a tap shows them.
    List<String> lines() {
        return lines.stream().map(Line::shown).toList();
    }
}
