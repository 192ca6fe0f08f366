package org.postroom.control;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer.Done;
import org.postroom.control.Order.FilesDu;
import org.postroom.control.Order.FilesExport;
import org.postroom.control.Order.FilesGet;
import org.postroom.control.Order.FilesImport;
import org.postroom.control.Order.FilesLs;
import org.postroom.control.Order.FilesPut;
import org.postroom.control.Order.FilesRestore;
import org.postroom.control.Order.FilesRm;
import org.postroom.control.Order.FilesVersions;
import org.postroom.store.Addressee;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;
import org.postroom.store.Store;
import org.postroom.wire.Departure;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;

/// Carries out what an administrator orders about somebody's files.
final class FileOrders {

    private static final int MOST = 100_000; // lines of one answer

    private final Store store;
    private final Steward.Ear ear;

    FileOrders(Store store, Steward.Ear ear) {
        this.store = store;
        this.ear = ear;
    }

    /// Whose, and where in them.
    private record Place(FileTree files, FilePath path) {}

    /// An account's address, a colon and an absolute path.
    private Place place(String text) throws Refused {
        int colon = text.indexOf(":/");
        if (colon < 0) throw new Refused(Reason.BAD_NAME);
        var account =
                store.directory()
                        .find(Addressee.of(text.substring(0, colon)))
                        .orElseThrow(() -> new Refused(Reason.NO_SUCH_ACCOUNT));
        return new Place(
                store.account(account).files(), FilePath.ROOT.resolve(text.substring(colon + 1)));
    }

    Answer carryOut(Order.OfFiles order) throws Refused, Departure {
        var at = place(order.place());
        return switch (order) {
            case FilesLs _ -> ls(at);
            case FilesRm(var place, boolean recursive) -> {
                rm(at, recursive);
                yield new Done(place + " is no more; `files versions` shows what files were.");
            }
            case FilesDu(var place) ->
                    new Done(at.files.size(at.path, () -> false) + " octets in " + place);
            case FilesVersions _ ->
                    new Answer.Versions(
                            at.files.versions(at.path).stream()
                                    .map(it ->
                                            new Answer.Version(
                                                    it.replaced(), it.size(), it.modified()))
                                    .toList());
            case FilesRestore(var place, var replaced) -> {
                at.files.restore(at.path, replaced.isPresent() ? replaced.get() : latest(at));
                yield new Done(place + " is what it was.");
            }
            case FilesPut(_, var file) -> copies(at).put(Path.of(file), at.path);
            case FilesGet(_, var file) -> copies(at).get(at.path, Path.of(file));
            case FilesImport(_, var folder) -> copies(at).importAll(Path.of(folder), at.path);
            case FilesExport(_, var folder) -> copies(at).exportAll(at.path, Path.of(folder));
        };
    }

    private FileCopies copies(Place at) {
        return new FileCopies(at.files, ear);
    }

    private static Answer ls(Place at) throws Refused {
        var node = at.files.resolve(at.path);
        var entries = new ArrayList<Answer.FileEntry>();
        if (!node.isDirectory()) entries.add(entry(node));
        else {
            @Nullable String after = null;
            do {
                var page = at.files.list(node, after);
                for (var child : page.nodes()) entries.add(entry(child));
                after = page.next();
            } while (after != null && entries.size() < MOST);
        }
        return new Answer.Files(entries);
    }

    private static Answer.FileEntry entry(Node node) {
        return new Answer.FileEntry(node.name(), node.isDirectory(), node.size(), node.modified());
    }

    private static void rm(Place at, boolean recursive) throws Refused {
        boolean directory = at.files.resolve(at.path).isDirectory();
        if (!directory) at.files.removeFile(at.path);
        else if (recursive) at.files.removeTree(at.path, () -> false);
        else at.files.removeDirectory(at.path);
    }

    private static Instant latest(Place at) throws Refused {
        return at.files.versions(at.path).stream()
                .findFirst()
                .orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE))
                .replaced();
    }
}
