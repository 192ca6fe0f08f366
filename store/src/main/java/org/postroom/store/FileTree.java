package org.postroom.store;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An account's files. A path leads by rows, so there is nothing to escape from and no link to follow
/// (TRAPS F21). Every change is one commit, and on disk when the call returns.
public final class FileTree {

    /// A part of a directory's listing, in the order of the names' octets.
    ///
    /// @param next what to ask for next, or null at the end
    public record Listing(List<Node> nodes, @Nullable String next) {}

    FileTree() {}

    /// @throws Refused NO_SUCH_FILE; NOT_A_DIRECTORY when a file is on the way
    public Node resolve(FilePath path) throws Refused {
        return Unwritten.yet();
    }

    /// A page of at most 1,000 nodes. A listing is no snapshot: what changes between two pages may show.
    ///
    /// @param after the last page's `next`, or null
    public Listing list(Node directory, @Nullable String after) throws Refused {
        return Unwritten.yet();
    }

    /// @throws Refused NAME_TAKEN; NO_SUCH_FILE when the directory above is not there
    public Node makeDirectory(FilePath path) throws Refused {
        return Unwritten.yet();
    }

    /// A file takes the place of a file; a directory takes nobody's.
    ///
    /// @throws Refused NAME_TAKEN; INTO_ITSELF; BAD_NAME when it would lie too deep
    public Node rename(FilePath from, FilePath to) throws Refused {
        return Unwritten.yet();
    }

    /// @throws Refused IS_A_DIRECTORY; NO_SUCH_FILE
    public void removeFile(FilePath path) throws Refused {
        Unwritten.<Object>yet();
    }

    /// @throws Refused NOT_EMPTY; NOT_A_DIRECTORY; BAD_NAME for the root
    public void removeDirectory(FilePath path) throws Refused {
        Unwritten.<Object>yet();
    }

    /// RFC 3659 §3, MFMT's draft: changes the time and nothing else.
    public Node setModified(FilePath path, Instant modified) throws Refused {
        return Unwritten.yet();
    }

    /// The file as it is now; it can be read to its end whatever happens to the name (F13), for as long
    /// as history is kept.
    public Content open(FilePath path) throws Refused {
        return Unwritten.yet();
    }

    /// How much of a died upload is kept for this name, if any. SIZE, APPE and REST speak of it only
    /// while no file has the name.
    public Optional<Node> part(FilePath path) throws Refused {
        return Unwritten.yet();
    }

    /// Begins an upload. Where no file has the name but a kept part does, `From` and `End` continue
    /// that.
    ///
    /// @throws Refused IS_A_DIRECTORY; NO_SUCH_FILE for the directory above; PAST_THE_END
    public Upload upload(FilePath path, Upload.Place place) throws Refused {
        return Unwritten.yet();
    }
}
