package org.postroom.ftp;

import org.postroom.ftp.Type.Ascii;
import org.postroom.ftp.Type.Ebcdic;
import org.postroom.ftp.Type.Form;
import org.postroom.ftp.Type.Image;
import org.postroom.ftp.Type.Local;

/// What a file looks like on the data connection: TYPE, STRU and MODE (RFC 959 §3), and the way
/// between that and the stored octets. A transfer knows only [#reader] and [#writer].
///
/// A text is stored with LF at the end of a line.
///
/// RFC 959 §3.1.1.2, §3.1.2.2, §3.1.2.3, §3.4.2, §3.4.3: not yet (EBCDIC, records, pages, blocks,
/// compression).
public record Representation(Type type, Structure structure, Mode mode) {

    /// RFC 959 §5.1: ASCII Non-print, file, stream.
    public static final Representation DEFAULT =
            new Representation(new Ascii(Form.NON_PRINT), Structure.FILE, Mode.STREAM);

    /// The octets as they are.
    public static final Representation IMAGE =
            new Representation(new Image(), Structure.FILE, Mode.STREAM);

    /// @throws Refusal the type is not implemented
    public Representation with(Type other) throws Refusal {
        return switch (other) {
            // RFC 1123 §4.1.2.2: Telnet format control is the same where it changes nothing
            case Ascii(var form) when form != Form.CARRIAGE_CONTROL ->
                    new Representation(other, structure, mode);
            case Image() -> new Representation(other, structure, mode);
            // RFC 1123 §4.1.2.1: L 8 is IMAGE on a machine whose bytes are octets
            case Local(int byteSize) when byteSize == 8 ->
                    new Representation(other, structure, mode);
            case Ascii _, Ebcdic _, Local _ -> throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        };
    }

    /// @throws Refusal the structure is not implemented
    public Representation with(Structure other) throws Refusal {
        return switch (other) {
            case FILE -> new Representation(type, other, mode);
            case RECORD, PAGE -> throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        };
    }

    /// @throws Refusal the mode is not implemented
    public Representation with(Mode other) throws Refusal {
        return switch (other) {
            case STREAM -> new Representation(type, structure, other);
            case BLOCK, COMPRESSED -> throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        };
    }

    /// Whether the octets cross as they are stored, so that offsets and sizes are the same.
    public boolean isTransparent() {
        return switch (type) {
            case Image _, Local _ -> true;
            case Ascii _, Ebcdic _ -> false;
        };
    }

    /// From the data connection to what is stored.
    public <X extends Exception> Source<X> reader(Source<X> channel) {
        return isTransparent() ? channel : new AsciiReader<>(channel);
    }

    /// From what is stored to the data connection.
    public <X extends Exception> Source<X> writer(Source<X> stored) {
        return isTransparent() ? stored : new AsciiWriter<>(stored);
    }
}
