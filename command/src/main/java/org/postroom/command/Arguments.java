package org.postroom.command;

import org.postroom.home.Kind;

import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What was given to a verb on the command line, read as its rows say.
final class Arguments {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd]?)");

    private final Map<Parameter, List<String>> given;

    private Arguments(Map<Parameter, List<String>> given) {
        this.given = given;
    }

    /// What picocli found.
    static Arguments of(Verb verb, ParseResult parsed) {
        var given = new EnumMap<Parameter, List<String>>(Parameter.class);
        int index = 0;
        for (var parameter : verb.parameters) {
            if (parameter.isFlag()) {
                if (parsed.matchedOptionValue(parameter.spelling, false))
                    given.put(parameter, List.of());
            } else if (parameter.isOption() && parameter.isMany())
                given.put(parameter, parsed.matchedOptionValue(parameter.spelling, List.of()));
            else if (parameter.isOption()) {
                String value = parsed.matchedOptionValue(parameter.spelling, (String) null);
                if (value != null) given.put(parameter, List.of(value));
            } else if (parameter.isMany())
                given.put(parameter, parsed.matchedPositionalValue(index++, List.of()));
            else {
                String value = parsed.matchedPositionalValue(index++, (String) null);
                if (value != null) given.put(parameter, List.of(value));
            }
        }
        return new Arguments(given);
    }

    /// What stands there, if it is options with a value each, nothing else and nothing twice: a server
    /// starts a tenth of a second earlier without picocli, whose classes no cache takes.
    static Optional<Arguments> plain(Verb verb, List<String> words) {
        var given = new EnumMap<Parameter, List<String>>(Parameter.class);
        for (int i = 0; i < words.size(); i += 2) {
            String word = words.get(i);
            var option =
                    verb.parameters.stream()
                            .filter(parameter -> parameter.isOption() && !parameter.isFlag())
                            .filter(parameter -> parameter.spelling.equals(word))
                            .findFirst();
            if (option.isEmpty() || i + 1 == words.size()) return Optional.empty();
            String value = words.get(i + 1);
            if (value.startsWith("-") || given.put(option.get(), List.of(value)) != null)
                return Optional.empty();
        }
        return Optional.of(new Arguments(given));
    }

    boolean has(Parameter flag) {
        return given.containsKey(flag);
    }

    /// An option's value, or its default, or nothing.
    Optional<String> option(Parameter option) {
        return Optional.of(argument(option)).filter(text -> !text.isEmpty());
    }

    /// An argument; one without a default is there, picocli saw to it.
    String argument(Parameter argument) {
        return given.getOrDefault(argument, List.of(argument.byDefault)).getFirst();
    }

    /// The absolute path of a file or folder of this machine.
    String path(Parameter argument) {
        return Path.of(argument(argument)).toAbsolutePath().normalize().toString();
    }

    List<String> arguments(Parameter argument) {
        return given.getOrDefault(argument, List.of());
    }

    /// @throws Misuse when it is no number
    Optional<Integer> number(Parameter option) throws Misuse {
        var text = option(option);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(text.get(), option, 65_535));
    }

    /// A number that is not negative.
    long count(Parameter argument) throws Misuse {
        return number(argument(argument), argument, 1_000_000_000);
    }

    /// @throws Misuse when it is no address in figures
    Optional<String> address(Parameter option) throws Misuse {
        var text = option(option);
        if (text.isPresent() && !Kind.isAddress(text.get()))
            throw new Misuse(
                    option.spelling
                            + " is an IP address of this machine, such as 0.0.0.0; not "
                            + text.get());
        return text;
    }

    /// @throws Misuse when it is no time
    Duration time(Parameter option) throws Misuse {
        String text = option(option).orElse("0");
        var match = TIME.matcher(text);
        if (!match.matches())
            throw new Misuse(
                    option.spelling + " is a number and s, m, h or d, such as 60s; not " + text);
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /// @throws Misuse when it is no moment
    Optional<Instant> moment(Parameter option) throws Misuse {
        var text = option(option);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException none) {
            throw new Misuse(
                    option.spelling
                            + " is a moment such as 2026-05-01T12:00:00.000Z; not "
                            + text.orElse(""));
        }
    }

    /// A size in octets, or nothing for `standard`.
    ///
    /// @throws Misuse when it is no size
    Optional<Long> size(Parameter argument) throws Misuse {
        String text = argument(argument);
        if (text.equals("standard")) return Optional.empty();
        var size = text.equals("none") ? Optional.of(0L) : Kind.size(text);
        if (size.isEmpty() || (size.get() == 0 && !text.equals("none")))
            throw new Misuse(
                    argument.spelling
                            + " is a size such as 5GiB or 500MiB, or none, or standard; not "
                            + text);
        return size;
    }

    /// The home that is meant: `--home`, else $POSTROOM_HOME, else ./home.
    Path home() {
        return home(option(Parameter.HOME));
    }

    /// The home that is named, else the one that is meant.
    static Path home(Optional<String> named) {
        return named.or(() -> Optional.ofNullable(System.getenv("POSTROOM_HOME")))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElse(Path.of("home"))
                .toAbsolutePath()
                .normalize();
    }

    private static int number(String text, Parameter what, int most) throws Misuse {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) return number;
        } catch (NumberFormatException no) {
            // said below
        }
        throw new Misuse(what.spelling + " is a number from 0 to " + most + "; not " + text);
    }
}
