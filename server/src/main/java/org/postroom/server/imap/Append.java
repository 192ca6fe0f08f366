package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Code;
import org.postroom.imap.Command;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.imap.SequenceSet;
import org.postroom.mime.LineEnds;
import org.postroom.server.House;
import org.postroom.store.Account;
import org.postroom.store.Flags;
import org.postroom.store.MailboxId;
import org.postroom.store.MessageDraft;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Reservation;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// APPEND (RFC 3501 §6.3.11): all that can be refused is refused before the message is asked for, and
/// then it streams to the disk with canonical line ends. What breaks on the way is told when all of it
/// was heard, since the client can't be told before.
final class Append implements AutoCloseable {

    private final Account account;
    private final MailboxId mailbox;
    private final Flags flags;
    private final Instant received;
    private final Reservation reservation;
    private final MessageDraft draft;
    private final LineEnds lines;
    private @Nullable Fault broken;

    /// @throws Refusal before a single octet
    Append(House house, Account account, Command.Append append) throws Refusal, Refused {
        long limit = house.settings().get().limits().message();
        if (append.size() == 0) throw new Refusal(Reply.EMPTY_MESSAGE);
        if (limit > 0 && append.size() > limit) throw new Refusal(Reply.TOO_BIG);
        this.account = account;
        this.mailbox =
                account.mailbox(append.mailbox().value())
                        .orElseThrow(() -> new Refusal(Reply.TRY_CREATE))
                        .id();
        this.flags = FlagNames.stored(append.flags());
        this.received = append.date().map(OffsetDateTime::toInstant).orElseGet(Instant::now);
        this.reservation = account.reserve(append.size());
        this.draft = house.store().draft();
        this.lines = new LineEnds(new IntoDraft());
    }

    private final class IntoDraft extends OutputStream {
        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            draft.write(octets, offset, length);
        }
    }

    /// Takes some octets of the message.
    void take(byte[] octets, int offset, int length) {
        if (broken != null) return;
        try {
            lines.write(octets, offset, length);
        } catch (Fault fault) {
            broken = fault;
        } catch (IOException e) {
            broken = new Fault("a draft", e);
        }
    }

    /// The message is whole: it is on disk when this returns.
    Reply finish() throws Refusal, Refused {
        if (broken instanceof DiskFull) throw new Refusal(Reply.DISK_FULL);
        if (broken != null) throw broken;
        if (lines.bareCr()) throw new Refusal(Reply.BARE_CR); // TRAPS T1
        try {
            lines.end(); // TRAPS T33: POP3 counts what it sends
            var message = new NewMessage(draft.seal(), new byte[0], flags, received);
            var appended = account.append(mailbox, List.of(message));
            return Reply.ok( // RFC 4315 §3
                    new Code.AppendUid(
                            appended.uidValidity().value(), SequenceSet.of(appended.uids().get(0))),
                    "Done");
        } catch (Refused refused) {
            if (refused.reason() == Refused.Reason.NO_SUCH_MAILBOX) // since we looked
            throw new Refusal(Reply.TRY_CREATE);
            throw refused;
        } catch (DiskFull full) {
            throw new Refusal(Reply.DISK_FULL);
        } catch (IOException e) {
            throw new Fault("a draft", e);
        }
    }

    @Override
    public void close() {
        draft.close();
        reservation.close();
    }
}
