package org.postroom.server.imap;

import org.postroom.imap.Code;
import org.postroom.imap.Command;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.server.House;
import org.postroom.server.Slices;
import org.postroom.store.Account;
import org.postroom.store.Appended;
import org.postroom.store.MailboxId;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Reservation;
import org.postroom.store.engine.DiskFull;

import java.util.ArrayList;
import java.util.List;

/// The messages of an APPEND or REPLACE (RFC 3501 §6.3.11, RFC 3502 §6.3.11, RFC 8508 §3): all that can
/// be refused is refused before a message is asked for, and then it streams to the disk. All of them are
/// one commit.
final class Append implements AutoCloseable {

    private final House house;
    private final Account account;
    private final MailboxId mailbox;
    private final Reservation reservation;
    private final List<Arriving> messages = new ArrayList<>();

    /// @throws Refusal before a single octet
    Append(House house, Account account, MailboxName mailbox) throws Refusal, Refused {
        this.house = house;
        this.account = account;
        this.mailbox =
                account.mailbox(mailbox.value())
                        .orElseThrow(() -> new Refusal(Reply.TRY_CREATE))
                        .id();
        this.reservation = account.reserveMessage(0);
    }

    /// One more message.
    ///
    /// @throws Refusal before a single octet of it
    Arriving begin(Command.NewMessage message) throws Refusal, Refused {
        long limit = house.settings().get().limits().message();
        if (message.size() == 0) throw new Refusal(Reply.EMPTY_MESSAGE);
        if (limit > 0 && message.size() > limit) throw new Refusal(Reply.TOO_BIG);
        reservation.grow(message.size());
        var arriving = new Arriving(house.store().draft(), message);
        messages.add(arriving);
        return arriving;
    }

    /// The messages are whole: they are on disk when this returns.
    Reply finish(Slices.Share share) throws Refusal, Refused {
        var whole = new ArrayList<NewMessage>();
        for (var message : messages) whole.add(message.whole());
        return told(stored(() -> account.append(mailbox, whole)), share);
    }

    /// The same, in the place of another message.
    Reply replace(MailboxId from, int uid, Slices.Share share) throws Refusal, Refused {
        var message = messages.getFirst().whole();
        return told(stored(() -> account.replace(from, uid, mailbox, message)), share);
    }

    private interface Storing {
        Appended run() throws Refused;
    }

    private static Appended stored(Storing storing) throws Refusal, Refused {
        try {
            return storing.run();
        } catch (Refused refused) {
            if (refused.reason() == Refused.Reason.NO_SUCH_MAILBOX) // since we looked
            throw new Refusal(Reply.TRY_CREATE);
            throw refused;
        } catch (DiskFull full) {
            throw new Refusal(Reply.DISK_FULL);
        }
    }

    // RFC 4315 §3
    private static Reply told(Appended appended, Slices.Share share) {
        var uids = Ranges.of(appended.uids(), share);
        return Reply.ok(new Code.AppendUid(appended.uidValidity().value(), uids), "Done");
    }

    @Override
    public void close() {
        messages.forEach(Arriving::close);
        reservation.close();
    }
}
