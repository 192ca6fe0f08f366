package org.postroom.agent.ftp;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Names of one system on another, and back: what a system can't have in a name is written by a character
/// that looks like it, with a mark before one that looks so by itself. A name that would leave its folder is
/// none.
enum Names {
    /// All but the slash can be in a name; control characters are kept from terminals.
    POSIX(""),

    WINDOWS("\\:*?\"<>|");

    private static final char MARK = '\u201b'; // ‛
    private static final int WIDE = 0xfee0; // to the full-width form of an ASCII character
    private static final int PICTURE = 0x2400; // of a control character
    private static final char DELETE_PICTURE = '\u2421';
    private static final int ODD = 0xdc00; // an octet that is no UTF-8
    private static final int ODD_PICTURE = 0x2800; // Braille: as many as octets
    private static final Set<String> DEVICES =
            Set.of(
                    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6",
                    "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7",
                    "LPT8", "LPT9");

    private final String impossible;

    Names(String impossible) {
        this.impossible = impossible;
    }

    static Names ofThisSystem() {
        return System.getProperty("os.name", "").startsWith("Windows") ? WINDOWS : POSIX;
    }

    /// What the server's file is called here; nothing for what is no name: empty, `.`, `..`, with a slash,
    /// NUL or line end in it (TRAPS F27).
    Optional<String> here(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) return Optional.empty();
        for (int i = 0; i < name.length(); i++)
            if ("/\0\r\n".indexOf(name.charAt(i)) >= 0) return Optional.empty();
        var here = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean last = i == name.length() - 1;
            if (isControl(c)) here.append(c == 127 ? DELETE_PICTURE : (char) (PICTURE + c));
            else if (isOdd(name, i)) here.append((char) (ODD_PICTURE + (c & 0xff)));
            else if (isImpossible(c) || (this == WINDOWS && last && ". ".indexOf(c) >= 0))
                here.append(c == ' ' ? (char) PICTURE : (char) (c + WIDE));
            else if (isPicture(c)) here.append(MARK).append(c);
            else here.append(c);
        }
        if (this == WINDOWS && isDevice(here.toString()))
            here.setCharAt(0, (char) (here.charAt(0) + WIDE));
        return Optional.of(here.toString());
    }

    /// What a file here is called at the server.
    String there(String name) {
        var there = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == MARK && i + 1 < name.length()) there.append(name.charAt(++i));
            else if (c == DELETE_PICTURE) there.append('\u007f');
            else if (c == PICTURE && this == WINDOWS) there.append(' ');
            else if (isPictured(c)) there.append((char) (c - PICTURE));
            else if (c >= ODD_PICTURE + 0x80 && c <= ODD_PICTURE + 0xff)
                there.append((char) (c - ODD_PICTURE + ODD));
            else if (isWide(c)) there.append((char) (c - WIDE));
            else there.append(c);
        }
        return there.toString();
    }

    /// A TAB drives no terminal, and people do have it in names.
    private boolean isControl(char c) {
        return (c < ' ' && (c != '\t' || this == WINDOWS)) || c == 127;
    }

    /// Whether it is the picture of a control character that is written by its picture.
    private boolean isPictured(char c) {
        char control = (char) (c - PICTURE);
        return c > PICTURE
                && c < PICTURE + ' '
                && isControl(control)
                && "\r\n".indexOf(control) < 0;
    }

    private boolean isImpossible(char c) {
        return impossible.indexOf(c) >= 0;
    }

    /// A low surrogate without a high one before it.
    private static boolean isOdd(String name, int at) {
        char c = name.charAt(at);
        return c >= ODD + 0x80
                && c <= ODD + 0xff
                && (at == 0 || !Character.isHighSurrogate(name.charAt(at - 1)));
    }

    /// A character that stands for another one here.
    private boolean isPicture(char c) {
        return c == MARK
                || c == DELETE_PICTURE
                || (c == PICTURE && this == WINDOWS)
                || isPictured(c)
                || (c >= ODD_PICTURE + 0x80 && c <= ODD_PICTURE + 0xff)
                || isWide(c);
    }

    /// Of the impossible ones, of a dot, and of a device's first letter.
    private boolean isWide(char c) {
        if (this == POSIX || c < '!' + WIDE || c > '~' + WIDE) return false;
        char ascii = (char) (c - WIDE);
        return isImpossible(ascii) || ". ".indexOf(ascii) >= 0 || "CPANLcpanl".indexOf(ascii) >= 0;
    }

    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        return DEVICES.contains(base.strip().toUpperCase(Locale.ROOT));
    }
}
