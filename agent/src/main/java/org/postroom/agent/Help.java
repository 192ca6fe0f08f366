package org.postroom.agent;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Columns;

import java.util.Optional;

/// What there is to say, from the rows of [Verb] and [Option].
public final class Help {

    private static final int WIDTH = 78;

    private Help() {}

    static String of(Given given) throws Hindrance {
        if (given.words().isEmpty()) return all();
        String word = given.words().getFirst();
        Optional<Verb> verb = Verb.named(word);
        return of(verb.orElseThrow(() -> Hindrance.usage("There is no verb " + word + ".")));
    }

    static String of(Verb verb) {
        var help = new StringBuilder("mail ").append(verb.word);
        if (!verb.arguments.isEmpty()) help.append(' ').append(verb.arguments);
        if (!verb.brief.isEmpty()) help.append("      (").append(verb.brief).append(')');
        help.append("\n\n").append(wrapped(verb.help, 0)).append('\n');
        if (verb.words == Verb.Words.LETTERS || verb.arguments.contains("[LETTER"))
            help.append('\n').append(wrapped(LETTERS, 0)).append('\n');
        if (!verb.options.isEmpty()) help.append('\n');
        for (var option : verb.options) help.append(row(option));
        return help.toString();
    }

    static final String LETTERS =
            "Letters are numbers: 3, 3-7, 1,4; . is the one you are at, $ the last, * all of them;"
                + " new, found (by the last search), thread:3 (all that belongs together with 3).";

    /// All verbs, and the options that each takes.
    static String all() {
        var help = new StringBuilder();
        help.append("postroom mail [OPTION...] [VERB ...]\n\n");
        for (var verb : Verb.values()) {
            String start = Columns.fit(verb.word + " " + verb.arguments, 30);
            help.append("  ").append(Columns.fit(verb.brief, 6)).append(start);
            help.append(wrapped(verb.help, 38).stripLeading()).append('\n');
        }
        help.append('\n').append(wrapped(LETTERS, 0)).append("\n\n");
        for (var option : Option.values()) if (option.isCommon()) help.append(row(option));
        return help.append("\n`help VERB` says more.\n").toString();
    }

    private static String row(Option option) {
        String names =
                (option.letter.isEmpty() ? "    " : option.letter + ", ")
                        + option.word
                        + (option.label.isEmpty() ? "" : " " + option.label);
        return "  " + Columns.fit(names, 30) + wrapped(option.help, 32).stripLeading() + "\n";
    }

    /// Broken at blanks, all lines but the first begun with blanks.
    public static String wrapped(String text, int indent) {
        var out = new StringBuilder();
        int column = indent;
        for (var word : text.split(" ", -1)) {
            if (column > indent && column + 1 + word.length() > WIDTH) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.toString();
    }
}
