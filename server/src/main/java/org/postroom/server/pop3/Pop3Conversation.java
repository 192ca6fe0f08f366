package org.postroom.server.pop3;

import org.postroom.pop3.Command;
import org.postroom.pop3.Command.Auth;
import org.postroom.pop3.Command.Capa;
import org.postroom.pop3.Command.Dele;
import org.postroom.pop3.Command.Noop;
import org.postroom.pop3.Command.Pass;
import org.postroom.pop3.Command.Quit;
import org.postroom.pop3.Command.Retr;
import org.postroom.pop3.Command.Rset;
import org.postroom.pop3.Command.Stat;
import org.postroom.pop3.Command.Stls;
import org.postroom.pop3.Command.Top;
import org.postroom.pop3.Command.Uidl;
import org.postroom.pop3.Command.User;
import org.postroom.pop3.Grammar;
import org.postroom.pop3.Refusal;
import org.postroom.pop3.Reply;
import org.postroom.sasl.Mechanism;
import org.postroom.server.Admission;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.Admission.Busy;
import org.postroom.server.Admission.Cancelled;
import org.postroom.server.Admission.CodeWanted;
import org.postroom.server.Admission.Malformed;
import org.postroom.server.Admission.NotInClearText;
import org.postroom.server.Admission.UnknownMechanism;
import org.postroom.server.Admission.Wrong;
import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Journal;
import org.postroom.server.Port;
import org.postroom.store.Maildrop;
import org.postroom.store.Maildrop.Door.InUse;
import org.postroom.store.Maildrop.Door.Opened;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Line;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

/// One POP3 session, from greeting to good-bye, on one virtual thread.
///
/// Its three states (RFC 1939 §3) are three methods: state is which of them is running. The maildrop
/// is a snapshot taken at sign-in and locked against other POP3 sessions; deletions reach the store in
/// [#update] and nowhere else, so a broken line deletes nothing. The wire holds the deadlines, the
/// length of a line, the number of refusals in a row and the tap.
final class Pop3Conversation extends Conversation {

    private static final System.Logger LOG = System.getLogger(Pop3Conversation.class.getName());

    private int retrieved;
    private int removed;

