package org.postroom.store;

import org.postroom.wire.Fault;

import java.util.function.ToIntFunction;

/// What is known of a file beside its octets, so that one that came in one representation is right when
/// it is asked for in another (RFC 959 §3.1).
///
/// @param text lines that end with LF; otherwise octets that mean nothing here
/// @param charset in which a text came; it is stored as ASCII whichever it was
/// @param carriage what moves the paper in a text
public record Shape(Structure structure, boolean text, Charset charset, Carriage carriage) {

    /// RFC 959 §3.1.2
    public enum Structure {
        FILE(0),
        RECORDS(1),
        PAGES(2);

        private final int code;

        Structure(int code) {
            this.code = code;
        }
    }

    /// RFC 959 §3.1.1.1, §3.1.1.2
    public enum Charset {
        ASCII(0),
        EBCDIC(1);

        private final int code;

        Charset(int code) {
            this.code = code;
        }
    }

    /// RFC 959 §3.1.1.5
    public enum Carriage {
        NON_PRINT(0),
        TELNET(1),
        ASA(2);

        private final int code;

        Carriage(int code) {
            this.code = code;
        }
    }

    private static final int TEXT = 1 << 5;

    /// Octets, and nothing known of them.
    public static final Shape PLAIN =
            new Shape(Structure.FILE, false, Charset.ASCII, Carriage.NON_PRINT);

    /// In one octet.
    int code() {
        return structure.code | (carriage.code << 2) | (charset.code << 4) | (text ? TEXT : 0);
    }

    static Shape of(int code) {
        return new Shape(
                which(Structure.values(), it -> it.code, code & 3),
                (code & TEXT) != 0,
                which(Charset.values(), it -> it.code, (code >> 4) & 1),
                which(Carriage.values(), it -> it.code, (code >> 2) & 3));
    }

    private static <T> T which(T[] values, ToIntFunction<T> codeOf, int code) {
        for (var value : values) if (codeOf.applyAsInt(value) == code) return value;
        throw new Fault("a file of unknown shape");
    }

    Shape withStructure(Structure other) {
        return new Shape(other, text, charset, carriage);
    }
}
