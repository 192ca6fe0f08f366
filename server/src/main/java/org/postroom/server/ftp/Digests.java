package org.postroom.server.ftp;

import org.postroom.ftp.Digest;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Refused;
import org.postroom.store.StoredFile;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/// Digests of files (draft-bryan-ftpext-hash): of a whole one computed at the first asking and kept with
/// it, of a part each time.
final class Digests {

    private static final int SLICE = 64 * 1024;

    private Digests() {}

    /// @return hexadecimal digits
    /// @throws Refusal BROKEN_OFF when it was told to stop
    static String of(
            FileTree files,
            FilePath path,
            StoredFile file,
            Digest digest,
            Span span,
            BooleanSupplier stop)
            throws Refused, Refusal {
        boolean whole = span.start() == 0 && span.length() >= file.size();
        var known = whole ? file.digest(digest.label) : java.util.Optional.<String>empty();
        if (known.isPresent()) return known.get();
        String hex = compute(file, digest, span, stop);
        if (whole) files.keepDigest(path, file, digest.label, hex);
        return hex;
    }

    private static String compute(StoredFile file, Digest digest, Span span, BooleanSupplier stop)
            throws Refusal {
        var sum = Sum.of(digest);
        var slice = new byte[SLICE];
        try (var stored = file.read(span.start(), span.length())) {
            for (int n = stored.read(slice); n > 0; n = stored.read(slice)) {
                if (stop.getAsBoolean()) throw new Refusal(Reply.BROKEN_OFF);
                sum.update(slice, n);
            }
        } catch (IOException e) {
            throw new Fault("reading a file", e);
        }
        return sum.hex();
    }

    private interface Sum {

        void update(byte[] octets, int length);

        String hex();

        static Sum of(Digest digest) {
            return digest == Digest.CRC32 ? new Crc() : new Hashed(digest.label);
        }
    }

    private static final class Crc implements Sum {

        private final CRC32 crc = new CRC32();

        @Override
        public void update(byte[] octets, int length) {
            crc.update(octets, 0, length);
        }

        @Override
        public String hex() {
            return HexFormat.of().toHexDigits((int) crc.getValue());
        }
    }

    private static final class Hashed implements Sum {

        private final MessageDigest digest;

        Hashed(String algorithm) {
            try {
                digest = MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new Fault("every Java has it", e);
            }
        }

        @Override
        public void update(byte[] octets, int length) {
            digest.update(octets, 0, length);
        }

        @Override
        public String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
