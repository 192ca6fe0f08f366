package org.postroom.agent.letter;

import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.mime.compose.Party;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The address book: nicknames, each for one person or for many. A file of lines, `addresses` in the
/// agent's folder:
///
/// ```
/// ann = Ann Example <ann@example.org>
/// team = ann, Bob <bob@example.net>, carol@example.com
/// ```
public final class Book {

    private static final String FILE = "addresses";
    private static final int MOST = 10_000; // people that a name may stand for
    private static final int DEEPEST = 20;

    private final Folder folder;
    private final Map<String, String> entries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Book(Folder folder) {
        this.folder = folder;
    }

    public static Book of(Folder folder) throws Hindrance {
        var book = new Book(folder);
        try {
            for (var line : folder.lines(FILE)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#"))
                    book.entries.put(
                            line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        } catch (IOException e) {
            throw Hindrance.system("The address book", e);
        }
        return book;
    }

    public Map<String, String> entries() {
        return entries;
    }

    /// Whom a nickname stands for, from now on; nobody takes it away.
    public void put(String nickname, String who) throws Hindrance {
        if (nickname.isBlank() || !nickname.matches("[^\\s=,<>@\"()#]+"))
            throw Hindrance.usage("A nickname is one word without signs.");
        if (who.isBlank()) {
            if (entries.remove(nickname) == null)
                throw Hindrance.notSo("Nobody is called " + nickname + ".");
        } else {
            people(who);
            entries.put(nickname, who);
        }
        try {
            folder.replace(
                    FILE,
                    entries.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .toList());
        } catch (IOException e) {
            throw Hindrance.system("The address book", e);
        }
    }

    /// The people that a text names, by addresses and by nicknames, each once.
    ///
    /// @throws Hindrance when a word is neither
    public List<Person> people(String text) throws Hindrance {
        var people = new ArrayList<Person>();
        var met = new LinkedHashSet<String>();
        collect(text, people, met, Set.of());
        return people;
    }

    private void collect(String text, List<Person> people, Set<String> met, Set<String> within)
            throws Hindrance {
        for (var word : split(text)) {
            String meant = entries.get(word);
            if (meant != null && !within.contains(word.toLowerCase(Locale.ROOT))) {
                var inner = new LinkedHashSet<>(within);
                inner.add(word.toLowerCase(Locale.ROOT));
                if (inner.size() <= DEEPEST) collect(meant, people, met, inner);
                continue;
            }
            var named = Party.people(Party.parse(word));
            if (named.isEmpty())
                throw Hindrance.notSo(
                        Visible.line(word, 100)
                                + " is neither an address nor in the address book.");
            for (var person : named)
                if (people.size() < MOST && met.add(person.address().toLowerCase(Locale.ROOT)))
                    people.add(person);
        }
    }

    /// At commas that stand neither in quotes nor in brackets.
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted && i + 1 < text.length())
                word.append(c).append(text.charAt(++i));
            else {
                if (c == '"') quoted = !quoted;
                if (!quoted && (c == '<' || c == '(' || c == ':')) depth++;
                if (!quoted && (c == '>' || c == ')' || c == ';')) depth--;
                if (c == ',' && !quoted && depth <= 0) {
                    add(words, word);
                    depth = 0;
                } else word.append(c);
            }
        }
        add(words, word);
        return words;
    }

    private static void add(List<String> words, StringBuilder word) {
        String text = word.toString().strip();
        if (!text.isEmpty()) words.add(text);
        word.setLength(0);
    }
}
