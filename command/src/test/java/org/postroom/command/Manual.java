package org.postroom.command;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Prints the verbs as a page.
final class Manual {

    private static final String HEAD =
            """
            # The command

            Made by the build from the rows of `Verb` and `Parameter`. Each verb takes `--help` and
            `--version`, too. What an administrator orders is carried out by the server that runs in
            the home, or, where none runs, by the command itself.

            Exit codes are those of sysexits.h: 0 all is well, 64 called in a wrong way, 65 what was
            asked about is not so, 69 no server runs, 70 something of ours broke, 71 the system did
            not let us, 75 try again later, 77 not allowed, 78 the configuration has an error.

            The configuration is explained in [postroom.toml](postroom.toml).
            """;

    private Manual() {}

    static String text() {
        return HEAD
                + Arrays.stream(Verb.values())
                        .filter(verb -> !verb.isHidden())
                        .map(Manual::section)
                        .collect(Collectors.joining());
    }

    private static String section(Verb verb) {
        var section = new StringBuilder("\n## " + verb.path + "\n\n    ./postroom " + verb.path);
        for (var parameter : verb.parameters) section.append(' ').append(synopsis(parameter));
        section.append("\n\n")
                .append(verb.help)
                .append(" (Since ")
                .append(verb.since)
                .append(")\n\n");
        for (var parameter : verb.parameters) {
            section.append("- `").append(parameter.spelling.replace("...", ""));
            if (!parameter.label.isEmpty()) section.append(' ').append(parameter.label);
            section.append("`: ").append(parameter.help);
            if (!parameter.byDefault.isEmpty())
                section.append(" Without it: ").append(parameter.byDefault).append('.');
            section.append('\n');
        }
        return section.toString();
    }

    private static String synopsis(Parameter parameter) {
        if (parameter.isOption())
            return "["
                    + parameter.spelling
                    + (parameter.label.isEmpty() ? "" : " " + parameter.label)
                    + "]";
        return parameter.byDefault.isEmpty() ? parameter.spelling : "[" + parameter.spelling + "]";
    }
}
