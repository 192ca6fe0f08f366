package org.postroom.server.imap;

import org.postroom.imap.Code;
import org.postroom.imap.Command;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.server.imap.Selected.Span;
import org.postroom.store.FlagChange;
import org.postroom.store.Flags;
import org.postroom.store.ModSeq;
import org.postroom.store.Refused;
import org.postroom.store.Uids;
import org.postroom.store.View;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.util.BitSet;
import java.util.List;

/// STORE and UID STORE (RFC 3501 §6.4.6).
final class Store {

    private final Wire wire;
    private final Updates updates;
    private final Selected selected;
    private final Command.Store store;

    Store(Wire wire, Updates updates, Selected selected, Command.Store store) {
        this.wire = wire;
        this.updates = updates;
        this.selected = selected;
        this.store = store;
    }

    Reply run(List<Span> spans) throws Departure, Refusal, Refused {
        var flags = FlagNames.stored(store.flags());
        var change =
                switch (store.change()) {
                    case ADD -> FlagChange.add(flags);
                    case REMOVE -> FlagChange.remove(flags);
                    case REPLACE -> FlagChange.replace(flags);
                };
        var uids = selected.uids(spans);
        if (uids.isEmpty()) return Reply.DONE;
        if (store.unchangedSince().isPresent()) {
            updates.enabled().speaksOfModSeqs();
            change = change.unlessChangedSince(new ModSeq(store.unchangedSince().get()));
        }
        var before = selected.view();
        var changed = selected.account().setFlags(selected.id(), uids, change);
        var meant = new BitSet();
        for (var span : spans) meant.set(span.first(), span.last() + 1);
        var difference = selected.advanceKeeping(); // numbers stay what they are
        boolean tells = !store.silent() && changed.refused().isEmpty();
        updates.tell(
                selected,
                difference,
                store.uid(),
                sequence -> meant.get(sequence) && (tells || isKnown(sequence, before, flags)));
        if (tells) for (var span : spans) tell(span);
        return changed.refused().isEmpty() ? Reply.DONE : modified(changed.refused());
    }

    /// Whether the client, unless it asked to hear of it, knows the flags that a message has now: what it
    /// did, but not what others did to the same message meanwhile, nor the mod-sequence (RFC 7162 §3.1.3).
    private boolean isKnown(int sequence, View before, Flags flags) {
        if (!store.silent() || updates.enabled().hasModSeqs()) return false;
        long named = selected.account().keywords().bits(flags);
        long was = before.flags(sequence);
        long expected =
                switch (store.change()) {
                    case ADD -> was | named;
                    case REMOVE -> was & ~named;
                    case REPLACE -> named;
                };
        return selected.view().flags(sequence) == expected;
    }

    // RFC 7162 §3.1.3: in what the command named them by
    private Reply modified(Uids refused) {
        var view = selected.view();
        var set =
                selected.share()
                        .run(_ ->
                                Ranges.of(
                                        refused.size(),
                                        i ->
                                                store.uid()
                                                        ? refused.get(i)
                                                        : view.sequenceOf(refused.get(i))));
        return Reply.ok(new Code.Modified(set), "Some had changed before");
    }

    /// The new flags of each, changed or not (RFC 3501 §6.4.6).
    private void tell(Span span) throws Departure {
        var view = selected.view();
        var names = new FlagNames.Memo(selected.account().keywords());
        selected.share()
                .say(
                        wire,
                        span.size(),
                        (i, saying) -> {
                            int sequence = span.first() + i;
                            int number = view.uid(sequence);
                            var response = updates.about(selected, saying, sequence);
                            if (store.uid() || updates.enabled().hasVanished())
                                response.uid(number);
                            if (updates.enabled().hasModSeqs())
                                response.modSeq(view.modSeq(sequence));
                            response.flags(
                                    names.of(
                                            view.flags(sequence),
                                            updates.isRecent(selected, number)));
                            response.end();
                        });
    }
}
