package org.postroom.command;

import org.postroom.control.Exit;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.smime.Authority;
import org.postroom.crypto.smime.Certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `./postroom smime ca`: an authority in a folder. `authority.pem` is its key, locked by a passphrase,
/// `authority.crt` what the others believe, `issued` what it issued, a line each: number, until when, when it
/// was revoked or `-`, addresses.
final class AuthorityFolder {

    private static final Duration LIST = Duration.ofDays(30);

    private final Streams streams;
    private final Arguments given;
    private final Smime smime;
    private final Path folder;

    AuthorityFolder(Streams streams, Arguments given, Smime smime) {
        this.streams = streams;
        this.given = given;
        this.smime = smime;
        folder = Path.of(given.argument(Parameter.AUTHORITY));
    }

    int perform(Verb verb) throws IOException, Unusable, Sop.Refused, Misuse {
        switch (verb) {
            case SMIME_CA_FOUND -> found();
            case SMIME_CA_ISSUE -> issue();
            case SMIME_CA_LIST -> {
                for (var row : rows()) streams.text().println(row.line());
            }
            case SMIME_CA_REVOKE -> revoke();
            case SMIME_CA_REVOCATIONS -> revocations();
            default -> throw new IllegalArgumentException(verb.path);
        }
        return Exit.OK;
    }

    private record Row(String serial, String until, String revoked, String addresses) {

        static Row of(String line) {
            var words = line.split("\t", -1);
            return new Row(words[0], words[1], words[2], words[3]);
        }

        String line() {
            return String.join("\t", serial, until, revoked, addresses);
        }
    }

    private void found() throws IOException, Sop.Refused, Misuse {
        Files.createDirectories(folder);
        var authority = Authority.found(given.argument(Parameter.ORGANISATION), Instant.now());
        try {
            var file =
                    Files.createFile(
                            folder.resolve("authority.pem"),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, authority.identity().pem(smime.newPassphrase()));
        } catch (FileAlreadyExistsException there) {
            throw Sop.OUTPUT_EXISTS.because("There is an authority in " + folder + " already");
        }
        Files.writeString(
                folder.resolve("authority.crt"), Certificates.pem(authority.certificate()));
        Files.writeString(folder.resolve("issued"), "");
        streams.text().println("Give " + folder.resolve("authority.crt") + " to everybody.");
    }

    private Authority authority() throws IOException, Unusable, Sop.Refused {
        return new Authority(smime.identity(folder.resolve("authority.pem").toString()));
    }

    private void issue() throws IOException, Unusable, Sop.Refused, Misuse {
        var addresses = given.arguments(Parameter.ADDRESSES);
        for (var address : addresses)
            if (!address.matches("[^\\s@]+@[^\\s@]+"))
                throw new Misuse("This is no address: " + address);
        var days = given.number(Parameter.DAYS).orElse(730);
        var authority = authority();
        try (var in = Indirect.open(given.argument(Parameter.REQUEST))) {
            var name = given.option(Parameter.CALLED).orElse(addresses.getFirst());
            var certificate =
                    authority.issue(
                            Authority.requested(in),
                            name,
                            addresses,
                            Duration.ofDays(days),
                            Instant.now());
            var row =
                    new Row(
                            certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
                            certificate.getNotAfter().toInstant().toString(),
                            "-",
                            String.join(" ", addresses));
            Files.writeString(
                    folder.resolve("issued"), row.line() + "\n", StandardOpenOption.APPEND);
            streams.text().print(Certificates.pem(certificate));
            streams.text().print(Certificates.pem(authority.certificate()));
        }
    }

    private List<Row> rows() throws IOException {
        return Files.readAllLines(folder.resolve("issued")).stream().map(Row::of).toList();
    }

    private void revoke() throws IOException, Sop.Refused {
        String serial = given.argument(Parameter.SERIAL).toUpperCase(Locale.ROOT);
        var rows = new ArrayList<String>();
        boolean found = false;
        for (var row : rows())
            if (row.serial().equals(serial)) {
                found = true;
                var when = row.revoked().equals("-") ? Instant.now().toString() : row.revoked();
                rows.add(new Row(serial, row.until(), when, row.addresses()).line());
            } else rows.add(row.line());
        if (!found) throw Sop.MISSING_INPUT.because("No certificate has the number " + serial);
        Files.write(folder.resolve("issued"), rows);
    }

    private void revocations() throws IOException, Unusable, Sop.Refused {
        var now = Instant.now();
        var revoked = new ArrayList<Authority.Revoked>();
        for (var row : rows())
            if (!row.revoked().equals("-"))
                revoked.add(
                        new Authority.Revoked(
                                new BigInteger(row.serial(), 16),
                                Instant.parse(row.revoked()),
                                true));
        var list = authority().revocations(revoked, now.getEpochSecond(), LIST, now);
        streams.text().print(Certificates.pem(list));
    }
}
