package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Bounds;
import org.postroom.imap.Command;
import org.postroom.imap.Grammar;
import org.postroom.imap.MailboxName;
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

import java.util.function.BooleanSupplier;

/// Hears commands from a wire. The messages of an APPEND go to the disk while they are heard; until the
/// next command, [#append] has them.
final class Hearing implements Source, AutoCloseable {

    private final House house;
    private final Wire wire;
    private final Enabled enabled;
    private final BooleanSupplier selected;
    private @Nullable Account account;
    private @Nullable Append append;
    private @Nullable Line first; // of the command

    /// @param selected whether a mailbox is
    Hearing(House house, Wire wire, Enabled enabled, BooleanSupplier selected) {
        this.house = house;
        this.wire = wire;
        this.enabled = enabled;
        this.selected = selected;
    }

    /// From now on commands may be larger, and messages are taken.
    void signedIn(Account whose) {
        account = whose;
    }

    /// RFC 8437 §3: whoever speaks now is a stranger again.
    void signedOut() {
        account = null;
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

    /// The messages that came with the command.
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
    public Sink message(MailboxName mailbox, Command.NewMessage message, boolean replaces)
            throws Refusal {
        var whose = account;
        if (whose == null) throw new Refusal(Reply.SIGN_IN_FIRST);
        if (replaces && !selected.getAsBoolean()) throw new Refusal(Reply.SELECT_FIRST);
        try {
            var all = append;
            if (all == null) append = all = new Append(house, whose, mailbox);
            return all.begin(message)::take;
        } catch (Refused refused) {
            throw new Refusal(Answers.to(refused.reason()));
        }
    }

    @Override
    public boolean isUtf8() {
        return enabled.isUtf8();
    }

    @Override
    public void close() {
        if (append != null) append.close();
        append = null;
    }
}
