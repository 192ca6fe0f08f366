package org.postroom.store;

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

    Upload() {}

    /// @throws Refused OVER_QUOTA before the bytes that don't fit are written
    public void write(byte[] bytes, int offset, int length) throws Refused {
        Unwritten.<Object>yet();
    }

    /// How many octets were written.
    public long written() {
        return Unwritten.yet();
    }

    /// Makes it the file, on disk when it returns.
    ///
    /// @throws Refused NO_SUCH_FILE when the directory is gone, IS_A_DIRECTORY when one took the name
    public Node commit() throws Refused {
        return Unwritten.yet();
    }

    /// Keeps what came of an upload that died, so that it can be continued ([FileTree#part]): the file,
    /// if there is one, stays as it was.
    public void keep() throws Refused {
        Unwritten.<Object>yet();
    }

    @Override
    public void close() {
        Unwritten.<Object>yet();
    }
}
