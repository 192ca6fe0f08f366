package org.postroom.agent;

import org.postroom.agent.account.Hindrance.Kind;

import java.util.stream.Collectors;

/// The agent's manual page, from the rows of [Verb], [Option] and [Key].
public final class Manual {

    private Manual() {}

    /// As `man` reads it.
    public static String text() {
        var page = new Roff("postroom-mail");
        page.section("NAME").paragraph("postroom-mail - read and write letters at the terminal");
        page.section("SYNOPSIS").example("postroom mail [OPTION...] [VERB ...]");
        page.section("DESCRIPTION")
                .paragraph(
                        "Reads and writes letters at a Postroom, or at any other server that speaks"
                            + " IMAP or POP3, and submission. Without a verb it is a prompt, at"
                            + " which the same verbs are said; `browse` is a full screen; with any"
                            + " other verb it does that and ends.")
                .paragraph(Help.LETTERS);
        page.section("VERBS");
        for (var verb : Verb.values())
            page.item(
                    (verb.word + " " + verb.arguments).strip(),
                    (verb.brief.isEmpty() ? "" : "(" + verb.brief + ") ")
                            + verb.help
                            + (verb.options.isEmpty() ? "" : "\nTakes " + taken(verb) + "."));
        page.section("OPTIONS").paragraph("With every verb:");
        for (var option : Option.values()) {
            if (option.compareTo(Option.SUBJECT) == 0) page.paragraph("With some:");
            page.item(named(option), option.help);
        }
        page.section("KEYS OF THE FULL SCREEN");
        for (var key : Key.values()) page.item(key.shown, key.help);
        page.section("EXIT STATUS")
                .item("0", "Done.")
                .item("1", "Nothing was found, or nothing is new.");
        for (var kind : Kind.values()) page.item(Integer.toString(kind.exit), kind.words);
        page.section("ENVIRONMENT")
                .item("VISUAL, EDITOR", "What letters are written in.")
                .item("PRINTCMD", "What prints; lpr without it.")
                .item("MAILCAPS", "Files that name programs for parts.")
                .item("NO_COLOR", "Anything in it, and there are no colours.")
                .item("XDG_CONFIG_HOME", "Where the agent's folder is; ~/.config without it.");
        page.section("FILES")
                .item("~/.config/postroom/accounts.toml", "The accounts.")
                .item("~/.config/postroom/addresses", "The address book.")
                .item("~/.config/postroom/certificates", "Certificates that were accepted.")
                .item("~/.config/postroom/keys/", "The key rings, a folder an account.")
                .item("~/.config/postroom/outbox/", "Letters that wait for a server.");
        page.section("EXAMPLES")
                .example(
                        "postroom mail --as ann@example.org\n"
                            + "postroom mail --account imaps://ann@mail.example.org browse\n"
                            + "postroom mail send -s Done -a report.pdf bob@example.org < text\n"
                            + "postroom mail list --json | jq -r .subject");
        page.section("SEE ALSO").paragraph("postroom(1), mailcap(5)");
        return page.toString();
    }

    private static String taken(Verb verb) {
        return verb.options.stream().map(Manual::named).collect(Collectors.joining(", "));
    }

    private static String named(Option option) {
        return (option.letter.isEmpty() ? "" : option.letter + ", ")
                + option.word
                + (option.label.isEmpty() ? "" : " " + option.label);
    }
}
