package org.postroom.mime.compose;

import org.postroom.mime.compose.CannotCross.Obstacle;
import org.postroom.mime.compose.Party.Group;
import org.postroom.mime.compose.Party.Person;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes address lists.
final class AddressPrinter {

    private static final int LONGEST_PLAIN = 200;

    private final Folding field;
    private final NextHop hop;

    AddressPrinter(Folding field, NextHop hop) {
        this.field = field;
        this.hop = hop;
    }

    // RFC 5322 §3.4: address-list = (address *("," address)) / obs-addr-list
    void print(List<? extends Party> parties) throws CannotCross {
        for (int i = 0; i < parties.size(); i++) {
            String comma = i < parties.size() - 1 ? "," : "";
            switch (parties.get(i)) {
                case Person person -> print(person, comma);
                case Group group -> print(group, comma);
            }
        }
    }

    // RFC 5322 §3.4: group = display-name ":" [group-list] ";" [CFWS]
    private void print(Group group, String comma) throws CannotCross {
        phrase(group.name());
        field.word("", ":");
        for (int i = 0; i < group.members().size(); i++)
            print(group.members().get(i), i < group.members().size() - 1 ? "," : "");
        field.word("", ";" + comma);
    }

    // RFC 5322 §3.4: name-addr = [display-name] angle-addr
    private void print(Person person, String comma) throws CannotCross {
        String address = person.address();
        if (!hop.utf8() && !Clean.isAscii(address))
            throw new CannotCross(Obstacle.ADDRESS, address); // RFC 6531 §3.2
        if (person.name().isEmpty()) field.word(" ", address + comma);
        else {
            phrase(person.name());
            field.word(" ", "<" + address + ">" + comma);
        }
    }

    // RFC 5322 §3.2.5: phrase = 1*word / obs-phrase
    private void phrase(String name) throws CannotCross {
        boolean plain = hop.utf8() || Clean.isAscii(name);
        if (!plain || name.contains("=?") || hasLongWord(name)) // RFC 2047 §5 (3)
        field.encoded(" ", name, StandardCharsets.UTF_8);
        else if (isAtoms(name)) words(name);
        else words(quoted(name));
    }

    private static boolean hasLongWord(String name) {
        for (var word : name.split(" ", -1)) if (word.length() > LONGEST_PLAIN) return true;
        return false;
    }

    /// Divides at blanks; several in a row are within a quoted string, and stay together.
    private void words(String text) throws CannotCross {
        int from = 0;
        String blanks = " ";
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && text.charAt(to) != ' ') to++;
            field.word(blanks, text.substring(from, to));
            from = to;
            while (from < text.length() && text.charAt(from) == ' ') from++;
            blanks = text.substring(to, from);
        }
    }

    // RFC 5322 §3.4.1: local-part = dot-atom / quoted-string / obs-local-part
    static String local(String local) {
        return isDotAtom(local) ? local : quoted(local);
    }

    // RFC 5322 §3.2.4: quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isAtoms(String name) {
        for (var word : name.split(" ", -1)) if (!isAtom(word)) return false;
        return true;
    }

    // RFC 5322 §3.2.3: dot-atom-text = 1*atext *("." 1*atext)
    private static boolean isDotAtom(String text) {
        for (var atom : text.split("\\.", -1)) if (!isAtom(atom)) return false;
        return true;
    }

    // RFC 5322 §3.2.3: atext; RFC 6532 §3.2: and what is not ASCII
    private static boolean isAtom(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean atext =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c > 127
                            || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
            if (!atext) return false;
        }
        return !word.isEmpty();
    }
}
