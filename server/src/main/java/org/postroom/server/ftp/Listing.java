package org.postroom.server.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.ftp.DataChannel;
import org.postroom.ftp.Entry;
import org.postroom.ftp.Flow;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.ftp.Type;
import org.postroom.server.ftp.Transfer.Progress;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/// A directory, told page by page, a line an entry (RFC 959 §4.1.3, RFC 3659 §7.2). LIST, NLST, MLSD and
/// MLST tell the same entries, each in its form (TRAPS F24).
final class Listing implements Transfer.Cargo {

    private final Representation representation;
    private final Lines lines;

    private Listing(Representation representation, Lines lines) {
        this.representation = representation;
        this.lines = lines;
    }

    /// What tells the lines.
    private interface Lines {
        void tell(Flow<Departure> flow) throws Departure, Refused, Refusal;
    }

    /// Of a directory.
    ///
    /// @param above what stands before each name
    static Listing in(
            FileTree files,
            Node directory,
            String above,
            Function<Entry, String> form,
            TransferParameters parameters) {
        return new Listing(
                as(parameters), flow -> tell(files, directory, _ -> true, above, form, flow));
    }

    /// Of whatever a path leads to: a directory, a file, or what fits a pattern.
    ///
    /// @param said how the client called it
    /// @param above what stands before each name in a directory
    /// @throws Refused NO_SUCH_FILE
    static Listing of(
            FileTree files,
            FilePath path,
            String said,
            String above,
            Function<Entry, String> form,
            TransferParameters parameters)
            throws Refused {
        try {
            var node = files.resolve(path);
            if (node.isDirectory()) return in(files, node, above, form, parameters);
            String name = said.isEmpty() ? node.name() : said;
            return new Listing(as(parameters), flow -> tell(form.apply(entry(node, name)), flow));
        } catch (Refused refused) {
            boolean asks = refused.reason() == Refused.Reason.NO_SUCH_FILE;
            if (!asks || said.isEmpty() || !Pattern.is(path.name())) throw refused;
            var pattern = Pattern.of(path.name());
            var directory = files.resolve(path.parent());
            String before = said.substring(0, said.lastIndexOf('/') + 1);
            return new Listing(
                    as(parameters),
                    flow -> tell(files, directory, pattern::fits, before, form, flow));
        }
    }

    /// Lines end with CRLF whatever the type (RFC 1123 §4.1.2.7, TRAPS F15); the mode is as agreed.
    private static Representation as(TransferParameters parameters) {
        return Representation.IMAGE.with(parameters.representation().mode());
    }

    @Override
    public boolean keepsConnection() {
        return representation.keepsConnection();
    }

    @Override
    public Reply carry(Wire data, Progress progress) throws Departure, Refused, Refusal {
        var channel = new DataChannel(data, representation, progress::add);
        var flow = channel.writer(Type.Form.NON_PRINT);
        lines.tell(flow);
        flow.end();
        return Reply.TRANSFERRED;
    }

    private static void tell(
            FileTree files,
            Node directory,
            Predicate<String> which,
            String above,
            Function<Entry, String> form,
            Flow<Departure> flow)
            throws Departure, Refused, Refusal {
        @Nullable String after = null;
        var lines = new Saying();
        do {
            var page = files.list(directory, after);
            for (var node : page.nodes())
                if (which.test(node.name()))
                    lines.utf8(form.apply(entry(node, above + node.name()))).crlf();
            var octets = lines.toOctets();
            flow.octets(octets, 0, octets.length);
            lines.clear();
            after = page.next();
        } while (after != null);
    }

    private static void tell(String line, Flow<Departure> flow) throws Departure, Refusal {
        var octets = new Saying().utf8(line).crlf().toOctets();
        flow.octets(octets, 0, octets.length);
    }

    /// @param path what it is to be called
    static Entry entry(Node node, String path) {
        return new Entry(
                node.isDirectory() ? Entry.Kind.DIRECTORY : Entry.Kind.FILE,
                path,
                node.isDirectory() ? OptionalLong.empty() : OptionalLong.of(node.size()),
                Optional.of(node.modified()),
                Optional.of(perm(node)),
                Optional.of(Long.toHexString(node.id())));
    }

    /// What MLST tells: the path is absolute (RFC 3659 §7.3.1).
    static Entry entry(Node node, FilePath path) {
        return entry(node, path.toString());
    }

    // RFC 3659 §7.5.5: a directory that is not empty can't be removed, but "might"; the root never
    private static String perm(Node node) {
        if (!node.isDirectory()) return "adfrw";
        return node.name().isEmpty() ? "celmp" : "cdeflmp";
    }
}
