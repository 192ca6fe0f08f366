package org.postroom.ftp;

import org.postroom.ftp.Type.Ascii;
import org.postroom.ftp.Type.Ebcdic;
import org.postroom.ftp.Type.Form;
import org.postroom.ftp.Type.Image;
import org.postroom.ftp.Type.Local;

/// What a file looks like on the data connection: TYPE, STRU and MODE (RFC 959 §3), and the way
/// between that and what is stored. A transfer knows only [#reader] and [#writer]; where the octets cross
/// as they are ([#isTransparent]), it needs neither.
///
/// A text is stored with LF at the end of a line.
public record Representation(Type type, Structure structure, Mode mode) {

    private static final int LARGEST_BYTE = 64; // bits

    /// RFC 959 §5.1: ASCII Non-print, file, stream.
    public static final Representation DEFAULT =
            new Representation(new Ascii(Form.NON_PRINT), Structure.FILE, Mode.STREAM);

    /// The octets as they are.
    public static final Representation IMAGE =
            new Representation(new Image(), Structure.FILE, Mode.STREAM);

    /// RFC 1123 §4.1.2.1: L 8 is IMAGE on a machine whose bytes are octets. A larger byte is some octets,
    /// and its size matters in the headers of pages alone.
    ///
    /// @throws Refusal the type is not implemented
    public Representation with(Type other) throws Refusal {
        if (other instanceof Local(int bits) && (bits % 8 != 0 || bits > LARGEST_BYTE))
            throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        return new Representation(other, structure, mode);
    }

    public Representation with(Structure other) {
        return new Representation(type, other, mode);
    }

    public Representation with(Mode other) {
        return new Representation(type, structure, other);
    }

    /// RFC 1123 §4.1.2.3: pages are of files, not of texts, whose lines change their length on the way.
    ///
    /// @throws Refusal these three make no sense together
    public void check() throws Refusal {
        if (structure == Structure.PAGE && isText())
            throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
    }

    /// Whether characters cross, and lines.
    public boolean isText() {
        return switch (type) {
            case Ascii _, Ebcdic _ -> true;
            case Image _, Local _ -> false;
        };
    }

    public Form form() {
        return switch (type) {
            case Ascii(var form) -> form;
            case Ebcdic(var form) -> form;
            case Image _, Local _ -> Form.NON_PRINT;
        };
    }

    /// Whether the octets cross as they are stored, so that offsets and sizes are the same.
    public boolean isTransparent() {
        return !isText() && structure == Structure.FILE && mode == Mode.STREAM;
    }

    /// RFC 959 §3.5: whether restart markers can cross.
    public boolean hasMarkers() {
        return mode == Mode.BLOCK || mode == Mode.COMPRESSED;
    }

    /// Whether the connection may stay when the file has ended, because its end is told in it (RFC 959
    /// §3.3).
    public boolean keepsConnection() {
        return hasMarkers();
    }

    /// Whether the end of the connection is, or confirms, that of the file.
    public boolean endsWithConnection() {
        return mode == Mode.DEFLATE || (mode == Mode.STREAM && structure == Structure.FILE);
    }

    /// Logical bytes (RFC 959 §3.1.1), in octets.
    public int octetsInAByte() {
        return type instanceof Local(int bits) ? bits / 8 : 1;
    }

    // RFC 959 §3.4.3: the filler varies with the type
    private byte filler() {
        return (byte)
                switch (type) {
                    case Ascii _ -> ' ';
                    case Ebcdic _ -> CodePage1047.SPACE;
                    case Image _, Local _ -> 0;
                };
    }

    /// From the data connection, octets and their end, to what is stored.
    public <X extends Exception> Flow<X> reader(Flow<X> stored) {
        var typed =
                switch (type) {
                    case Ascii _ -> new AsciiReader<>(stored);
                    case Ebcdic _ -> CodePage1047.reader(stored);
                    case Image _, Local _ -> stored;
                };
        Flow<X> structured =
                switch (structure) {
                    case FILE -> hasMarkers() ? new Unrecorded<>(false, typed) : typed;
                    case RECORD -> hasMarkers() ? typed : new RecordReader<>(typed);
                    case PAGE -> new PageReader<>(octetsInAByte(), mode == Mode.STREAM, typed);
                };
        return switch (mode) {
            case STREAM -> structured;
            case BLOCK -> new BlockReader<>(structured);
            case COMPRESSED -> new CompressedReader<>(filler(), structured);
            case DEFLATE -> new InflateReader<>(structured);
        };
    }

    /// From what is stored to the data connection.
    ///
    /// @param stored the carriage control that the stored text has
    public <X extends Exception> Flow<X> writer(Form stored, Flow<X> channel) {
        Flow<X> wrapped =
                switch (mode) {
                    case STREAM -> channel;
                    case BLOCK -> new BlockWriter<>(channel);
                    case COMPRESSED -> new CompressedWriter<>(filler(), channel);
                    case DEFLATE -> new DeflateWriter<>(channel);
                };
        Flow<X> structured =
                switch (structure) {
                    case FILE -> wrapped;
                    case RECORD -> hasMarkers() ? wrapped : new RecordWriter<>(wrapped);
                    case PAGE -> new PageWriter<>(octetsInAByte(), wrapped);
                };
        Flow<X> typed =
                switch (type) {
                    case Ascii _ -> new AsciiWriter<>(structured);
                    case Ebcdic _ -> CodePage1047.writer(structured);
                    case Image _, Local _ -> structured;
                };
        Flow<X> lined = structure == Structure.FILE ? new Unrecorded<>(isText(), typed) : typed;
        return converts(stored) ? carriageControl(stored, lined) : lined;
    }

    /// Whether a text with this carriage control crosses with another.
    public boolean converts(Form stored) {
        boolean asa = form() == Form.CARRIAGE_CONTROL;
        return isText() && asa != (stored == Form.CARRIAGE_CONTROL);
    }

    private <X extends Exception> Flow<X> carriageControl(Form stored, Flow<X> next) {
        return stored == Form.CARRIAGE_CONTROL
                ? new FromAsa<>(form() == Form.TELNET, next)
                : new ToAsa<>(next);
    }
}
