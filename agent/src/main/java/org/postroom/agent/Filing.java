package org.postroom.agent;

import org.postroom.agent.access.Mailbox.Use;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.mime.render.Visible;

import java.util.List;
import java.util.Optional;

/// Letters filed: flags, mailboxes, what is removed.
final class Filing {

    private final Session session;

    Filing(Session session) {
        this.session = session;
    }

    void flag(Given given) throws Hindrance {
        var words = given.words();
        int count = Numbers.count(words);
        if (words.size() == count) throw Hindrance.usage("Mark them as what?");
        var rows = Numbers.rows(words.subList(0, count), session);
        for (var word : words.subList(count, words.size())) mark(rows, word);
    }

    private void mark(List<Row> rows, String word) throws Hindrance {
        var access = session.access();
        switch (word) {
            case "seen", "read" -> access.mark(rows, Flag.SEEN, true);
            case "unseen", "unread", "new" -> access.mark(rows, Flag.SEEN, false);
            case "flagged" -> access.mark(rows, Flag.FLAGGED, true);
            case "unflagged" -> access.mark(rows, Flag.FLAGGED, false);
            case "answered" -> access.mark(rows, Flag.ANSWERED, true);
            case "unanswered" -> access.mark(rows, Flag.ANSWERED, false);
            default -> {
                boolean on = word.startsWith("+");
                if (!on && !word.startsWith("-"))
                    throw Hindrance.usage(
                            "There is no flag " + word + "; keywords begin with + or -.");
                access.mark(rows, Conditions.keyword(word.substring(1)), on);
            }
        }
    }

    void move(Given given) throws Hindrance {
        var target = target(given);
        session.access().move(target.rows, target.mailbox);
        told(target.rows.size(), "moved to " + target.mailbox);
    }

    void copy(Given given) throws Hindrance {
        var target = target(given);
        session.access().copy(target.rows, target.mailbox);
        told(target.rows.size(), "copied to " + target.mailbox);
    }

    private record Target(List<Row> rows, String mailbox) {}

    private Target target(Given given) throws Hindrance {
        var words = given.words();
        int count = Numbers.count(words);
        if (count == words.size() && count > 0) count--; // a mailbox may be called 2024
        if (words.size() == count) throw Hindrance.usage("To which mailbox?");
        var rows = Numbers.rows(words.subList(0, count), session);
        return new Target(rows, String.join(" ", words.subList(count, words.size())));
    }

    private void told(int count, String what) {
        if (session.desk.hasPerson())
            session.desk.tell(Index.count(count, "letter") + " " + Visible.line(what, 200) + ".");
    }

    void delete(Given given) throws Hindrance {
        delete(Numbers.rows(given.words(), session));
    }

    /// To Trash; there, and where there is none, marked.
    void delete(List<Row> rows) throws Hindrance {
        var access = session.access();
        Optional<String> trash = access.serving(Use.TRASH);
        if (trash.isPresent() && !trash.get().equals(access.mailbox())) {
            access.move(rows, trash.get());
            told(rows.size(), "moved to " + trash.get());
        } else {
            access.mark(rows, Flag.DELETED, true);
            told(rows.size(), "marked; `expunge` removes what is marked");
        }
    }

    void undelete(Given given) throws Hindrance {
        if (given.words().isEmpty() && bringBack()) return;
        session.access().mark(Numbers.rows(given.words(), session), Flag.DELETED, false);
    }

    /// What was moved last, to Trash or elsewhere.
    ///
    /// @return whether there was anything
    boolean bringBack() throws Hindrance {
        if (!session.access().bringBack()) return false;
        session.opened();
        session.desk.tell("What was moved last is back.");
        return true;
    }

    void expunge() throws Hindrance {
        int count = session.access().expunge();
        told(count, "removed");
    }

    void create(Given given) throws Hindrance {
        session.server().create(name(given));
    }

    void rename(Given given) throws Hindrance {
        if (given.words().size() != 2)
            throw Hindrance.usage("rename MAILBOX NAME; names with blanks go in quotes.");
        session.server().rename(given.words().getFirst(), given.words().getLast());
    }

    /// Removes a mailbox; a script that says so means it.
    void remove(Given given) throws Hindrance {
        String name = name(given);
        if (session.desk.hasPerson()) {
            var count = session.server().count(name);
            String what =
                    count.map(it -> " with " + Index.count(it.messages(), "letter")).orElse("");
            if (!session.desk.agrees("Remove " + Visible.line(name, 100) + what + "?")) return;
        }
        session.server().remove(name);
    }

    private static String name(Given given) throws Hindrance {
        if (given.words().isEmpty()) throw Hindrance.usage("Which mailbox?");
        return String.join(" ", given.words());
    }
}
