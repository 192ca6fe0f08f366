package org.postroom.command;

import org.postroom.home.Kind;

import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What was given to a verb on the command line, read as its rows say.
final class Arguments {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd]?)");

    private final Verb verb;
    private final ParseResult given;

    Arguments(Verb verb, ParseResult given) {
        this.verb = verb;
        this.given = given;
    }

    boolean has(Parameter flag) {
        return given.matchedOptionValue(flag.spelling, false);
    }

    /// An option's value, or its default, or nothing.
    Optional<String> option(Parameter option) {
        return Optional.ofNullable(given.matchedOptionValue(option.spelling, (String) null))
                .or(() -> Optional.of(option.byDefault).filter(text -> !text.isEmpty()));
    }

    /// An argument; one without a default is there, picocli saw to it.
    String argument(Parameter argument) {
        return given.matchedPositionalValue(index(argument), argument.byDefault);
    }

    List<String> arguments(Parameter argument) {
        return given.matchedPositionalValue(index(argument), List.of());
    }

    /// @throws Misuse when it is no number
    Optional<Integer> number(Parameter option) throws Misuse {
        var text = option(option);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(text.get(), option, 65_535));
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

    private int index(Parameter argument) {
        return (int)
                verb.parameters.stream()
                        .takeWhile(parameter -> parameter != argument)
                        .filter(parameter -> !parameter.isOption())
                        .count();
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
