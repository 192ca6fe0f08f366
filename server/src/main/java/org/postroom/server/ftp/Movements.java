package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Allo;
import org.postroom.ftp.Command.Appe;
import org.postroom.ftp.Command.Mlsd;
import org.postroom.ftp.Command.Nlst;
import org.postroom.ftp.Command.Rang;
import org.postroom.ftp.Command.Rest;
import org.postroom.ftp.Command.Retr;
import org.postroom.ftp.Command.Stor;
import org.postroom.ftp.Command.Stou;
import org.postroom.ftp.Entry;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.server.ftp.RestartPoint.Kept;
import org.postroom.server.ftp.RestartPoint.Offset;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.store.Upload.Place;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/// What crosses the data connection: files, one way or the other, and listings; and what is said before
/// about the next transfer.
final class Movements {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// ALLO of more than any file can have is an error of whoever asks.
    private static final long LARGEST = 1L << 50;

    private final Wire wire;
    private final TransferParameters parameters;
    private final Transfers transfers;

    Movements(Wire wire, TransferParameters parameters, Transfers transfers) {
        this.wire = wire;
        this.parameters = parameters;
        this.transfers = transfers;
    }

    void obey(Visit visit, Command.ForTransfer command) throws Departure, Refused, Refusal {
        switch (command) {
            case Retr(var path) -> retr(visit, visit.resolve(path));
            case Stor(var path) ->
                    stor(visit, "STOR", visit.resolve(path), place(visit, new Place.Whole()));
            // RFC 3659 §5.3: behind a REST it is STOR
            case Appe(var path) ->
                    stor(visit, "APPE", visit.resolve(path), place(visit, new Place.End()));
            case Stou() -> stou(visit);
            case Command.List(var path) -> {
                var now = Instant.now();
                list(
                        visit,
                        "LIST",
                        path,
                        "",
                        transfers.listsAsDos() ? Entry::dosList : entry -> entry.list(now));
            }
            case Nlst(var path) -> list(visit, "NLST", path, above(path), Entry::path);
            case Mlsd(var path) -> mlsd(visit, path);
            case Rest(var marker) -> {
                visit.restart(RestartPoint.parse(marker));
                wire.say(Reply.WILL_RESTART);
            }
            case Rang(long start, long end) -> {
                // draft-bryan-ftp-range: 1 0 takes it back
                visit.range(start > end ? Span.WHOLE : new Span(start, end - start + 1));
                wire.say(Reply.RANGE_SET);
            }
            case Allo(long size, var largest) -> allo(visit, Math.max(size, largest.orElse(0)));
        }
    }

    private static Place place(Visit visit, Place otherwise) {
        return switch (visit.takeRestart()) {
            case Offset(long octets) -> octets == 0 ? otherwise : new Place.From(octets);
            case Kept(var mark) -> new Place.Part(mark.offset(), mark.mark());
        };
    }

    // RFC 959 §4.1.3: room is held until the file comes, or another is asked for
    private void allo(Visit visit, long octets) throws Departure, Refused, Refusal {
        if (octets > LARGEST) throw new Refusal(Reply.OVER_QUOTA);
        visit.expect(octets);
        wire.say(Reply.SET);
    }

    private void retr(Visit visit, FilePath path) throws Departure, Refused, Refusal {
        var representation = parameters.representation();
        representation.check();
        var span = visit.takeSpan();
        var file = visit.files.open(path);
        boolean counted = representation.isTransparent();
        if (!counted && span.length() != Long.MAX_VALUE)
            throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED); // RANG is STREAM's
        boolean pages = file.shape().structure() == org.postroom.store.Shape.Structure.PAGES;
        if ((counted || (representation.hasMarkers() && !pages)) && span.start() > file.size())
            throw new Refusal(Reply.PAST_THE_END); // TRAPS F23
        transfers.carry(visit.name, "RETR", path, new Download(file, span, representation));
    }

    private void stor(Visit visit, String verb, FilePath path, Place place)
            throws Departure, Refused, Refusal {
        var deposit = deposit(visit, path, place, Reply.TRANSFERRED);
        transfers.carry(visit.name, verb, path, deposit);
    }

    private Deposit deposit(Visit visit, FilePath path, Place place, Reply done)
            throws Refused, Refusal {
        var representation = parameters.representation();
        representation.check();
        // RFC 3659 §5.1: an offset is of octets as they are transferred
        if (place instanceof Place.From && !representation.isTransparent())
            throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        long expected = visit.takeExpected();
        var upload = visit.files.upload(path, place, Shapes.of(representation));
        boolean ready = false;
        try {
            upload.expect(expected);
            ready = true;
        } finally {
            if (!ready) upload.close();
        }
        return new Deposit(upload, representation, done);
    }

    // RFC 959 §4.1.3; RFC 1123 §4.1.2.9: the name is told by the first reply
    private void stou(Visit visit) throws Departure, Refused, Refusal {
        String name = "stou-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
        var path = visit.resolve(name);
        var deposit = deposit(visit, path, new Place.Whole(), Reply.wasUnique(name));
        transfers.carry(visit.name, "STOU", path, deposit, Reply.unique(name));
    }

    private void list(
            Visit visit,
            String verb,
            Optional<String> path,
            String above,
            Function<Entry, String> form)
            throws Departure, Refused, Refusal {
        var at = visit.resolve(path);
        transfers.carry(
                visit.name,
                verb,
                at,
                Listing.of(visit.files, at, path.orElse(""), above, form, parameters));
    }

    /// RFC 1123 §4.1.2.7: what NLST tells serves as it is as an argument of RETR.
    private static String above(Optional<String> path) {
        return path.map(it -> it.endsWith("/") ? it : it + "/").orElse("");
    }

    private void mlsd(Visit visit, Optional<String> path) throws Departure, Refused, Refusal {
        var at = visit.resolve(path);
        var node = visit.files.resolve(at);
        if (!node.isDirectory()) throw new Refusal(Reply.NOT_A_DIRECTORY);
        var facts = parameters.facts();
        transfers.carry(
                visit.name,
                "MLSD",
                at,
                Listing.in(visit.files, node, "", entry -> entry.mlsx(facts), parameters));
    }
}
