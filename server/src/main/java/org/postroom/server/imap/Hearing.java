package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Bounds;
import org.postroom.imap.Command;
import org.postroom.imap.Grammar;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.imap.Source;
import org.postroom.server.House;
import org.postroom.store.Account;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Sink;
import org.postroom.wire.Wire;

/// Hears commands from a wire. The message of an APPEND goes to the disk while it is heard; until the
/// next command, [#append] has it.
final class Hearing implements Source, AutoCloseable {

    private final House house;
    private final Wire wire;
    private @Nullable Account account;
    private @Nullable Append append;
    private @Nullable Line first; // of the command

    Hearing(House house, Wire wire) {
        this.house = house;
        this.wire = wire;
    }

    /// From now on commands may be larger, and messages are taken.
    void signedIn(Account whose) {
        account = whose;
    }

    Command.Tagged command() throws Refusal, Departure {
        close();
        first = null;
        try {
            return Grammar.command(this, account == null ? Bounds.STRANGER : Bounds.SIGNED_IN);
        } catch (Refusal refusal) {
            if (account == null && first != null && first.isForeign())
                throw new Departure(Departure.Kind.GONE, "that is another protocol's command");
            throw refusal;
        }
    }

    /// The message that came with the command.
    Append append() throws Refusal {
        var whole = append;
        if (whole == null) throw new Refusal(Reply.SIGN_IN_FIRST);
        return whole;
    }

    @Override
    public Line line() throws Departure {
        var line = wire.line();
        if (first == null) first = line;
        return line;
    }

    @Override
    public void goOn() throws Departure {
        wire.say(Reply.GO_ON);
    }

    @Override
    public void literal(long size, boolean secret, Sink sink) throws Departure {
        if (secret) wire.secret(size, sink);
        else wire.counted(size, sink);
    }

    @Override
    public Sink message(Command.Append command) throws Refusal {
        var whose = account;
        if (whose == null) throw new Refusal(Reply.SIGN_IN_FIRST);
        try {
            var begun = new Append(house, whose, command);
            append = begun;
            return begun::take;
        } catch (Refused refused) {
            throw new Refusal(Answers.to(refused.reason()));
        }
    }

    @Override
    public void close() {
        if (append != null) append.close();
        append = null;
    }
}
