package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Digest;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/// What files of ours hash to, as servers tell it of theirs.
final class Digests {

    private static final int SLICE = 256 * 1024;

    private Digests() {}

    /// Compares a file here with one at a server.
    ///
    /// @return the digest by which they are the same; nothing where the server has none
    /// @throws Hindrance they are not the same
    static Optional<Digest> compare(Connection connection, String remote, Path local)
            throws Hindrance {
        var digests = connection.features().digests();
        if (digests.isEmpty()) return Optional.empty();
        var digest = digests.contains(Digest.SHA_256) ? Digest.SHA_256 : digests.getFirst();
        String theirs = connection.ask(it -> it.hash(digest, remote));
        String ours = of(digest, local);
        boolean same =
                digest == Digest.CRC32
                        ? theirs.replaceFirst("^0+(?=.)", "")
                                .equals(ours.replaceFirst("^0+(?=.)", ""))
                        : theirs.equals(ours);
        if (same) return Optional.of(digest);
        throw Hindrance.notSo(
                local.getFileName() + " is not the same here and there, by " + digest.label + ".");
    }

    static String of(Digest digest, Path file) throws Hindrance {
        try (var in = Files.newInputStream(file)) {
            var slice = new byte[SLICE];
            if (digest == Digest.CRC32) {
                var sum = new CRC32();
                for (int n = in.read(slice); n >= 0; n = in.read(slice)) sum.update(slice, 0, n);
                return HexFormat.of().toHexDigits((int) sum.getValue());
            }
            var sum = MessageDigest.getInstance(digest.label);
            for (int n = in.read(slice); n >= 0; n = in.read(slice)) sum.update(slice, 0, n);
            return HexFormat.of().formatHex(sum.digest());
        } catch (IOException e) {
            throw Hindrance.system(file.toString(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new Fault("the JDK has no " + digest.label, e);
        }
    }
}
