package org.postroom.queue;

import org.postroom.mime.Trace;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.RcptParameters.Notify;
import org.postroom.store.Addressee;
import org.postroom.store.MessageDraft;
import org.postroom.store.Refused;
import org.postroom.store.Resolution;
import org.postroom.store.Resolution.Alias;
import org.postroom.store.Resolution.Local;
import org.postroom.store.Resolution.Members;
import org.postroom.store.Resolution.Moved;
import org.postroom.store.Resolution.NoSuchUser;
import org.postroom.store.Resolution.NotHere;
import org.postroom.store.Step;
import org.postroom.store.Step.What;
import org.postroom.store.Store;
import org.postroom.wire.Fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes down what came of a transaction: what is done goes, what is not gets its next time, and the
/// sender hears of what he has to; all by one commit.
final class Bookkeeper {

    private static final System.Logger LOG = System.getLogger(Bookkeeper.class.getName());
    private static final int MOST_FAULTS = 5;
    private static final int MOST_MOVES = 10;

    private final Store store;
    private final Ledger ledger;
    private final Supplier<QueueSettings> settings;

    Bookkeeper(Store store, Ledger ledger, Supplier<QueueSettings> settings) {
        this.store = store;
        this.ledger = ledger;
        this.settings = settings;
    }

    /// @return what is to be tried, now or later
    List<Due> settle(Opened opened, Map<Integer, Outcome> outcomes, long now) {
        var chosen = settings.get();
        var next = new LinkedHashMap<Integer, Optional<Errand>>();
        var fates = new ArrayList<Fate>();
        outcomes.forEach((number, outcome) -> {
            var errand = opened.errands().get(number);
            if (errand != null) next.put(number, next(opened, errand, outcome, fates, chosen, now));
        });
        long keepFor = chosen.keepFor().toMillis();
        if (fates.isEmpty() || !(opened.envelope().mail().from() instanceof Address sender))
            return ledger.settle(opened.id(), next, List.of(), now, keepFor);
        var recipients = recipients(sender);
        if (recipients.isEmpty()) { // whoever could be told is gone
            LOG.log(System.Logger.Level.INFO, "{0}: no {1} to be told", opened.id(), sender);
            return ledger.settle(opened.id(), next, List.of(), now, keepFor);
        }
        try (var draft = store.draft()) {
            var mail = write(opened.envelope(), sender, fates, draft);
            var notice = new Consignment("", mail, new byte[0], Optional.empty(), recipients);
            var post = new Ledger.Post(draft.seal(), notice);
            var due = ledger.settle(opened.id(), next, List.of(post), now, keepFor);
            for (var fate : fates)
                note(
                        opened.envelope(),
                        fate.action() == Action.DELAYED ? What.DELAYED : What.REPORTED,
                        fate.rcpt().to().toString(),
                        "to " + sender + ": " + fate.action().value);
            return due;
        }
    }

