package org.postroom.agent.ftp;

import static org.postroom.agent.Help.wrapped;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Columns;

/// What there is to say, from the rows of [Verb] and [Option].
final class Help {

    private static final int INDENT = 32;

    private Help() {}

    static String of(Given given) throws Hindrance {
        if (given.words().isEmpty()) return all(false);
        String word = given.words().getFirst();
        return of(
                Verb.named(word)
                        .orElseThrow(() -> Hindrance.usage("There is no verb " + word + ".")));
    }

    static String of(Verb verb) {
        var help = new StringBuilder(verb.word);
        if (!verb.arguments.isEmpty()) help.append(' ').append(verb.arguments);
        if (!verb.others.isEmpty())
            help.append("      (also ").append(String.join(", ", verb.others)).append(')');
        help.append("\n\n").append(wrapped(verb.help, 0)).append('\n');
        if (!verb.options.isEmpty()) help.append('\n');
        for (var option : verb.options) help.append(row(option));
        return help.toString();
    }

    /// @param alone only what can be called with URLs
    static String all(boolean alone) {
        var help = new StringBuilder();
        help.append("postroom ftp [OPTION...] [URL]            a prompt, at that server\n");
        help.append("postroom ftp [OPTION...] VERB ...         one command, for scripts\n\n");
        for (var verb : Verb.values())
            if (!alone || verb.standsAlone())
                help.append("  ")
                        .append(begin(verb.word + " " + verb.arguments))
                        .append(wrapped(verb.help, INDENT).stripLeading())
                        .append('\n');
        help.append('\n');
        for (var option : Option.values()) if (option.isCommon()) help.append(row(option));
        if (alone) help.append("\nAt the prompt there are more verbs; `help` shows them there.\n");
        return help.append("\n`help VERB` says more.\n").toString();
    }

    /// All of it, as Markdown.
    static String paper() {
        var paper = new StringBuilder();
        for (var verb : Verb.values()) {
            paper.append("\n### ").append(verb.word);
            if (verb.standsAlone()) paper.append(" (in scripts, too)");
            paper.append("\n\n");
            String also =
                    verb.others.isEmpty()
                            ? ""
                            : "; also `" + String.join("`, `", verb.others) + "`";
            paper.append('`').append((verb.word + " " + verb.arguments).strip()).append('`');
            paper.append(also).append("\n\n").append(wrapped(verb.help, 0)).append('\n');
            if (!verb.options.isEmpty()) paper.append('\n');
            for (var option : verb.options) paper.append(item(option));
        }
        paper.append("\n### With every verb\n\n");
        for (var option : Option.values()) if (option.isCommon()) paper.append(item(option));
        return paper.toString();
    }

    private static String item(Option option) {
        String letter = option.letter.isEmpty() ? "" : option.letter + ", ";
        String label = option.label.isEmpty() ? "" : " " + option.label;
        return "- `" + letter + option.word + label + "`: " + option.help + "\n";
    }

    private static String row(Option option) {
        String names =
                (option.letter.isEmpty() ? "    " : option.letter + ", ")
                        + option.word
                        + (option.label.isEmpty() ? "" : " " + option.label);
        return "  " + begin(names) + wrapped(option.help, INDENT).stripLeading() + "\n";
    }

    /// What is wider has the rest in the next line.
    private static String begin(String text) {
        return text.length() < INDENT - 2
                ? Columns.fit(text, INDENT - 2)
                : text + "\n" + " ".repeat(INDENT);
    }
}
