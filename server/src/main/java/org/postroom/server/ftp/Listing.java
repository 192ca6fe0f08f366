package org.postroom.server.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.ftp.Entry;
import org.postroom.ftp.Reply;
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

/// A directory, told page by page, a line an entry (RFC 959 §4.1.3, RFC 3659 §7.2). LIST, NLST, MLSD and
/// MLST tell the same entries, each in its form (TRAPS F24).
final class Listing implements Transfer.Cargo {

    private final FileTree files;
    private final Node directory;
    private final String above;
    private final Function<Entry, String> form;

    /// @param above what stands before each name
    Listing(FileTree files, Node directory, String above, Function<Entry, String> form) {
        this.files = files;
        this.directory = directory;
        this.above = above;
        this.form = form;
    }

    /// Lines end with CRLF whatever the type (RFC 1123 §4.1.2.7, TRAPS F15).
    @Override
    public Reply carry(Wire data, Progress progress) throws Departure, Refused {
        @Nullable String after = null;
        do {
            var page = files.list(directory, after);
            var lines = new Saying();
            for (var node : page.nodes())
                lines.utf8(form.apply(entry(node, above + node.name()))).crlf();
            tell(data, progress, lines);
            after = page.next();
        } while (after != null);
        data.endOutput();
        return Reply.TRANSFERRED;
    }

    /// A listing of one line.
    static Transfer.Cargo of(String line) {
        return (data, progress) -> {
            tell(data, progress, new Saying().utf8(line).crlf());
            data.endOutput();
            return Reply.TRANSFERRED;
        };
    }

    private static void tell(Wire data, Progress progress, Saying lines) throws Departure {
        var octets = lines.toOctets();
        data.write(octets, 0, octets.length);
        progress.add(octets.length);
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
