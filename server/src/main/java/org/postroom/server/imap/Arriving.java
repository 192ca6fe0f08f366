package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Command;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.mime.LineEnds;
import org.postroom.store.Flags;
import org.postroom.store.MessageDraft;
import org.postroom.store.NewMessage;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;

/// A message while it streams to the disk, with canonical line ends unless every octet has to stay. What
/// breaks on the way is told when all of it was heard, since the client can't be told before.
final class Arriving implements AutoCloseable {

    private final boolean binary;
    private final Flags flags;
    private final Instant received;
    private final MessageDraft draft;
    private final LineEnds lines;
    private @Nullable Fault broken;

    Arriving(MessageDraft draft, Command.NewMessage message) throws Refusal {
        this.draft = draft;
        this.binary = message.binary();
        this.received = message.date().map(OffsetDateTime::toInstant).orElseGet(Instant::now);
        this.lines = new LineEnds(new IntoDraft());
        try {
            this.flags = FlagNames.stored(message.flags());
        } catch (Refusal refusal) {
            draft.close();
            throw refusal;
        }
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
            if (binary) draft.write(octets, offset, length);
            else lines.write(octets, offset, length);
        } catch (Fault fault) {
            broken = fault;
        } catch (IOException e) {
            broken = new Fault("a draft", e);
        }
    }

    /// All of it was heard.
    NewMessage whole() throws Refusal {
        if (broken instanceof DiskFull) throw new Refusal(Reply.DISK_FULL);
        if (broken != null) throw broken;
        if (!binary && lines.bareCr()) throw new Refusal(Reply.BARE_CR); // TRAPS T1
        try {
            if (!binary) lines.end(); // TRAPS T33: POP3 counts what it sends
            return new NewMessage(draft.seal(), new byte[0], flags, received);
        } catch (DiskFull full) {
            throw new Refusal(Reply.DISK_FULL);
        } catch (IOException e) {
            throw new Fault("a draft", e);
        }
    }

    @Override
    public void close() {
        draft.close();
    }
}
