package org.postroom.demo;

import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Mode;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Structure;
import org.postroom.ftp.Type;
import org.postroom.server.Port;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// One text, stored once and fetched in each type, structure and mode that FTP has (RFC 959 §3), with the
/// octets that cross the data connection.
final class Representations {

    static final String TEXT = "Dear    Bob,\n\nyours\n";
    private static final byte[] OCTETS = TEXT.getBytes(StandardCharsets.US_ASCII);
    private static final Type ASCII = new Type.Ascii(Type.Form.NON_PRINT);
    private static final Type EBCDIC = new Type.Ebcdic(Type.Form.NON_PRINT);
    private static final int OCTETS_A_LINE = 22;

    /// A representation, and what crossed in it.
    ///
    /// @param octets in hexadecimal, some a line
    /// @param arrived the text that the client made of it
    record Crossing(String title, String octets, String arrived) {}

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private Representations() {}

    static List<Crossing> watch(Site site, String who) throws Departure, Failure {
        return new Representations().cross(site, who);
    }

    private List<Crossing> cross(Site site, String who) throws Departure, Failure {
        var wire = Wire.connect(site.tcp(Port.FTP), 5_000, Limits.CLIENT, Tap.NONE);
        try (var client = new FtpClient(wire, this::tap)) {
            client.signIn(who, Site.PASSWORD);
            client.put("dear.txt", new ByteArrayInputStream(OCTETS));
            var all = new ArrayList<Crossing>();
            for (var structure : new Structure[] {Structure.FILE, Structure.RECORD})
                for (var type : List.of(ASCII, EBCDIC))
                    for (var mode : List.of(Mode.STREAM, Mode.BLOCK, Mode.COMPRESSED))
                        all.add(cross(client, type, structure, mode));
            all.add(cross(client, new Type.Image(), Structure.FILE, Mode.STREAM));
            all.add(cross(client, new Type.Image(), Structure.PAGE, Mode.STREAM));
            client.quit();
            return all;
        } catch (Refusal refusal) {
            throw new Failure(site.host, refusal.reply().toString());
        } catch (IOException e) {
            throw new Failure(site.host, String.valueOf(e.getMessage()));
        }
    }

    private Crossing cross(FtpClient client, Type type, Structure structure, Mode mode)
            throws Departure, Refusal {
        client.type(type);
        client.structure(structure);
        client.mode(mode);
        heard.reset();
        var arrived = new ByteArrayOutputStream();
        client.get("dear.txt", 0, arrived::write);
        String title =
                "TYPE %s, STRU %s, MODE %s"
                        .formatted(
                                type instanceof Type.Ebcdic
                                        ? "E"
                                        : type instanceof Type.Image ? "I" : "A",
                                structure.code,
                                mode.code);
        return new Crossing(
                title, hex(heard.toByteArray()), arrived.toString(StandardCharsets.US_ASCII));
    }

    private static String hex(byte[] octets) {
        var lines = new StringBuilder();
        var hex = HexFormat.ofDelimiter(" ");
        for (int at = 0; at < octets.length; at += OCTETS_A_LINE) {
            int end = Math.min(octets.length, at + OCTETS_A_LINE);
            lines.append("\n      ").append(hex.formatHex(octets, at, end));
        }
        return lines.toString();
    }

    private Tap tap() {
        return new Tap() {
            @Override
            public void heard(byte[] octets, int offset, int length) {
                heard.write(octets, offset, length);
            }

            @Override
            public void said(byte[] octets, int offset, int length) {}

            @Override
            public void noted(String what) {}
        };
    }
}