    /// The errand's next state, or nothing when it is done; whom its sender hears about is added.
    private Optional<Errand> next(
            Opened opened,
            Errand errand,
            Outcome outcome,
            List<Fate> fates,
            QueueSettings chosen,
            long now) {
        var envelope = opened.envelope();
        told(opened, errand, outcome);
        switch (outcome) {
            case Outcome.Arrived(var action, boolean anyhow, var said) -> {
                var rcpt = errand.recipient().rcpt();
                boolean asked = anyhow ? !isNever(rcpt) : rcpt.parameters().asksFor(Notify.SUCCESS);
                if (action.isPresent() && asked)
                    fates.add(new Fate(rcpt, action.get(), said, now, Optional.empty()));
                return Optional.empty();
            }
            case Outcome.Failed(var said) -> {
                tell(fates, errand, Action.FAILED, said, Notify.FAILURE, now, Optional.empty());
                return Optional.empty();
            }
            case Outcome.Deferred(var said, _, var tried)
                    when tried && isOver(envelope, errand, now) -> {
                tell(fates, errand, Action.FAILED, said, Notify.FAILURE, now, Optional.empty());
                return Optional.empty();
            }
            case Outcome.Deferred(var said, var when, var tried) -> {
                long due = when > 0 ? when : now + Pace.pause(errand.attempts() + 1);
                if (due > now && envelope.expiry() > now) due = Math.min(due, envelope.expiry());
                var later = tried ? errand.again(due, said) : errand.putOff(due, said);
                long warning = Timing.warning(envelope, chosen.warnAfter().toMillis());
                if (!tried || errand.warned() || now < warning) return Optional.of(later);
                tell(
                        fates,
                        errand,
                        Action.DELAYED,
                        said,
                        Notify.DELAY,
                        now,
                        Optional.of(envelope.expiry()));
                return Optional.of(later.knownToSender());
            }
            case Outcome.Broken(var said) -> {
                boolean park = errand.faults() + 1 >= MOST_FAULTS;
                if (park)
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "{0}: parked after {1} faults; `queue retry` tries it again",
                            opened.id(),
                            MOST_FAULTS);
                return Optional.of(
                        errand.broken(now + Pace.pause(errand.attempts() + 1), park, said));
            }
        }
    }

    private static boolean isNever(Command.Rcpt rcpt) {
        return rcpt.parameters().when().contains(Notify.NEVER);
    }

    /// A clock that is set forward gives nothing up at once (TRAPS T17): one attempt more is always
    /// made, but for a deadline of the sender's.
    private static boolean isOver(Envelope envelope, Errand errand, long now) {
        return now >= envelope.expiry()
                && (errand.attempts() > 0 || envelope.mail().parameters().by().isPresent());
    }

    private static void tell(
            List<Fate> fates,
            Errand errand,
            Action action,
            Said said,
            Notify what,
            long now,
            Optional<Long> until) {
        var rcpt = errand.recipient().rcpt();
        if (rcpt.parameters().asksFor(what)) fates.add(new Fate(rcpt, action, said, now, until));
    }

    /// Where a recipient's state changes.
    private void told(Opened opened, Errand errand, Outcome outcome) {
        var what =
                switch (outcome) {
                    case Outcome.Arrived(var action, _, _) ->
                            errand.domain().equals(Errand.HERE)
                                    ? action.filter(it -> it == Action.EXPANDED).isPresent()
                                            ? What.EXPANDED
                                            : What.FILED
                                    : What.SENT;
                    case Outcome.Failed _ -> What.FAILED;
                    case Outcome.Deferred _, Outcome.Broken _ -> What.DEFERRED;
                };
        var to = errand.recipient().rcpt().to().toString();
        note(opened.envelope(), what, to, outcome.said().toString());
        LOG.log(
                System.Logger.Level.INFO,
                "{0} ({1}): {2}: {3}: {4}",
                opened.id(),
                opened.envelope().journey(),
                to,
                what,
                outcome.said());
    }

    private void note(Envelope envelope, What what, String to, String detail) {
        store.journeys().note(envelope.journey(), Step.now(what, to, detail));
    }

    // ---- notices

    /// RFC 3461 §6.2: from nobody, so that none is answered by another (RFC 5321 §4.5.5).
    private Command.Mail write(
            Envelope envelope, Address sender, List<Fate> fates, MessageDraft draft) {
        var notice =
                new Notice(
                        settings.get().name(),
                        sender,
                        envelope,
                        store.content(envelope.blob(), envelope.size()),
                        fates);
        try {
            notice.writeTo(draft.stream());
        } catch (IOException e) {
            throw new Fault("writing a notice", e);
        }
        return new Command.Mail(new org.postroom.smtp.NullPath(), notice.parameters());
    }

    /// Whom a notice goes to: accounts here, and who is elsewhere. Of a list it is the owner's; who
    /// has moved gets it where he is now.
    List<Recipient> recipients(Address sender) {
        var to = sender;
        for (int i = 0; i < MOST_MOVES; i++)
            switch (resolve(to)) {
                case Local local -> {
                    return List.of(local(local, to));
                }
                case Alias(var here, var elsewhere) -> {
                    var all = new ArrayList<Recipient>();
                    for (var local : here) all.add(local(local, to));
                    for (var other : elsewhere) all.add(elsewhere(address(other)));
                    return all;
                }
                case NotHere() -> {
                    return List.of(elsewhere(to));
                }
                case Moved(var there, _) -> to = address(there);
                case Members(var list, _, _) -> to = address(list.owner());
                case NoSuchUser() -> {
                    return List.of();
                }
            }
        return List.of();
    }

    private static Address address(Addressee addressee) {
        return new Address(addressee.localPart(), addressee.domain());
    }

    private static Recipient elsewhere(Address address) {
        return new Recipient.Elsewhere(new Command.Rcpt(address));
    }

    private Resolution resolve(Address address) {
        try {
            return store.directory().resolve(Addressee.of(address.localPart(), address.domain()));
        } catch (Refused odd) {
            return new NoSuchUser();
        }
    }

    private static Recipient local(Local local, Address to) {
        var prefix = new ByteArrayOutputStream();
        prefix.writeBytes(Trace.returnPath(""));
        prefix.writeBytes(Trace.deliveredTo(local.name().toString()));
        return new Recipient.Local(local.account(), prefix.toByteArray(), new Command.Rcpt(to));
    }
}
