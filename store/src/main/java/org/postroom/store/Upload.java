package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Draft;
import org.postroom.store.engine.Sealed;

/// Bytes on their way into a file. The file is what it was until [#commit], and then it is this, at
/// once; two uploads of one name never mix: the later commit wins whole, and appends all stay, in the
/// order of their commits (TRAPS F12, F13). Closing without commit or keep leaves nothing behind.
public final class Upload implements AutoCloseable {

    /// Where the bytes go.
    public sealed interface Place {
        /// The file is what is uploaded.
        record Whole() implements Place {}

        /// RFC 3659 §5.3: what lies before the offset stays, what is uploaded takes the place of all
        /// behind it.
        record From(long offset) implements Place {}

        /// RFC 959 §4.1.3, APPE: at the end as it is when the upload commits.
        record End() implements Place {}
    }

    /// Quota is taken in such steps, so that not every write asks.
    private static final long STEP = 1 << 20;

    private final FileTree tree;
    private final FilePath path;
    private final Place place;
    private final Draft draft;
    private final Reservation reservation;
    private long granted;

    /// @param room what may be written without the account holding more than before
    Upload(FileTree tree, FilePath path, Place place, long room) {
        this.tree = tree;
        this.path = path;
        this.place = place;
        this.granted = room;
        this.draft = tree.account().blobs().draft();
        this.reservation = new Reservation(tree.account());
    }

    /// @throws Refused OVER_QUOTA before the bytes that don't fit are written
    public void write(byte[] bytes, int offset, int length) throws Refused {
        reserve(draft.size() + length);
        draft.write(bytes, offset, length);
    }

    private void reserve(long size) throws Refused {
        long missing = size - granted;
        if (missing <= 0) return;
        try {
            reservation.grow(Math.max(missing, STEP));
            granted += Math.max(missing, STEP);
        } catch (Refused nearTheEnd) {
            reservation.grow(missing);
            granted += missing;
        }
    }

    /// How many octets were written.
    public long written() {
        return draft.size();
    }

    /// Makes it the file, on disk when it returns.
    ///
    /// @throws Refused NO_SUCH_FILE when the directory is gone, IS_A_DIRECTORY when one took the name,
    ///     PAST_THE_END when the file became shorter meanwhile, TOO_FRAGMENTED, OVER_QUOTA
    public Node commit() throws Refused {
        var blob = sealed();
        var node = tree.account().edit(edit -> FileChanges.upload(edit, path, place, blob));
        if (place instanceof Place.End) gather();
        return node;
    }

    /// The append is done, whatever comes of this.
    private void gather() {
        try {
            tree.gather(path);
        } catch (Refused gone) {
            // renamed or removed meanwhile: another append will see to it
        }
    }

    /// Keeps what came of an upload that died, so that it can be continued ([FileTree#part]): the file,
    /// if there is one, stays as it was.
    ///
    /// @throws Refused as [#commit]; then nothing is kept
    public void keep() throws Refused {
        var blob = sealed();
        tree.account()
                .edit(edit -> {
                    FileChanges.keep(edit, path, place, blob);
                    return true;
                });
    }

    private @Nullable Sealed sealed() {
        return draft.size() == 0 ? null : draft.seal();
    }

    @Override
    public void close() {
        reservation.close();
        draft.close();
    }
}
