package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;

/// Octets as text, by the charset that they are labelled with.
///
/// A label that is absent, unknown, or says ASCII where octets above 127 stand, is read as UTF-8 if
/// the octets are that, else as windows-1252. No charset is ever guessed by escape sequences (TRAPS
/// T35).
public final class Text {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /// Labels that mean more than they say.
    private static final Map<String, String> MEANT =
            Map.of(
                    "iso-8859-1", "windows-1252",
                    "latin1", "windows-1252",
                    "iso-8859-9", "windows-1254",
                    "gb2312", "GB18030",
                    "gbk", "GB18030",
                    "ks_c_5601-1987", "x-windows-949",
                    "euc-kr", "x-windows-949",
                    "shift_jis", "windows-31j",
                    "x-sjis", "windows-31j");

    private Text() {}

    /// Never fails: what is no character of the charset becomes U+FFFD.
    public static String of(byte[] octets, @Nullable String label) {
        var charset = label == null ? Optional.<Charset>empty() : charset(label);
        if (charset.isPresent() && !charset.get().equals(StandardCharsets.US_ASCII))
            return new String(octets, charset.get());
        return unlabelled(octets);
    }

    private static String unlabelled(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, WINDOWS);
        }
    }

    /// The charset of this label, if the JDK has it.
    static Optional<Charset> charset(String label) {
        String name = Ascii.lower(label.strip());
        try {
            return Optional.of(Charset.forName(MEANT.getOrDefault(name, name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }
}
