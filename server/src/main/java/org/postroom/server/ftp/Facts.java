package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Avbl;
import org.postroom.ftp.Command.Checksum;
import org.postroom.ftp.Command.Dsiz;
import org.postroom.ftp.Command.Hash;
import org.postroom.ftp.Command.Mdtm;
import org.postroom.ftp.Command.Mff;
import org.postroom.ftp.Command.Mfmt;
import org.postroom.ftp.Command.Mlst;
import org.postroom.ftp.Command.SiteHelp;
import org.postroom.ftp.Command.SiteUtime;
import org.postroom.ftp.Command.SiteVersions;
import org.postroom.ftp.Command.Size;
import org.postroom.ftp.Command.Stat;
import org.postroom.ftp.Digest;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.store.FilePath;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of files, told over the control connection.
final class Facts {

    /// What a server answers that has room without end.
    private static final long ROOM = Long.MAX_VALUE;

    private final Wire wire;
    private final TransferParameters parameters;
    private final Transfers transfers;

    Facts(Wire wire, TransferParameters parameters, Transfers transfers) {
        this.wire = wire;
        this.parameters = parameters;
        this.transfers = transfers;
    }

    void obey(Visit visit, Command.ForFacts command) throws Departure, Refused, Refusal {
        switch (command) {
            case Size(var path) -> size(visit, visit.resolve(path));
            case Mdtm(var path) ->
                    wire.say(Reply.modified(file(visit, visit.resolve(path)).modified()));
            case Mlst(var path) -> {
                var at = visit.resolve(path);
                wire.say(
                        Reply.facts(
                                Listing.entry(visit.files.resolve(at), at), parameters.facts()));
            }
            case Stat(var path) -> stat(visit, path);
            case Hash(var path) -> hash(visit, path);
            case Checksum sum -> checksum(visit, sum);
            case Mfmt(var time, var path) -> mfmt(visit, time, path);
            case Mff(var time, var path) -> mfmt(visit, time, path);
            case SiteUtime(var time, var path) -> mfmt(visit, time, path);
            case Avbl(_) -> wire.say(Reply.size(available(visit)));
            case Dsiz(var path) -> {
                var directory = visit.resolve(path);
                transfers.await(stop -> Reply.size(visit.files.size(directory, stop)));
            }
            case SiteVersions(var path) -> versions(visit, visit.resolve(path));
            case SiteHelp() ->
                    wire.say(
                            Reply.site(
                                    "These are particular to this server",
                                    List.of(
                                            "CPFR path, then CPTO path: copies a file",
                                            "RESTORE time path: brings a version back",
                                            "UTIME time path: as MFMT",
                                            "VERSIONS path: what a file was before")));
        }
    }

    // RFC 3659 §4: exact, or not at all; in another representation it would have to be counted
    private void size(Visit visit, FilePath path) throws Departure, Refused, Refusal {
        var file = file(visit, path);
        if (!parameters.representation().isTransparent() && file.size() > 0)
            throw new Refusal(Reply.SIZE_UNKNOWN);
        wire.say(Reply.size(file.size()));
    }

    /// A file, or what is kept of an upload to that name that died (DECISIONS, Files).
    private static Node file(Visit visit, FilePath path) throws Refused, Refusal {
        Node node;
        try {
            node = visit.files.resolve(path);
        } catch (Refused refused) {
            if (refused.reason() != Refused.Reason.NO_SUCH_FILE) throw refused;
            node = visit.files.part(path).orElseThrow(() -> refused);
        }
        if (node.isDirectory()) throw new Refusal(Reply.IS_A_DIRECTORY);
        return node;
    }

    // RFC 959 §4.1.3: with a path it is LIST, over the control connection
    private void stat(Visit visit, Optional<String> path) throws Departure, Refused {
        if (path.isEmpty()) {
            wire.say(Reply.status(status(visit)));
            return;
        }
        var at = visit.resolve(path);
        var node = visit.files.resolve(at);
        var now = Instant.now();
        var lines = new ArrayList<String>();
        if (!node.isDirectory()) lines.add(Listing.entry(node, path.get()).list(now));
        else {
            var page = visit.files.list(node, null);
            for (var child : page.nodes()) lines.add(Listing.entry(child, child.name()).list(now));
            if (page.next() != null) lines.add("and more: say LIST");
        }
        wire.say(Reply.listing(node.isDirectory(), lines));
    }

    private List<String> status(Visit visit) {
        return List.of(
                "Signed in as " + visit.name,
                "TLS: " + wire.tls().map(Tls.Facts::protocol).orElse("none"),
                parameters.says());
    }

    // draft-bryan-ftpext-hash §3: of what RANG names, or of all
    private void hash(Visit visit, String path) throws Departure, Refused, Refusal {
        var at = visit.resolve(path);
        var file = visit.files.open(at);
        var digest = parameters.digest();
        var span = visit.takeSpan();
        if (span.start() > file.size()) throw new Refusal(Reply.PAST_THE_END);
        long end = span.start() + Math.min(span.length(), file.size() - span.start());
        transfers.await(stop -> {
            String hex = Digests.of(visit.files, at, file, digest, span, stop);
            return Reply.hash(digest, span.start(), end, hex, path);
        });
    }

    private void checksum(Visit visit, Checksum sum) throws Departure, Refused, Refusal {
        var at = visit.resolve(sum.path());
        var file = visit.files.open(at);
        long end = sum.end().orElse(file.size());
        if (sum.start() > end || end > file.size()) throw new Refusal(Reply.PAST_THE_END);
        var span = new Span(sum.start(), end - sum.start());
        Digest digest = sum.digest();
        transfers.await(
                stop -> Reply.checksum(Digests.of(visit.files, at, file, digest, span, stop)));
    }

    private void mfmt(Visit visit, Instant time, String path) throws Departure, Refused {
        visit.files.setModified(visit.resolve(path), time);
        wire.say(Reply.modified(time, path));
    }

    private static long available(Visit visit) {
        var quota = visit.account.quota();
        return quota.limit() == 0 ? ROOM : Math.max(0, quota.limit() - quota.used());
    }

    private void versions(Visit visit, FilePath path) throws Departure, Refused {
        var lines = new ArrayList<String>();
        for (var version : visit.files.versions(path))
            lines.add(
                    Reply.time(version.replaced())
                            + " Size="
                            + version.size()
                            + ";Modify="
                            + Reply.time(version.modified())
                            + ";");
        String says =
                lines.isEmpty()
                        ? "It was never anything else"
                        : "SITE RESTORE takes the time that a line begins with";
        wire.say(Reply.site(says, lines));
    }
}
