package org.postroom.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which program shows what, by the person's and the system's mailcap files (RFC 1524). A letter's own
/// words reach no shell: a command is given the name of a file that we named.
final class Mailcap {

    private static final int LONGEST = 1 << 20;

    private Mailcap() {}

    /// The command for a type, `%s` replaced by the file.
    static Optional<String> command(String type, Path file) {
        for (var entry : entries()) {
            var fields = entry.split(";", -1);
            if (fields.length < 2 || !matches(fields[0].strip(), type)) continue;
            if (!holds(fields)) continue;
            String command = fields[1].strip();
            String quoted = "'" + file.toString().replace("'", "'\\''") + "'";
            if (command.contains("%{")) continue; // would be given a stranger's words
            command = command.replace("'%s'", "%s").replace("\"%s\"", "%s");
            return Optional.of(
                    command.contains("%s")
                            ? command.replace("%s", quoted).replace("%t", type)
                            : command + " < " + quoted);
        }
        return Optional.empty();
    }

    // RFC 1524: a type, type/*, or a type alone
    private static boolean matches(String pattern, String type) {
        String known = pattern.toLowerCase(Locale.ROOT);
        return known.equals(type)
                || known.equals(type.substring(0, type.indexOf('/')) + "/*")
                || known.equals(type.substring(0, type.indexOf('/')));
    }

    /// RFC 1524: the test field; it may not ask about the letter.
    private static boolean holds(String[] fields) {
        for (var field : fields) {
            var words = field.strip().split("=", 2);
            if (words.length != 2 || !words[0].strip().equals("test")) continue;
            if (words[1].contains("%")) return false;
            try {
                return new ProcessBuilder("/bin/sh", "-c", words[1].strip())
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static List<String> entries() {
        var entries = new ArrayList<String>();
        String configured = System.getenv("MAILCAPS");
        String files =
                configured != null && !configured.isEmpty()
                        ? configured
                        : System.getProperty("user.home", ".")
                                + "/.mailcap:/etc/mailcap:/usr/share/etc/mailcap:/usr/local/etc/mailcap";
        for (var name : files.split(":", -1)) {
            var file = Path.of(name);
            try {
                if (!Files.isReadable(file) || Files.size(file) > LONGEST) continue;
                String text = Files.readString(file, StandardCharsets.UTF_8).replace("\\\n", "");
                text.lines().filter(line -> !line.startsWith("#")).forEach(entries::add);
            } catch (IOException unreadable) {
                entries.removeIf(String::isEmpty); // another file may still know
            }
        }
        return entries;
    }
}
