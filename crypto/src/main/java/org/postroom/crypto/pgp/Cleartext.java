package org.postroom.crypto.pgp;

import org.postroom.crypto.Unusable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Text with its signature below it (RFC 9580 §7). Nothing but blank lines stands before or after it:
/// what is not signed must not look as if it were.
///
/// @param lines without their ends, and without the blanks at their ends, which are not signed
/// @param signature its armour; empty where it is not yet signed
record Cleartext(List<String> lines, String signature) {

    static final String HEAD = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String MIDDLE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";

    /// It is read in memory: letters are not longer.
    private static final int LONGEST = 32 << 20;

    Cleartext {
        lines = List.copyOf(lines);
    }

    /// Text that is to be signed.
    static Cleartext of(InputStream in) throws IOException, Unusable {
        var lines = lines(in);
        if (lines.getLast().isEmpty()) lines.removeLast();
        return new Cleartext(lines.stream().map(Cleartext::stripped).toList(), "");
    }

    private static List<String> lines(InputStream in) throws IOException, Unusable {
        byte[] octets = in.readNBytes(LONGEST + 1);
        if (octets.length > LONGEST)
            throw new Unusable(Unusable.Why.TOO_MUCH, "This text is too long to be read");
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return new ArrayList<>(List.of(text.toString().split("\n", -1)));
        } catch (CharacterCodingException no) {
            throw new Unusable(Unusable.Why.NOT_TEXT, "This is no text in UTF-8");
        }
    }

    /// Text that was signed.
    ///
    /// @throws Unusable if it is not of exactly this form
    static Cleartext parse(InputStream in) throws IOException, Unusable {
        var all = lines(in).stream().map(Cleartext::stripped).toList();
        int at = 0;
        while (at < all.size() && all.get(at).isEmpty()) at++;
        if (at == all.size() || !all.get(at).equals(HEAD)) throw bad("no beginning");
        at++;
        // RFC 9580 §7.1: of armour headers only Hash may be there
        while (at < all.size() && all.get(at).startsWith("Hash: ")) at++;
        if (at == all.size() || !all.get(at).isEmpty())
            throw bad("headers that don't belong there");
        at++;
        var lines = new ArrayList<String>();
        while (at < all.size() && !all.get(at).equals(MIDDLE)) lines.add(unescaped(all.get(at++)));
        int end = at;
        while (end < all.size() && !all.get(end).equals(END)) end++;
        if (end >= all.size()) throw bad("no signature");
        for (int i = end + 1; i < all.size(); i++)
            if (!all.get(i).isEmpty()) throw bad("text after the signature");
        return new Cleartext(lines, String.join("\n", all.subList(at, end + 1)) + "\n");
    }

    // RFC 9580 §7.2: a line that begins with a dash is escaped, any other may be
    private static String unescaped(String line) throws Unusable {
        if (line.startsWith("- ")) return line.substring(2);
        if (line.startsWith("-")) throw bad("a line that is not escaped");
        return line;
    }

    // RFC 9580 §7.2: trailing whitespace is no part of what is signed
    private static String stripped(String line) {
        int end = line.length();
        while (end > 0 && " \t\r".indexOf(line.charAt(end - 1)) >= 0) end--;
        return line.substring(0, end);
    }

    /// What is signed: lines that end with CRLF, but for the last.
    byte[] canonical() {
        return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /// What is shown.
    byte[] shown() {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// As it is written, down to the signature's armour.
    String escaped(List<String> hashes) {
        var text = new StringBuilder(HEAD).append('\n');
        for (var hash : hashes) text.append("Hash: ").append(hash).append('\n');
        text.append('\n');
        for (var line : lines)
            text.append(line.startsWith("-") ? "- " : "").append(line).append('\n');
        return text.toString();
    }

    private static Unusable bad(String why) {
        return new Unusable(Unusable.Why.BAD_DATA, "This is no text with a signature: " + why);
    }
}
