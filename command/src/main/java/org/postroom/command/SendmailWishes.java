package org.postroom.command;

import org.postroom.smtp.MailParameters.Ret;
import org.postroom.smtp.RcptParameters.Notify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What was said to `sendmail` on its command line, as its callers have said it for forty years.
///
/// @param fromHeader -t: the recipients stand in the letter
/// @param dotIsText -i: a dot on a line does not end it
/// @param sender -f, or -r of old; empty or `<>` for nobody
/// @param name -F: what a From that is missing calls the sender
/// @param when -N: what the sender wants to hear of (RFC 3461 §4.1)
/// @param ret -R (RFC 3461 §4.3)
/// @param envid -V (RFC 3461 §4.4)
record SendmailWishes(
        Mode mode,
        boolean fromHeader,
        boolean dotIsText,
        Optional<String> sender,
        Optional<String> name,
        Set<Notify> when,
        Optional<Ret> ret,
        Optional<String> envid,
        List<String> recipients,
        Path home) {

    /// What is to be done.
    enum Mode {
        /// -bm: the letter on standard input is handed over.
        DELIVER,
        /// -bs: SMTP is spoken on standard input and output.
        SPEAK,
        /// -bp, `mailq`: what waits is shown.
        LIST,
        /// -q: what waits is tried.
        RETRY,
        /// -bi, `newaliases`: aliases need no making.
        NOTHING
    }

    /// The options of sendmail's that have a value and say nothing here.
    private static final String WITH_VALUE = "hBCdeALpX";

    /// Those that have none.
    private static final String WITHOUT = "mnvUG";

    /// @throws Misuse what can't be done here
    static SendmailWishes of(List<String> words) throws Misuse {
        return new Reading(words).read();
    }

    /// An address without what follows a plus.
    static String untagged(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
    }

    private static final class Reading {

        private final List<String> words;
        private int next;
        private Mode mode = Mode.DELIVER;
        private boolean fromHeader;
        private boolean dotIsText;
        private Optional<String> sender = Optional.empty();
        private Optional<String> name = Optional.empty();
        private Set<Notify> when = Set.of();
        private Optional<Ret> ret = Optional.empty();
        private Optional<String> envid = Optional.empty();
        private final List<String> recipients = new ArrayList<>();
        private Optional<String> home = Optional.ofNullable(System.getenv("POSTROOM_HOME"));

        Reading(List<String> words) {
            this.words = words;
        }

        SendmailWishes read() throws Misuse {
            boolean options = true;
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.equals("--")) options = false;
                else if (word.equals("--home")) home = Optional.of(value(""));
                else if (!options || !word.startsWith("-") || word.equals("-"))
                    recipients.add(word);
                else option(word.charAt(1), word.substring(2));
            }
            return new SendmailWishes(
                    mode,
                    fromHeader,
                    dotIsText,
                    sender,
                    name,
                    when,
                    ret,
                    envid,
                    List.copyOf(recipients),
                    Path.of(home.filter(it -> !it.isEmpty()).orElse("home"))
                            .toAbsolutePath()
                            .normalize());
        }

        /// What stands behind an option's letter, or is the next word.
        private String value(String behind) throws Misuse {
            if (!behind.isEmpty()) return behind;
            if (next == words.size()) throw new Misuse(words.getLast() + " lacks its value");
            return words.get(next++);
        }

        private void option(char letter, String behind) throws Misuse {
            switch (letter) {
                case 't' -> fromHeader = true;
                case 'i' -> dotIsText = true;
                case 'f', 'r' -> sender = Optional.of(value(behind));
                case 'F' -> name = Optional.of(printable(value(behind)));
                case 'N' -> when = when(value(behind));
                case 'R' -> ret = Optional.of(ret(value(behind)));
                case 'V' -> envid = Optional.of(printable(value(behind)));
                case 'q' -> mode = Mode.RETRY;
                case 'b' -> mode = mode(behind);
                case 'o', 'O' -> {
                    if (behind.equals("i")) dotIsText = true;
                    else if (behind.isEmpty()) value("");
                }
                default -> {
                    if (WITH_VALUE.indexOf(letter) >= 0) value(behind);
                    else if (WITHOUT.indexOf(letter) < 0)
                        throw new Misuse("unknown option -" + letter + behind);
                }
            }
        }

        private static Mode mode(String letter) throws Misuse {
            return switch (letter) {
                case "m" -> Mode.DELIVER;
                case "s" -> Mode.SPEAK;
                case "p" -> Mode.LIST;
                case "i" -> Mode.NOTHING;
                default ->
                        throw new Misuse(
                                "-b" + letter + " is not done here; the server: postroom serve");
            };
        }

        private static Set<Notify> when(String value) throws Misuse {
            var all = EnumSet.noneOf(Notify.class);
            for (var word : value.split(",", -1)) {
                boolean known = false;
                for (var one : Notify.values())
                    if (one.name().equalsIgnoreCase(word.strip())) known = all.add(one);
                if (!known) throw new Misuse("-N takes never, or some of success,failure,delay");
            }
            if (all.contains(Notify.NEVER) && all.size() > 1)
                throw new Misuse("-N takes never alone");
            return all;
        }

        private static Ret ret(String value) throws Misuse {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "full" -> Ret.FULL;
                case "hdrs" -> Ret.HDRS;
                default -> throw new Misuse("-R takes full or hdrs");
            };
        }

        /// It will stand in a command, or in a header.
        private static String printable(String value) throws Misuse {
            if (value.isBlank() || value.chars().anyMatch(Character::isISOControl))
                throw new Misuse("that is no name");
            return value;
        }
    }
}
