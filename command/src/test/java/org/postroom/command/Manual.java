package org.postroom.command;

import org.postroom.agent.Roff;

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

    /// The manual page, as `man` reads it.
    static String roff() {
        var page = new Roff("postroom");
        page.section("NAME")
                .paragraph("postroom - one server for an organisation's e-mail and files");
        page.section("SYNOPSIS").example("postroom VERB [ARGUMENT...]");
        page.section("DESCRIPTION")
                .paragraph(
                        "What an administrator orders is carried out by the server that runs in the"
                                + " home, or, where none runs, by the command itself. Each verb"
                                + " takes --help and --version, too.");
        page.section("VERBS");
        for (var verb : Verb.values()) if (!verb.isHidden()) verb(page, verb);
        page.section("EXIT STATUS")
                .paragraph(
                        "Those of sysexits.h: 0 all is well, 64 called in a wrong way, 65 what was"
                                + " asked about is not so, 69 no server runs, 70 something of ours"
                                + " broke, 71 the system did not let us, 75 try again later, 77 not"
                                + " allowed, 78 the configuration has an error.");
        return page.section("SEE ALSO").paragraph("postroom-mail(1)").toString();
    }

    private static void verb(Roff page, Verb verb) {
        var name = new StringBuilder(verb.path);
        for (var parameter : verb.parameters) name.append(' ').append(synopsis(parameter));
        var text = new StringBuilder(verb.help);
        for (var parameter : verb.parameters) {
            text.append("\n").append(parameter.spelling.replace("...", ""));
            text.append(": ").append(parameter.help);
            if (!parameter.byDefault.isEmpty())
                text.append(" Without it: ").append(parameter.byDefault).append('.');
        }
        page.item(name.toString(), text.toString());
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
