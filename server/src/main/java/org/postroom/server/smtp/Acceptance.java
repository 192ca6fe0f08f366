package org.postroom.server.smtp;

import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.MessageDraft;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What becomes of a letter that is here: it is kept, or refused, and then answered and
/// written down.
final class Acceptance {

    private final House house;
    private final Port port;
    private final Service service;
    private final Wire wire;
    private final String host;
    private final Speaking speaking;

    Acceptance(House house, Port port, Service service, Wire wire, String host) {
        this.house = house;
        this.port = port;
        this.service = service;
        this.wire = wire;
        this.host = host;
        this.speaking = new Speaking(house.store().watch());
    }

    /// One reply, or in LMTP one a recipient (RFC 2033 §4.2).
    List<Reply> replies(Transaction transaction, Caller caller, Intake intake) {
        var replies = verdicts(transaction, caller, intake);
        note(transaction, caller, intake.draft().size(), replies);
        return replies;
    }

    private List<Reply> verdicts(Transaction transaction, Caller caller, Intake intake) {
        var draft = intake.draft();
        var recipients = transaction.recipients();
        var groups =
                service == Service.LMTP
                        ? recipients.stream().map(List::of).toList()
                        : List.of(recipients);
        String only = recipients.size() == 1 ? recipients.getFirst().path() : null;
        var stamp = Stamp.of(wire, service, caller, host, transaction.mail(), only);
        var verdict =
                Handler.outcome(() -> {
                    intake.finish();
                    if (transaction.manner() == Manner.SEND) return said(draft, recipients);
                    return Reply.accepted(wire.id());
                });
        if (!verdict.isPositive() || transaction.manner() == Manner.SEND)
            return Collections.nCopies(groups.size(), verdict);
        var replies = new ArrayList<Reply>();
        for (var group : groups)
            replies.add(
                    Handler.outcome(() -> {
                        keep(transaction, intake, stamp, group);
                        return verdict;
                    }));
        return replies;
    }

    // RFC 821 §3.4
    private Reply said(MessageDraft draft, List<Transaction.Named> recipients) throws Refusal {
        if (!speaking.say(draft, recipients.getFirst())) throw new Refusal(Reply.NOBODY_THERE);
        return Reply.accepted(wire.id());
    }

    private void keep(
            Transaction transaction, Intake intake, Stamp stamp, List<Transaction.Named> recipients)
            throws Refusal {
        var draft = intake.draft();
        var absent =
                transaction.manner() == Manner.SOML // RFC 821 §3.4: or else to the mailbox
                        ? recipients.stream().filter(it -> !speaking.say(draft, it)).toList()
                        : recipients;
        if (!absent.isEmpty()) transaction.keep(draft.seal(), intake.isEightBit(), stamp, absent);
        if (transaction.manner() == Manner.SAML)
            for (var recipient : recipients) speaking.mention(draft, recipient);
    }

    private void note(Transaction transaction, Caller caller, long octets, List<Reply> replies) {
        boolean kept = replies.stream().anyMatch(Reply::isPositive);
        var worst = replies.stream().filter(reply -> !reply.isPositive()).findFirst();
        boolean later = worst.filter(Reply::isTransient).isPresent();
        house.journal()
                .about("letter", wire)
                .with("protocol", port.title)
                .with("account", caller.who().map(who -> who.name().toString()).orElse(""))
                .with("from", transaction.mail().from().toString())
                .with("recipients", transaction.recipients().size())
                .with("octets", octets)
                .with("result", kept ? "accepted" : later ? "deferred" : "refused")
                .with("reply", worst.orElse(replies.getFirst()).toString())
                .write();
    }
}
