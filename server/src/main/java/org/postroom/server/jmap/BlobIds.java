package org.postroom.server.jmap;

import org.postroom.mime.Decoding;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.store.Account;
import org.postroom.store.Content;
import org.postroom.store.EmailId;
import org.postroom.store.engine.BlobId;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// What the ids of blobs mean (RFC 8620 §6). `U` and 32 digits is what was uploaded; an email's id with an
/// `R` before it the message as it is; and behind any of these, `.` and a number, the part of this number in
/// the message, decoded: the parts of a message within a part go on behind another point. Nothing of it is
/// stored, and all of it is looked up in the account that asks.
final class BlobIds {

    /// As many messages within messages as are looked into.
    private static final int LEVELS = 8;

    private static final String DIGITS = "0123456789abcdef";

    private BlobIds() {}

    /// Octets that can be read, and what they claim to be.
    record Found(String id, Source source, String type) {

        /// Read through to know how long it is.
        long size() {
            try (var in = source.open()) {
                byte[] buffer = new byte[64 << 10];
                long size = 0;
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) size += n;
                return size;
            } catch (IOException e) {
                throw new Fault("reading a blob", e);
            }
        }
    }

    static String of(EmailId email) {
        return "R" + email.text();
    }

    static String of(BlobId upload) {
        return "U" + upload;
    }

    /// The account's blob of this id, or nothing.
    static Optional<Found> find(Visit visit, String id) {
        return find(visit.account(), id);
    }

    static Optional<Found> find(Account account, String id) {
        var steps = List.of(id.split("\\.", LEVELS + 2));
        if (steps.size() > LEVELS + 1) return Optional.empty();
        var found = whole(account, steps.getFirst());
        for (var step : steps.subList(1, steps.size()))
            found = found.flatMap(message -> part(account, message, step));
        return found;
    }

    private static Optional<Found> whole(Account account, String id) {
        if (id.startsWith("R"))
            return EmailId.parse(id.substring(1))
                    .flatMap(
                            email -> Optional.ofNullable(account.placed(List.of(email)).getFirst()))
                    .map(placed -> found(id, placed.message(), "message/rfc822"));
        if (!id.startsWith("U") || id.length() != 33) return Optional.empty();
        for (int i = 1; i < id.length(); i++)
            if (DIGITS.indexOf(id.charAt(i)) < 0) return Optional.empty();
        return account.uploaded(BlobId.parse(id.substring(1)))
                .map(content -> found(id, content, "application/octet-stream"));
    }

    private static Found found(String id, Content content, String type) {
        return new Found(id, content::read, type);
    }

    private static Optional<Found> part(Account account, Found message, String step) {
        if (!step.matches("[1-9][0-9]{0,4}|0")) return Optional.empty();
        int number = Integer.parseInt(step);
        var legible = legible(account, message);
        var parts = MessageParts.of(legible.summary());
        if (number >= parts.size()) return Optional.empty();
        var part = parts.get(number).part();
        if (part.isMultipart()) return Optional.empty();
        String type = part.type().type() + "/" + part.type().subtype();
        return Optional.of(
                new Found(message.id + "." + step, () -> decoded(message.source, part), type));
    }

    static InputStream decoded(Source message, org.postroom.mime.Part part) throws IOException {
        return Decoding.of(message.slice(part.body()).open(), part.encoding());
    }

    /// A blob as a message: any octets are one.
    static Legible legible(Account account, Found found) {
        String id = found.id;
        if (id.startsWith("R") && id.indexOf('.') < 0) {
            var email = EmailId.parse(id.substring(1)).orElseThrow();
            var placed = account.placed(List.of(email)).getFirst();
            if (placed != null) return new Legible(id, placed.message().summary(), found.source);
        }
        var parser = new Structure.Parser();
        try (var in = found.source.open()) {
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) parser.write(buffer, 0, n);
        } catch (IOException e) {
            throw new Fault("reading a blob", e);
        }
        return new Legible(id, parser.finish(), found.source);
    }

    /// A message that can be told of.
    record Legible(String blob, Summary summary, Source source) {}
}
