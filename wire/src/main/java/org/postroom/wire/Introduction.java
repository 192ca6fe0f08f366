package org.postroom.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What a front end says of a caller that it passes on, before all else: the PROXY protocol, versions
/// 1 and 2 (HAProxy's proxy-protocol.txt, §2.1 and §2.2). No octet behind it is read: TLS may begin
/// there.
///
/// @param remote where the caller is
/// @param local where the caller called
record Introduction(InetSocketAddress remote, InetSocketAddress local) {

    private static final int LONGEST_LINE = 107; // §2.1, its CRLF included
    private static final byte[] SIGNATURE = { // §2.2
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };

    /// @return nothing when the front end speaks for itself, or of somebody without an IP address
    /// @throws IOException when what comes is no introduction
    static Optional<Introduction> read(InputStream socket) throws IOException {
        var in = new DataInputStream(socket); // it holds nothing back
        var start = new byte[SIGNATURE.length];
        in.readFully(start);
        return Arrays.equals(start, SIGNATURE) ? binary(in) : line(start, in);
    }

    // §2.1: "PROXY" SP ("TCP4" / "TCP6" / "UNKNOWN" …) SP source SP destination SP port SP port
    // CRLF
    private static Optional<Introduction> line(byte[] start, InputStream in) throws IOException {
        var line = new StringBuilder(new String(start, StandardCharsets.ISO_8859_1));
        while (line.charAt(line.length() - 1) != '\n') {
            int c = in.read();
            if (c < 0) throw new EOFException("an introduction without an end");
            line.append((char) c);
            if (line.length() > LONGEST_LINE) throw strange();
        }
        if (!line.toString().endsWith("\r\n")) throw strange();
        var words = line.substring(0, line.length() - 2).split(" ", -1);
        if (!words[0].equals("PROXY") || words.length < 2) throw strange();
        if (words[1].equals("UNKNOWN")) return Optional.empty();
        int octets = words[1].equals("TCP4") ? 4 : words[1].equals("TCP6") ? 16 : 0;
        if (words.length != 6) throw strange();
        return Optional.of(
                new Introduction(
                        new InetSocketAddress(address(words[2], octets), port(words[4])),
                        new InetSocketAddress(address(words[3], octets), port(words[5]))));
    }

    private static InetAddress address(String text, int octets) throws IOException {
        try {
            var address = InetAddress.ofLiteral(text);
            if (address.getAddress().length == octets) return address;
        } catch (IllegalArgumentException name) {
            // it is strange
        }
        throw strange();
    }

    private static int port(String text) throws IOException {
        if (!text.matches("0|[1-9][0-9]{0,4}")) throw strange();
        int port = Integer.parseInt(text);
        if (port > 65_535) throw strange();
        return port;
    }

    // §2.2: signature, version and command, family and transport, length, addresses, more
    private static Optional<Introduction> binary(DataInputStream in) throws IOException {
        int command = in.readUnsignedByte();
        int family = in.readUnsignedByte();
        var rest = new byte[in.readUnsignedShort()];
        in.readFully(rest);
        return switch (command) {
            case 0x20 -> Optional.empty(); // LOCAL
            case 0x21 ->
                    switch (family) { // PROXY
                        case 0x11 -> Optional.of(inet(rest, 4));
                        case 0x21 -> Optional.of(inet(rest, 16));
                        default -> Optional.empty();
                    };
            default -> throw strange();
        };
    }

    private static Introduction inet(byte[] block, int octets) throws IOException {
        if (block.length < 2 * octets + 4) throw strange();
        return new Introduction(
                end(block, 0, octets, 2 * octets), end(block, octets, octets, 2 * octets + 2));
    }

    private static InetSocketAddress end(byte[] block, int from, int octets, int port)
            throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(Arrays.copyOfRange(block, from, from + octets)),
                (block[port] & 0xff) << 8 | (block[port + 1] & 0xff));
    }

    private static IOException strange() {
        return new IOException("that is no introduction by a front end");
    }
}
