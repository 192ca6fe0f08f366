package org.postroom.server.pop3;

import org.postroom.pop3.Command;
import org.postroom.pop3.Command.Auth;
import org.postroom.pop3.Command.Capa;
import org.postroom.pop3.Command.Dele;
import org.postroom.pop3.Command.Lang;
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
import org.postroom.pop3.Command.Utf8;
import org.postroom.pop3.Grammar;
import org.postroom.pop3.Language;
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
import org.postroom.server.Settings;
import org.postroom.store.Account;
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

    private Language language = Language.ENGLISH;
    private int retrieved;
    private int removed;

    Pop3Conversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
    }

    @Override
    protected void converse() throws Departure {
        say(Reply.READY);
        var opened = authorization();
        if (opened.isEmpty()) say(Reply.BYE);
        else
            try (var maildrop = opened.get()) {
                say(Reply.two(maildrop.count(), maildrop.octets()));
                transaction(maildrop);
                update(maildrop);
            }
    }

    @Override
    protected LastWords lastWords() {
        return new LastWords(
                language.spoken(Reply.IDLE),
                language.spoken(Reply.DRAINING),
                language.spoken(Reply.TOO_MANY),
                language.spoken(Reply.LATER));
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
                    say(Reply.WANT_PASSWORD);
                }
                case Pass(var secret) -> {
                    if (user.isEmpty()) {
                        refuse(Reply.NAME_FIRST);
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
                case Utf8() -> say(Reply.UTF8); // RFC 6856 §2: what is stored goes out as it is
                case Lang(var tag) -> lang(tag);
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
                        refuse(Reply.SIGN_IN_FIRST);
            }
    }

    private Optional<Maildrop> open(Admission admission) throws Departure {
        switch (admission) {
            case Admitted(var account, var addressee) -> {
                name = addressee.toString();
                try {
                    var own = house.store().account(account);
                    if (isTooSoon(own)) {
                        refuse(Reply.TOO_SOON);
                        return Optional.empty();
                    }
                    switch (own.maildrop()) {
                        case Opened(var maildrop) -> {
                            return Optional.of(maildrop);
                        }
                        case InUse() -> refuse(Reply.IN_USE);
                    }
                } catch (Refused removed) { // between the password and now
                    refuse(Reply.WRONG);
                }
            }
            case Wrong(), CodeWanted _ -> refuse(Reply.WRONG);
            case NotInClearText() -> refuse(Reply.NOT_IN_CLEAR_TEXT);
            case Busy() -> refuse(Reply.LATER);
            case Cancelled() -> refuse(Reply.CANCELLED);
            case Malformed() -> refuse(Reply.BAD_RESPONSE);
            case UnknownMechanism() -> refuse(Reply.UNKNOWN_MECHANISM);
        }
        return Optional.empty();
    }

    private Settings.Access settings() {
        return house.settings().get().access();
    }

    // RFC 2449 §6.5
    private boolean isTooSoon(Account account) {
        var delay = settings().loginDelay();
        return account.sinceMaildrop().filter(since -> since.compareTo(delay) < 0).isPresent();
    }

    // RFC 6856 §3
    private void lang(Optional<String> tag) throws Departure {
        if (tag.isEmpty()) {
            say(Reply.LANGUAGES);
            for (var known : Language.values()) wire.say(Line.of(known.tag + " " + known.title));
            wire.say(Reply.END);
            return;
        }
        var wanted = Language.named(tag.get());
        if (wanted.isEmpty()) {
            refuse(Reply.NO_SUCH_LANGUAGE);
            return;
        }
        language = wanted.get();
        switch (language) {
            case ENGLISH -> say(Reply.ENGLISH);
            case GERMAN -> say(Reply.GERMAN);
        }
    }

    private void say(Reply reply) throws Departure {
        wire.say(language.spoken(reply));
    }

    private void refuse(Reply reply) throws Departure {
        wire.refuse(language.spoken(reply));
    }

    /// RFC 5034 §4. Without a mechanism it asks for the list (RFC 1734's clients).
    private Optional<Maildrop> auth(Auth auth) throws Departure {
        if (auth.mechanism().isEmpty()) {
            say(Reply.MECHANISMS);
            for (var mechanism : door.mechanisms()) wire.say(Line.of(mechanism.saslName));
            wire.say(Reply.END);
            return Optional.empty();
        }
        return open(door.admit(auth.mechanism().get(), auth.initialResponse(), Reply::challenge));
    }

    /// RFC 2595 §4: what came behind the command in clear text closes the connection (TRAPS T3).
    private void stls() throws Departure {
        if (wire.isSecured()) {
            refuse(Reply.TLS_ALREADY);
            return;
        }
        say(Reply.BEGIN_TLS);
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
        lines.add(settings().keeps() ? "EXPIRE NEVER" : "EXPIRE 0"); // RFC 2449 §6.7
        long delay = settings().loginDelay().toSeconds();
        if (delay > 0) lines.add("LOGIN-DELAY " + delay); // RFC 2449 §6.5
        lines.add("UTF8 USER"); // RFC 6856 §2.2
        lines.add("LANG");
        lines.add("IMPLEMENTATION Postroom");
        say(Reply.CAPABILITIES);
        for (var line : lines) wire.say(Line.of(line));
        wire.say(Reply.END);
    }

    /// Returns at QUIT. A client that just leaves never gets as far as UPDATE (RFC 1939 §6).
    private void transaction(Maildrop maildrop) throws Departure {
        while (true)
            switch (next()) {
                case Stat() -> say(Reply.two(maildrop.count(), maildrop.octets()));
                case Command.List(var message) -> list(maildrop, message);
                case Retr(int message) -> retr(maildrop, message);
                case Dele(int message) -> dele(maildrop, message);
                case Noop() -> say(Reply.NOTHING_DONE);
                case Rset() -> {
                    maildrop.unmarkAll();
                    say(Reply.UNMARKED);
                }
                case Top(int message, int lines) -> top(maildrop, message, lines);
                case Uidl(var message) -> uidl(maildrop, message);
                case Capa() -> capa();
                case Lang(var tag) -> lang(tag);
                case Quit() -> {
                    return;
                }
                case User(_), Pass(_), Auth(_, _), Stls(), Utf8() -> refuse(Reply.SIGNED_IN);
            }
    }

    /// RFC 1939 §6: +OK only after the removal is on disk.
    private void update(Maildrop maildrop) throws Departure {
        if (!settings().keeps()) maildrop.markCollected();
        int marked = maildrop.size() - maildrop.count();
        try {
            maildrop.commit(settings().marksRead());
            removed = marked;
            say(Reply.BYE);
        } catch (Refused | Fault failure) {
            LOG.log(System.Logger.Level.ERROR, "the UPDATE broke", failure);
            say(Reply.NOTHING_REMOVED);
        }
    }

    private void list(Maildrop maildrop, OptionalInt message) throws Departure {
        if (message.isPresent()) {
            int number = message.getAsInt();
            if (maildrop.has(number)) say(Reply.two(number, maildrop.octets(number)));
            else refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        say(Reply.LISTING);
        for (int number = 1; number <= maildrop.size(); number++)
            if (maildrop.has(number)) wire.say(Line.of(number + " " + maildrop.octets(number)));
        wire.say(Reply.END);
    }

    private void uidl(Maildrop maildrop, OptionalInt message) throws Departure {
        if (message.isPresent()) {
            int number = message.getAsInt();
            if (maildrop.has(number)) say(Reply.unique(number, maildrop.uniqueId(number)));
            else refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        say(Reply.LISTING);
        for (int number = 1; number <= maildrop.size(); number++)
            if (maildrop.has(number)) wire.say(Line.of(number + " " + maildrop.uniqueId(number)));
        wire.say(Reply.END);
    }

    private void retr(Maildrop maildrop, int number) throws Departure {
        if (!maildrop.has(number)) {
            refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        try {
            var message = maildrop.message(number);
            say(Reply.BODY_FOLLOWS);
            wire.dotted(message.read(), message.size());
            maildrop.collect(number);
            retrieved++;
        } catch (Refused gone) {
            refuse(Reply.NO_SUCH_MESSAGE);
        }
    }

    /// RFC 1939 §7: the header, the blank line, and so many lines of the body; TOP n 0 reads no body
    /// (TRAPS T33).
    private void top(Maildrop maildrop, int number, int lines) throws Departure {
        if (!maildrop.has(number)) {
            refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        try {
            var message = maildrop.message(number);
            long header = message.summary().root().body().offset();
            say(Reply.BODY_FOLLOWS);
            wire.dotted(new FirstLines(message.read(), header, lines));
        } catch (Refused gone) {
            refuse(Reply.NO_SUCH_MESSAGE);
        }
    }

    private void dele(Maildrop maildrop, int number) throws Departure {
        if (!maildrop.has(number)) {
            refuse(Reply.NO_SUCH_MESSAGE);
            return;
        }
        maildrop.mark(number);
        say(Reply.MARKED);
    }

    private Command next() throws Departure {
        while (true) {
            var line = wire.line();
            try {
                return Grammar.command(line);
            } catch (Refusal refusal) {
                if (line.isForeign())
                    throw new Departure(Departure.Kind.GONE, "that is another protocol's command");
                refuse(refusal.reply());
            }
        }
    }
}
