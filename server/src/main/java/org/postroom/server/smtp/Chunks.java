package org.postroom.server.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.smtp.Command.Bdat;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.MessageDraft;
import org.postroom.wire.Departure;
import org.postroom.wire.Sink;
import org.postroom.wire.Wire;

import java.util.function.Function;
import java.util.function.Supplier;

/// The letter of one transaction that comes chunk by chunk (RFC 3030 §2), if it comes so. The octets of
/// a chunk are heard whatever is thought of them: what stands in them is no command. Once a chunk was
/// refused the letter can't be whole any more, and all that follow are refused, too.
final class Chunks implements AutoCloseable {

    private static final Sink NOWHERE = (_, _, _) -> {};

    private final Supplier<MessageDraft> drafts;
    private final Function<MessageDraft, Intake> intakes;
    private @Nullable MessageDraft draft;
    private @Nullable Intake intake;
    private boolean lost;

    Chunks(Supplier<MessageDraft> drafts, Function<MessageDraft, Intake> intakes) {
        this.drafts = drafts;
        this.intakes = intakes;
    }

    /// Takes the octets of a chunk that nobody wants.
    static void swallow(Bdat bdat, Wire wire) throws Departure {
        wire.counted(bdat.octets(), NOWHERE);
    }

    boolean haveBegun() {
        return lost || draft != null;
    }

    /// Hears a chunk.
    ///
    /// @throws Refusal why it is none, or what is wrong with the letter so far
    Reply hear(Bdat bdat, Transaction transaction, Wire wire) throws Departure, Refusal {
        if (lost) {
            swallow(bdat, wire);
            throw new Refusal(Reply.CHUNK_LOST);
        }
        try {
            transaction.ready();
        } catch (Refusal refusal) {
            lost = true;
            swallow(bdat, wire);
            throw refusal;
        }
        var into = intake();
        wire.counted(bdat.octets(), into);
        if (!bdat.last())
            try {
                into.demandRight();
            } catch (Refusal refusal) {
                lost = true;
                throw refusal;
            }
        return Reply.chunk(bdat.octets());
    }

    /// Where the letter goes.
    Intake intake() {
        var open = intake;
        if (open == null) {
            var opened = drafts.get();
            draft = opened;
            open = intakes.apply(opened);
            intake = open;
        }
        return open;
    }

    @Override
    public void close() {
        var open = draft;
        if (open != null) open.close();
    }
}
