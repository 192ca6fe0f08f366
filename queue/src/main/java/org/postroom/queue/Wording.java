package org.postroom.queue;

import java.time.Duration;
import java.util.List;

/// What a notice says to people: what happened, and what can be done about it.
final class Wording {

    /// @param what happened
    /// @param advice what to do, or empty
    private record Words(String status, String what, String advice) {}

    /// By status, the beginning of which decides; the first that fits (RFC 3463 §3).
    private static final List<Words> WORDS =
            List.of(
                    new Words(
                            "1.10",
                            "That domain takes no mail at all.",
                            "Ask for another address."),
                    new Words(
                            "1.2",
                            "There is no such domain.",
                            "Look at what stands behind the @ for a slip of the pen."),
                    new Words(
                            "1.",
                            "Nobody has that address there.",
                            "Look at the address for a slip of the pen, or ask for the new one."),
                    new Words(
                            "2.2",
                            "The mailbox is full.",
                            "Write again later, or tell the person in another way."),
                    new Words("2.", "The mailbox does not take letters now.", ""),
                    new Words(
                            "3.4",
                            "The letter is too big for the other server.",
                            "Send what is in it in smaller pieces, or put it where it can be"
                                    + " fetched."),
                    new Words("4.1", "The other server does not answer.", ""),
                    new Words(
                            "4.3",
                            "The way to that domain could not be looked up.",
                            "Look at what stands behind the @ for a slip of the pen."),
                    new Words(
                            "4.6",
                            "The way to that domain leads back to this server.",
                            "Whoever looks after that domain, or after this server, has to know."),
                    new Words("4.", "The other server could not be reached.", ""),
                    new Words(
                            "6.7",
                            "The address, or the letter's header, has letters that the other server"
                                    + " does not take.",
                            "Ask for an address in plain letters."),
                    new Words(
                            "6.", "The letter has a form that the other server does not take.", ""),
                    new Words(
                            "7.30",
                            "You asked for an encrypted way throughout, and there is none.",
                            "Send it without that demand, or in another way."),
                    new Words(
                            "7.10",
                            "You asked for an encrypted way throughout, and there is none.",
                            "Send it without that demand, or in another way."),
                    new Words(
                            "7.",
                            "The other server refused the letter.",
                            "Its words may say why; whoever looks after it can say more."));

    private Wording() {}

    static String subject(Action worst) {
        return switch (worst) {
            case FAILED -> "Your letter could not be delivered";
            case DELAYED -> "Your letter is delayed";
            case DELIVERED -> "Your letter was delivered";
            case RELAYED -> "Your letter was passed on";
            case EXPANDED -> "Your letter went to all on a list";
        };
    }

    /// @param server ours
    /// @param age of the letter
    static String text(String server, List<Fate> fates, Duration age) {
        var text = new StringBuilder("This is the mail server " + server + ".\n");
        for (var action : Action.values()) {
            var those = fates.stream().filter(fate -> fate.action() == action).toList();
            if (those.isEmpty()) continue;
            text.append('\n').append(heading(action)).append('\n');
            for (var fate : those) text.append('\n').append(about(fate, age));
        }
        return text.toString();
    }

    private static String heading(Action action) {
        return switch (action) {
            case FAILED -> "Your letter could not be delivered to:";
            case DELAYED ->
                    "Your letter is not delivered yet. You need not send it again: it is tried"
                            + " further. It waits for:";
            case DELIVERED -> "Your letter lies in the mailbox of:";
            case RELAYED ->
                    "Your letter was taken by a server that will not say what becomes of it, for:";
            case EXPANDED -> "Your letter went to all that this address stands for:";
        };
    }

    private static String about(Fate fate, Duration age) {
        var text = new StringBuilder("  " + fate.rcpt().to() + "\n");
        boolean bad = fate.action() == Action.FAILED || fate.action() == Action.DELAYED;
        if (!bad) return text.toString();
        var said = fate.said();
        var words = words(said.status());
        if (words != null) text.append("    ").append(words.what).append('\n');
        text.append("    ").append(said).append('\n');
        if (fate.action() == Action.FAILED && !said.reply().isPermanent())
            text.append("    It was tried for ").append(shown(age)).append(", and is given up.\n");
        if (fate.action() == Action.FAILED && words != null && !words.advice.isEmpty())
            text.append("    ").append(words.advice).append('\n');
        return text.toString();
    }

    private static @org.jspecify.annotations.Nullable Words words(String status) {
        String detail = status.substring(status.indexOf('.') + 1);
        for (var words : WORDS)
            if (words.status.endsWith(".")
                    ? detail.startsWith(words.status)
                    : detail.equals(words.status)) return words;
        return null;
    }

    private static String shown(Duration age) {
        if (age.toDays() > 1) return age.toDays() + " days";
        if (age.toHours() > 1) return age.toHours() + " hours";
        return Math.max(1, age.toMinutes()) + " minutes";
    }
}
