package org.postroom.server.imap;

import org.postroom.imap.Code;
import org.postroom.imap.FetchResponse;
import org.postroom.imap.Flag;
import org.postroom.imap.Reply;
import org.postroom.imap.Response;
import org.postroom.store.Difference;
import org.postroom.store.Keywords;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.function.IntPredicate;

/// What a client is told of the selected mailbox without having asked: RFC 3501 §7.3, §7.4.
final class Updates {

    private final Wire wire;
    private final Enabled enabled;

    Updates(Wire wire, Enabled enabled) {
        this.wire = wire;
        this.enabled = enabled;
    }

    Enabled enabled() {
        return enabled;
    }

    /// Begins to tell of a message, as this client knows it.
    FetchResponse about(Selected selected, Saying saying, int sequence) {
        return enabled.isUidOnly()
                ? FetchResponse.ofUid(saying, selected.view().uid(sequence))
                : new FetchResponse(saying, sequence);
    }

    /// Tells all that became of the mailbox.
    ///
    /// @param uid whether flags are told with the UID (RFC 3501 §6.4.8)
    void tell(Selected selected, boolean uid) throws Departure, Refused {
        tell(selected, selected.advance(), uid, _ -> false);
    }

    /// Tells all but what went: sequence numbers stay as they are (RFC 3501 §7.4.1).
    void tellKeeping(Selected selected, boolean uid) throws Departure, Refused {
        tell(selected, selected.advanceKeeping(), uid, _ -> false);
    }

    /// Tells a difference.
    ///
    /// @param told messages whose flags the client hears, or knows, otherwise
    void tell(Selected selected, Difference difference, boolean uid, IntPredicate told)
            throws Departure {
        var keywords = selected.account().keywords();
        if (selected.learnsKeywords()) flags(selected, keywords);
        if (difference.expunged().length > 0) gone(selected, difference);
        var view = selected.view();
        if (difference.arrived() > 0) wire.say(new Response.Exists(view.size()));
        if (!enabled.isRev2() && (difference.arrived() > 0 || difference.expunged().length > 0))
            wire.say(new Response.Recent(selected.recent()));
        int[] changed = difference.changed();
        selected.share()
                .say(
                        wire,
                        changed.length,
                        (i, saying) -> {
                            if (told.test(changed[i])) return;
                            var response = about(selected, saying, changed[i]);
                            int number = view.uid(changed[i]);
                            if (uid || enabled.hasVanished()) response.uid(number);
                            if (enabled.hasModSeqs()) response.modSeq(view.modSeq(changed[i]));
                            response.flags(
                                            FlagNames.of(
                                                    view.flags(changed[i]),
                                                    keywords,
                                                    isRecent(selected, number)))
                                    .end();
                        });
    }

    /// Whether the client is told so; IMAP4rev2 has no such flag (RFC 9051 §2.3.2).
    boolean isRecent(Selected selected, int uid) {
        return !enabled.isRev2() && selected.isRecent(uid);
    }

    private void gone(Selected selected, Difference difference) throws Departure {
        if (enabled.hasVanished()) { // RFC 7162 §3.2.10
            wire.say(
                    new Response.Vanished(
                            false, Ranges.of(difference.vanished(), selected.share())));
            return;
        }
        int[] gone =
                difference.expunged(); // from the last on, so that the others keep their number
        selected.share()
                .say(
                        wire,
                        gone.length,
                        (i, saying) -> new Response.Expunge(gone[gone.length - 1 - i]).on(saying));
    }

    /// RFC 3501 §7.2.6 and PERMANENTFLAGS of §7.1: at SELECT, and when there are new keywords.
    void flags(Selected selected, Keywords keywords) throws Departure {
        var flags = FlagNames.all(keywords);
        wire.say(new Response.Flags(flags));
        var permanent = new ArrayList<Flag>();
        if (!selected.isReadOnly()) {
            permanent.addAll(flags);
            if (keywords.names().size() < Keywords.LIMIT) permanent.add(Flag.ANY);
        }
        wire.say(Reply.ok(new Code.PermanentFlags(permanent), "These stay").untagged());
    }
}
