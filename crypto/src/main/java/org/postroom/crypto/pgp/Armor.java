package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Stranger;
import org.postroom.crypto.Unusable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// OpenPGP's octets as text, and back (RFC 9580 §6).
public final class Armor {

    private static final int BUFFER = 64 << 10;
    private static final byte[] HEAD = "-----BEGIN PGP".getBytes(StandardCharsets.US_ASCII);
    private static final int FARTHEST = 4096; // text before the armour that is passed over

    private Armor() {}

    /// Packets, whether they come armoured or not. Blank lines may stand before an armour.
    ///
    /// @throws Unusable if it is neither
    static InputStream open(InputStream in) throws IOException, Unusable {
        var buffered = new BufferedInputStream(Stranger.ours(in), BUFFER);
        buffered.mark(1);
        int first = buffered.read();
        buffered.reset();
        if (first < 0) throw new Unusable(Unusable.Why.BAD_DATA, "There is nothing to read");
        if ((first & 0x80) != 0) return buffered; // RFC 9580 §4.2: a packet's first bit is 1
        if (!seek(buffered))
            throw new Unusable(Unusable.Why.BAD_DATA, "This is neither OpenPGP nor its armour");
        return Engine.read(() ->
                ArmoredInputStream.builder()
                        .setParseForHeaders(true)
                        .setIgnoreCRC(true) // RFC 9580 §6.1: a wrong one is no error
                        .build(buffered));
    }

    /// Goes to the armour's first line.
    private static boolean seek(BufferedInputStream in) throws IOException {
        in.mark(FARTHEST);
        byte[] beginning = in.readNBytes(FARTHEST);
        in.reset();
        int at = 0;
        while (at < beginning.length && !matches(beginning, at)) {
            while (at < beginning.length && beginning[at] != '\n') at++;
            at++;
        }
        if (at >= beginning.length) return false;
        in.skipNBytes(at);
        return true;
    }

    private static boolean matches(byte[] octets, int at) {
        if (at + HEAD.length > octets.length) return false;
        for (int i = 0; i < HEAD.length; i++) if (octets[at + i] != HEAD[i]) return false;
        return true;
    }

    /// A stream that writes armour; its close leaves the other stream open.
    static OutputStream writer(OutputStream out) {
        return new BufferedOutputStream(new Armoring(out), BUFFER);
    }

    /// As it is, or as armour; its close leaves the other stream open.
    static OutputStream writer(OutputStream out, boolean armored) {
        return armored ? writer(out) : new BufferedOutputStream(new Unclosed(out), BUFFER);
    }

    /// Armours octets. The kind of armour is that of the first packet; what is armour already stays.
    public static void armor(InputStream in, OutputStream out) throws IOException, Unusable {
        var packets = open(in);
        try (var armor = writer(out)) {
            copy(packets, armor);
        }
    }

    public static void dearmor(InputStream in, OutputStream out) throws IOException, Unusable {
        copy(open(in), out);
    }

    private static void copy(InputStream in, OutputStream out) throws IOException, Unusable {
        byte[] slice = new byte[BUFFER];
        while (true) {
            int count = Engine.read(() -> in.read(slice));
            if (count < 0) return;
            out.write(slice, 0, count);
        }
    }

    /// Armour whose first packet says whether a checksum stands below it. GnuPG 2.2 does not find the end
    /// of some messages without one; what is of version 6 must not have one (RFC 9580 §6.1).
    private static final class Armoring extends OutputStream {

        private static final int ENOUGH = 7; // the longest header of a packet, and its version

        private final OutputStream out;
        private final byte[] first = new byte[ENOUGH];
        private int held;
        private @Nullable ArmoredOutputStream armor;

        Armoring(OutputStream out) {
            this.out = new Unclosed(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            int at = off;
            while (armor == null && at < off + len) {
                first[held++] = b[at++];
                if (held == ENOUGH) begin();
            }
            if (armor != null) armor.write(b, at, off + len - at);
        }

        private void begin() throws IOException {
            armor =
                    ArmoredOutputStream.builder()
                            .clearHeaders()
                            .enableCRC(!isVersion6(first))
                            .build(out);
            armor.write(first, 0, held);
        }

        /// Whether the first packet is a key, a signature or an encrypted session key of version 6.
        private static boolean isVersion6(byte[] first) {
            boolean today = (first[0] & 0x40) != 0; // RFC 9580 §4.2
            int tag = today ? first[0] & 0x3f : (first[0] & 0x3c) >> 2;
            int length; // of what says how long the packet is
            if (today) length = (first[1] & 0xff) < 192 ? 1 : (first[1] & 0xff) < 224 ? 2 : 5;
            else length = 1 << (first[0] & 3);
            return tag >= 1 && tag <= 6 && length < 6 && first[1 + length] == 6;
        }

        @Override
        public void close() throws IOException {
            if (armor == null && held > 0) begin();
            if (armor != null) armor.close();
            out.flush();
        }
    }

    /// The other stream outlives this one.
    private static final class Unclosed extends java.io.FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
