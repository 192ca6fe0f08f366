package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What ~/.netrc says: who one is at which machine, a form that ftp and curl have read for forty years.
/// Macros are passed over. A file with passwords that others may read is refused.
record Netrc(List<Entry> entries) {

    private static final long LONGEST = 1 << 20; // octets

    /// @param machine empty for `default`
    record Entry(
            String machine,
            Optional<String> login,
            Optional<Secret> password,
            Optional<Secret> account) {}

    /// $NETRC, else ~/.netrc; empty where there is none.
    static Netrc ofUser() throws Hindrance {
        String named = System.getenv("NETRC");
        return read(
                named == null || named.isEmpty()
                        ? Path.of(System.getProperty("user.home", "."), ".netrc")
                        : Path.of(named));
    }

    static Netrc read(Path file) throws Hindrance {
        try {
            if (Files.size(file) > LONGEST) throw bad(file, "is too long");
            var read = parse(Files.readString(file, StandardCharsets.UTF_8));
            boolean secret = read.entries.stream().anyMatch(it -> it.password.isPresent());
            if (secret && isOpen(file))
                throw bad(file, "has passwords in it that others can read; chmod 600 it");
            return read;
        } catch (NoSuchFileException none) {
            return new Netrc(List.of());
        } catch (IOException e) {
            throw Hindrance.system(file.toString(), e);
        }
    }

    private static boolean isOpen(Path file) throws IOException {
        try {
            var all = Files.getPosixFilePermissions(file);
            return all.contains(PosixFilePermission.GROUP_READ)
                    || all.contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException notPosix) {
            return false;
        }
    }

    private static Hindrance bad(Path file, String why) {
        return new Hindrance(Kind.CONFIGURATION, file + " " + why + ".");
    }

    static Netrc parse(String text) {
        var entries = new ArrayList<Entry>();
        var words = words(text);
        for (int i = 0; i < words.size(); ) {
            String word = words.get(i++);
            boolean named = word.equals("machine") && i < words.size();
            if (!named && !word.equals("default")) continue;
            String machine = named ? words.get(i++) : "";
            var entry = new Entry(machine, Optional.empty(), Optional.empty(), Optional.empty());
            while (i + 1 < words.size()) {
                String value = words.get(i + 1);
                var more =
                        switch (words.get(i)) {
                            case "login" ->
                                    new Entry(
                                            machine,
                                            Optional.of(value),
                                            entry.password,
                                            entry.account);
                            case "password" ->
                                    new Entry(
                                            machine,
                                            entry.login,
                                            Optional.of(new Secret(value)),
                                            entry.account);
                            case "account" ->
                                    new Entry(
                                            machine,
                                            entry.login,
                                            entry.password,
                                            Optional.of(new Secret(value)));
                            default -> entry;
                        };
                if (more.equals(entry)) break;
                entry = more;
                i += 2;
            }
            entries.add(entry);
        }
        return new Netrc(entries);
    }

    /// Comments and macros go; a word in quotes may have blanks in it.
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        boolean macro = false;
        for (var line : text.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.isEmpty()) macro = false;
            if (macro || stripped.startsWith("#")) continue;
            macro = stripped.startsWith("macdef ");
            if (!macro) split(stripped, words);
        }
        return words;
    }

    private static void split(String line, List<String> words) {
        var word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') quoted = !quoted;
            else if (c == '\\' && i + 1 < line.length()) word.append(line.charAt(++i));
            else if (!quoted && Character.isWhitespace(c)) {
                if (!word.isEmpty()) words.add(word.toString());
                word.setLength(0);
            } else word.append(c);
        }
        if (!word.isEmpty()) words.add(word.toString());
    }

    /// The first that fits; `default` where none does.
    Optional<Entry> of(String host, Optional<String> user) {
        for (var entry : entries) {
            boolean here = entry.machine.isEmpty() || entry.machine.equalsIgnoreCase(host);
            boolean mine = user.isEmpty() || entry.login.isEmpty() || entry.login.equals(user);
            if (here && mine) return Optional.of(entry);
        }
        return Optional.empty();
    }
}