    Pop3Conversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
    }

    @Override
    protected void converse() throws Departure {
        wire.say(Reply.READY);
        var opened = authorization();
        if (opened.isEmpty()) wire.say(Reply.BYE);
        else
            try (var maildrop = opened.get()) {
                wire.say(Reply.two(maildrop.count(), maildrop.octets()));
                transaction(maildrop);
                update(maildrop);
            }
    }

    @Override
    protected LastWords lastWords() {
        return new LastWords(Reply.IDLE, Reply.DRAINING, Reply.TOO_MANY, Reply.LATER);
    }

    @Override
    protected void figures(Journal.Draft entry) {
        entry.with("retrieved", retrieved).with("removed", removed);
    }

    /// The maildrop, or nothing when the client takes its leave.
    private Optional<Maildrop> authorization() throws Departure {
        String user = "";
        while (true)
            switch (next()) {
                case User(var given) -> {
                    user = given;
                    wire.say(Reply.WANT_PASSWORD);
                }
                case Pass(var secret) -> {
                    if (user.isEmpty()) {
                        wire.refuse(Reply.NAME_FIRST);
                        continue;
                    }
                    var maildrop = open(door.admit(user, secret));
                    user = ""; // RFC 1939 §7: after a failed PASS, USER again
                    if (maildrop.isPresent()) return maildrop;
                }
                case Auth auth -> {
                    var maildrop = auth(auth);
                    if (maildrop.isPresent()) return maildrop;
                }
                case Stls() -> {
                    stls();
                    user = ""; // RFC 2595 §4: what was said in clear text is void
                }
                case Capa() -> capa();
                case Quit() -> {
                    return Optional.empty();
                }
                case Stat(),
                        Command.List(_),
                        Retr(_),
                        Dele(_),
                        Noop(),
                        Rset(),
                        Top(_, _),
                        Uidl(_) ->
                        wire.refuse(Reply.SIGN_IN_FIRST);
            }
    }

    private Optional<Maildrop> open(Admission admission) throws Departure {
        switch (admission) {
            case Admitted(var account, var addressee) -> {
                name = addressee.toString();
                try {
                    switch (house.store().account(account).maildrop()) {
                        case Opened(var maildrop) -> {
                            return Optional.of(maildrop);
                        }
                        case InUse() -> wire.refuse(Reply.IN_USE);
                    }
                } catch (Refused removed) { // between the password and now
                    wire.refuse(Reply.WRONG);
                }
            }
            case Wrong(), CodeWanted _ -> wire.refuse(Reply.WRONG);
            case NotInClearText() -> wire.refuse(Reply.NOT_IN_CLEAR_TEXT);
            case Busy() -> wire.refuse(Reply.LATER);
            case Cancelled() -> wire.refuse(Reply.CANCELLED);
            case Malformed() -> wire.refuse(Reply.BAD_RESPONSE);
            case UnknownMechanism() -> wire.refuse(Reply.UNKNOWN_MECHANISM);
        }
        return Optional.empty();
    }

    /// RFC 5034 §4. Without a mechanism it asks for the list (RFC 1734's clients).
    private Optional<Maildrop> auth(Auth auth) throws Departure {
        if (auth.mechanism().isEmpty()) {
            wire.say(Reply.MECHANISMS);
            for (var mechanism : door.mechanisms()) wire.say(Line.of(mechanism.saslName));
            wire.say(Reply.END);
            return Optional.empty();
        }
        return open(door.admit(auth.mechanism().get(), auth.initialResponse(), Reply::challenge));
    }

    /// RFC 2595 §4: what came behind the command in clear text closes the connection (TRAPS T3).
    private void stls() throws Departure {
        if (wire.isSecured()) {
            wire.refuse(Reply.TLS_ALREADY);
            return;
        }
        wire.say(Reply.BEGIN_TLS);
        wire.secure(tls);
    }

    // RFC 2449 §5, §6
    private void capa() throws Departure {
        var lines = new ArrayList<String>();
        lines.add("TOP");
        lines.add("UIDL");
        lines.add("RESP-CODES");
        lines.add("AUTH-RESP-CODE"); // RFC 3206 §6
        lines.add("PIPELINING");
        if (!wire.isSecured()) lines.add("STLS");
        if (door.takesPasswords()) lines.add("USER");
        var mechanisms = door.mechanisms();
        if (!mechanisms.isEmpty())
            lines.add(
                    "SASL "
                            + String.join(
                                    " ",
                                    mechanisms.stream()
                                            .map((Mechanism mechanism) -> mechanism.saslName)
                                            .toList()));
        lines.add("IMPLEMENTATION Postroom");
        wire.say(Reply.CAPABILITIES);
        for (var line : lines) wire.say(Line.of(line));
        wire.say(Reply.END);
    }

    /// Returns at QUIT. A client that just leaves never gets as far as UPDATE (RFC 1939 §6).
    private void transaction(Maildrop maildrop) throws Departure {
        while (true)
            switch (next()) {
                case Stat() -> wire.say(Reply.two(maildrop.count(), maildrop.octets()));
                case Command.List(var message) -> list(maildrop, message);
                case Retr(int message) -> retr(maildrop, message);
                case Dele(int message) -> dele(maildrop, message);
                case Noop() -> wire.say(Reply.NOTHING_DONE);
                case Rset() -> {
                    maildrop.unmarkAll();
                    wire.say(Reply.UNMARKED);
                }
                case Top(int message, int lines) -> top(maildrop, message, lines);
                case Uidl(var message) -> uidl(maildrop, message);
                case Capa() -> capa();
                case Quit() -> {
                    return;
                }
                case User(_), Pass(_), Auth(_, _), Stls() -> wire.refuse(Reply.SIGNED_IN);
            }
    }

    /// RFC 1939 §6: +OK only after the removal is on disk.
    private void update(Maildrop maildrop) throws Departure {
        int marked = maildrop.size() - maildrop.count();
        try {
            maildrop.commit();
            removed = marked;
            wire.say(Reply.BYE);
        } catch (Refused | Fault failure) {
            LOG.log(System.Logger.Level.ERROR, "the UPDATE broke", failure);
            wire.say(Reply.NOTHING_REMOVED);
        }
    }

    private void list(Maildrop maildrop, OptionalInt message) throws Departure {
        if (message.isPresent()) {
            int number = message.getAsInt();
            if (maildrop.has(number)) wire.say(Reply.two(number, maildrop.octets(number)));
            else wire.refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        wire.say(Reply.LISTING);
        for (int number = 1; number <= maildrop.size(); number++)
            if (maildrop.has(number)) wire.say(Line.of(number + " " + maildrop.octets(number)));
        wire.say(Reply.END);
    }

    private void uidl(Maildrop maildrop, OptionalInt message) throws Departure {
        if (message.isPresent()) {
            int number = message.getAsInt();
            if (maildrop.has(number)) wire.say(Reply.unique(number, maildrop.uniqueId(number)));
            else wire.refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        wire.say(Reply.LISTING);
        for (int number = 1; number <= maildrop.size(); number++)
            if (maildrop.has(number)) wire.say(Line.of(number + " " + maildrop.uniqueId(number)));
        wire.say(Reply.END);
    }

    private void retr(Maildrop maildrop, int number) throws Departure {
        if (!maildrop.has(number)) {
            wire.refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        try {
            var message = maildrop.message(number);
            wire.say(Reply.BODY_FOLLOWS);
            wire.dotted(message.read(), message.size());
            retrieved++;
        } catch (Refused gone) {
            wire.refuse(Reply.NO_SUCH_MESSAGE);
        }
    }

    /// RFC 1939 §7: the header, the blank line, and so many lines of the body; TOP n 0 reads no body
    /// (TRAPS T33).
    private void top(Maildrop maildrop, int number, int lines) throws Departure {
        if (!maildrop.has(number)) {
            wire.refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        try {
            var message = maildrop.message(number);
            long header = message.summary().root().body().offset();
            wire.say(Reply.BODY_FOLLOWS);
            wire.dotted(new FirstLines(message.read(), header, lines));
        } catch (Refused gone) {
            wire.refuse(Reply.NO_SUCH_MESSAGE);
        }
    }

    private void dele(Maildrop maildrop, int number) throws Departure {
        if (!maildrop.has(number)) {
            wire.refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        maildrop.mark(number);
        wire.say(Reply.MARKED);
    }

    private Command next() throws Departure {
        while (true) {
            var line = wire.line();
            try {
                return Grammar.command(line);
            } catch (Refusal refusal) {
                if (line.isForeign())
                    throw new Departure(Departure.Kind.GONE, "that is another protocol's command");
                wire.refuse(refusal.reply());
            }
        }
    }
}
