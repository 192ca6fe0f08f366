package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.FileTree.Failure;
import org.postroom.store.Refused.Reason;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The copy of a directory, a page of files a commit. Where a page is refused, its files are tried one by
/// one, so that what fails is known by its name and the rest is there (RFC 4918 §9.8.3).
final class TreeCopy {

    private static final int MOST_FAILURES = 1_000;

    private final FileTree tree;
    private final BooleanSupplier stop;
    private final ArrayDeque<Pair> below = new ArrayDeque<>();
    private final List<Failure> failures = new ArrayList<>();
    private boolean full;

    /// A directory that is there, and what it is copied to, which is there, too.
    private record Pair(FilePath from, FilePath to) {}

    TreeCopy(FileTree tree, FilePath from, FilePath to, BooleanSupplier stop) {
        this.tree = tree;
        this.stop = stop;
        below.add(new Pair(from, to));
    }

    List<Failure> run() {
        while (!below.isEmpty() && !isOver()) {
            var directory = below.removeLast();
            try {
                members(directory);
            } catch (Refused gone) {
                failed(directory.to, gone);
            }
        }
        return failures;
    }

    private boolean isOver() {
        return full || failures.size() >= MOST_FAILURES || stop.getAsBoolean();
    }

    private void members(Pair directory) throws Refused {
        var node = tree.resolve(directory.from);
        @Nullable String after = null;
        do {
            var page = tree.list(node, after);
            files(
                    directory,
                    page.nodes().stream().filter(it -> !it.isDirectory()).map(Node::name).toList());
            for (var it : page.nodes())
                if (it.isDirectory() && !isOver()) directory(directory, it.name());
            after = page.next();
        } while (after != null && !isOver());
    }

    private void files(Pair directory, List<String> names) {
        if (names.isEmpty()) return;
        try {
            tree.copyFiles(directory.from, directory.to, names);
        } catch (Refused some) {
            for (var name : names) if (!isOver()) file(directory, name);
        }
    }

    private void file(Pair directory, String name) {
        try {
            tree.copyFiles(directory.from, directory.to, List.of(name));
        } catch (Refused refused) {
            failed(child(directory.to, name), refused);
        }
    }

    private void directory(Pair above, String name) throws Refused {
        var to = child(above.to, name);
        try {
            var from = above.from.resolve("./" + name);
            tree.copyDirectory(from, above.to.resolve("./" + name));
            below.addLast(new Pair(from, to));
        } catch (Refused refused) {
            failed(to, refused);
        }
    }

    private static FilePath child(FilePath directory, String name) {
        var names = new ArrayList<>(directory.names());
        names.add(name);
        return new FilePath(names);
    }

    private void failed(FilePath path, Refused why) {
        failures.add(new Failure(path, why));
        full |= why.reason() == Reason.OVER_QUOTA;
    }
}
