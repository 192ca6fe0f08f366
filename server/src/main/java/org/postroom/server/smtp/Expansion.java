package org.postroom.server.smtp;

import org.postroom.queue.Consignment;
import org.postroom.queue.Recipient;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.RcptParameters.Notify;
import org.postroom.smtp.RcptParameters.OriginalRecipient;
import org.postroom.store.AccountId;
import org.postroom.store.Addressee;
import org.postroom.store.MailingList;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whom a letter really goes to, each once in whatever way he is named: first those who are named
/// themselves or by an alias, under the sender's envelope; then each list's members, under one of the
/// list's own (RFC 5321 §3.9).
final class Expansion {

    private final String id;
    private final Command.Mail mail;
    private final Stamp stamp;
    private final Optional<AccountId> submitter;
    private final Set<Object> seen = new HashSet<>();
    private final List<Consignment> consignments = new ArrayList<>();

    /// @param id what the sender hears that the letter was accepted as
    /// @param mail with a true BODY
    /// @param served accounts that have the letter already
    Expansion(
            String id,
            Command.Mail mail,
            Stamp stamp,
            Optional<AccountId> submitter,
            Set<AccountId> served) {
        this.id = id;
        this.mail = mail;
        this.stamp = stamp;
        this.submitter = submitter;
        seen.addAll(served);
    }

    List<Consignment> of(List<Transaction.Named> named) {
        var direct = new ArrayList<Recipient>();
        for (var each : named)
            if (each.list().isEmpty()) direct(each, direct);
            else if (each.rcpt().parameters().asksFor(Notify.SUCCESS))
                direct.add(new Recipient.Expanded(each.rcpt()));
        add(mail, stamp.received(), submitter, direct);
        for (var each : named) each.list().ifPresent(list -> members(list, each));
        return consignments;
    }

    private void add(
            Command.Mail from,
            byte[] trace,
            Optional<AccountId> account,
            List<Recipient> recipients) {
        if (!recipients.isEmpty())
            consignments.add(new Consignment(id, from, trace, account, recipients));
    }

    private void direct(Transaction.Named named, List<Recipient> into) {
        var rcpt = named.rcpt();
        boolean many = named.here().size() + named.elsewhere().size() > 1;
        if (many && rcpt.parameters().asksFor(Notify.SUCCESS)) {
            // RFC 3461 §5.2.7.1: told once that it went to all, and of none of them
            into.add(new Recipient.Expanded(rcpt));
            rcpt = new Command.Rcpt(rcpt.to(), withoutSuccess(rcpt.parameters()));
        }
        for (var local : named.here())
            if (seen.add(local.account()))
                into.add(new Recipient.Local(local.account(), stamp.prefix(local), rcpt));
        for (var address : named.elsewhere())
            if (seen.add(address))
                into.add(
                        new Recipient.Elsewhere(
                                new Command.Rcpt(address, original(rcpt, address))));
    }

    private static RcptParameters withoutSuccess(RcptParameters parameters) {
        var rest = EnumSet.copyOf(parameters.when());
        rest.remove(Notify.SUCCESS);
        return parameters.withWhen(rest.isEmpty() ? Set.of(Notify.NEVER) : rest);
    }

    /// RFC 3461 §5.2.7: whom it was first for is told to the next hop, where that is another.
    private static RcptParameters original(Command.Rcpt rcpt, Address address) {
        var parameters = rcpt.parameters();
        return parameters.orcpt().isEmpty()
                        && rcpt.to() instanceof Address first
                        && !first.equals(address)
                ? parameters.withOrcpt(OriginalRecipient.of(first))
                : parameters;
    }

    /// RFC 5321 §3.9.2: what can't be delivered to a member is the owner's affair, not the writer's.
    private void members(MailingList list, Transaction.Named named) {
        var owner = address(list.returnAddress());
        byte[] fields = ListFields.of(list);
        var recipients = new ArrayList<Recipient>();
        for (var local : named.here())
            if (seen.add(local.account()))
                recipients.add(
                        new Recipient.Local(
                                local.account(),
                                stamp.prefix(local, owner, fields),
                                new Command.Rcpt(address(local.name()))));
        for (var address : named.elsewhere())
            if (seen.add(address))
                recipients.add(new Recipient.Elsewhere(new Command.Rcpt(address)));
        var trace = new ByteArrayOutputStream();
        trace.writeBytes(stamp.received());
        trace.writeBytes(fields);
        add(new Command.Mail(owner, own()), trace.toByteArray(), Optional.empty(), recipients);
    }

    /// What is true of the letter whoever sends it; what the writer wanted to hear is not the list's.
    private MailParameters own() {
        var said = mail.parameters();
        return MailParameters.NONE
                .withBody(said.body())
                .withUtf8(said.utf8())
                .withRequireTls(said.requireTls())
                .withHold(said.hold())
                .withPriority(said.priority()); // RFC 6710 §4.4
    }

    private static Address address(Addressee addressee) {
        return new Address(addressee.localPart(), addressee.domain());
    }
}
