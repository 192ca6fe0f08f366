package org.postroom.control;

import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Meanwhile;
import org.postroom.queue.Inspection;
import org.postroom.store.Addressee;
import org.postroom.store.Directory;
import org.postroom.store.Invitation;
import org.postroom.store.MailingList;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Carries out orders: on a store, and on the server that has it open if there is one. It is the same
/// whether an order came over the socket or is carried out by the command itself.
///
/// Orders read and write files, so they run on platform threads.
public final class Steward {

    private final Store store;
    private final Optional<Serving> serving;

    public Steward(Store store, Optional<Serving> serving) {
        this.store = store;
        this.serving = serving;
    }

    /// Takes what an order says before it ends.
    @FunctionalInterface
    public interface Ear {
        void hear(Meanwhile meanwhile) throws Departure;
    }

    /// @throws Departure when nobody listens any more
    public Answer carryOut(Order order, Ear ear) throws Departure {
        return switch (order) {
            case Order.OfStore ofStore -> carryOut(ofStore, ear);
            case Order.OfServer ofServer ->
                    serving.isPresent()
                            ? carryOut(ofServer, serving.get(), ear)
                            : new Failed(Exit.UNAVAILABLE, "No server runs here.");
        };
    }

    /// What needs no server.
    ///
    /// @throws Departure when nobody listens any more
    Answer carryOut(Order.OfStore order, Ear ear) throws Departure {
        try {
            return onStore(order, ear);
        } catch (Refused refused) {
            return new Failed(Exit.DATA, Why.of(order, refused.reason()));
        }
    }

    private Answer onStore(Order.OfStore order, Ear ear) throws Refused, Departure {
        var directory = store.directory();
        return switch (order) {
            case Order.AccountAdd(var address, var password) -> {
                var name = Addressee.of(address);
                var account = directory.add(name);
                try {
                    store.passwords().set(account, password);
                } catch (Refused refused) {
                    directory.remove(name); // an account that nobody can enter helps nobody
                    throw refused;
                }
                yield new Done(name.shown() + " has an account now.");
            }
            case Order.AccountList() -> accounts();
            case Order.AccountPasswd(var address, var password) -> {
                store.passwords().set(entry(address).account(), password);
                yield new Done(address + " has a new password.");
            }
            case Order.AccountRemove(var address) -> {
                directory.remove(Addressee.of(address));
                yield new Done(address + " has no account any more.");
            }
            case Order.AccountAppoint(var address) -> {
                directory.appoint(entry(address).account());
                yield new Done(
                        address + " is the administrator now, and has postmaster's letters.");
            }
            case Order.AccountQuota(var address, var octets) -> {
                store.account(entry(address).account()).limit(octets.orElse(null));
                yield new Done(address + " has another quota; `account list` shows it.");
            }
            case Order.Import(var from, var address, var password) -> {
                var account = store.account(entry(address).account());
                var source = Importing.Source.of(from);
                yield source.isEmpty()
                        ? new Failed(
                                Exit.USAGE, "Letters are imported from imaps://user@host[:port].")
                        : new Importing(store, account, source.get(), ear).run(password);
            }
            case Order.AccountLetters(var address, long most) -> {
                store.account(entry(address).account()).limitMessages(most);
                yield new Done(
                        most == 0
                                ? address + " may hold any number of letters."
                                : address + " may hold " + most + " letters.");
            }
            case Order.Restore(var address, var within) -> {
                int back =
                        store.account(entry(address).account())
                                .restore(Instant.now().minus(within));
                yield new Done(
                        (back == 1 ? "One letter is" : back + " letters are")
                                + " back in the mailboxes of "
                                + address
                                + ".");
            }
            case Order.AppPasswordAdd(var address, var label) -> {
                var issued = store.passwords().issue(entry(address).account(), label);
                yield new Answer.Issued(
                        HexFormat.of().toHexDigits(issued.about().id()),
                        issued.about().label(),
                        issued.secret());
            }
            case Order.AppPasswordList(var address) ->
                    new Answer.AppPasswords(
                            store.passwords().list(entry(address).account()).stream()
                                    .map(one ->
                                            new Answer.AppPassword(
                                                    HexFormat.of().toHexDigits(one.id()),
                                                    one.label(),
                                                    one.created()))
                                    .toList());
            case Order.AppPasswordRevoke(var address, var number) -> {
                store.passwords().revoke(entry(address).account(), id(number));
                yield new Done("App password " + number + " opens nothing any more.");
            }
            case Order.TotpAdd(var address) -> {
                var entry = entry(address);
                yield new Answer.SecondFactor(
                        entry.address().toString(), store.secondFactors().add(entry.account()));
            }
            case Order.TotpRemove(var address) -> {
                store.secondFactors().remove(entry(address).account());
                yield new Done(address + " has no second factor any more.");
            }
            case Order.WebSessionList(var address) ->
                    new Answer.WebSessions(
                            store.webSessions().list(entry(address).account()).stream()
                                    .map(one ->
                                            new Answer.WebSession(
                                                    HexFormat.of().toHexDigits(one.id()),
                                                    one.created(),
                                                    one.used(),
                                                    one.agent(),
                                                    one.from()))
                                    .toList());
            case Order.WebSessionEnd(var address, var number) -> {
                var account = entry(address).account();
                if (number.isPresent()) store.webSessions().end(account, id(number.get()));
                else store.webSessions().endAll(account, 0);
                yield new Done("Signed out.");
            }
            case Order.AccountInvite(var address, var life) -> {
                var sent = store.invitations().invite(address, life);
                yield new Answer.Invited(
                        sent.invitation().address(),
                        new Secret(
                                serving.map(Serving::site).orElse("https://YOUR-SERVER")
                                        + "/join/"
                                        + sent.token().reveal()),
                        sent.invitation().expires().orElseThrow());
            }
            case Order.AccountPending() ->
                    new Answer.Invitations(
                            store.invitations().list().stream()
                                    .map(one ->
                                            new Answer.Invitation(
                                                    one.address(),
                                                    one.state() == Invitation.State.PENDING,
                                                    one.created(),
                                                    one.note()))
                                    .toList());
            case Order.AccountApprove(var address) -> {
                store.invitations().approve(address);
                yield new Done(
                        address + " has an account now, with the password that it asked for.");
            }
            case Order.AccountRefuse(var address) -> {
                store.invitations().refuse(address);
                yield new Done(address + " is invited no more, and nobody asks for it.");
            }
            case Order.DomainAdd(var domain, var of) -> {
                if (of.isPresent()) directory.addDomain(domain, of.get());
                else directory.addDomain(domain);
                yield new Done("Letters for " + domain + " are taken now.");
            }
            case Order.DomainList() ->
                    new Answer.Domains(directory.domains(), directory.domainAliases());
            case Order.DomainRemove(var domain) -> {
                directory.removeDomain(domain);
                yield new Done("Letters for " + domain + " are not taken any more.");
            }
            case Order.AliasAdd(var alias, var members) -> {
                directory.setAlias(Addressee.of(alias), addressees(members));
                yield new Done(alias + " stands for " + String.join(", ", members) + " now.");
            }
            case Order.AliasList() ->
                    new Answer.Aliases(
                            directory.aliases().stream()
                                    .map(entry ->
                                            new Answer.Alias(
                                                    entry.alias().toString(),
                                                    entry.members().stream()
                                                            .map(Addressee::toString)
                                                            .toList()))
                                    .toList());
            case Order.AliasRemove(var alias) -> {
                directory.removeAlias(Addressee.of(alias));
                yield new Done(alias + " stands for nobody any more.");
            }
            case Order.ListAdd(var list, var owner, var membersOnly, var title, var members) -> {
                directory.setList(
                        new MailingList(
                                Addressee.of(list),
                                Addressee.of(owner),
                                membersOnly,
                                title,
                                addressees(members)));
                yield new Done(list + " is a list of " + members.size() + " now.");
            }
            case Order.ListShow() -> lists();
            case Order.ListJoin(var list, var members) -> {
                directory.changeList(Addressee.of(list), addressees(members), List.of());
                yield new Done(String.join(", ", members) + " are on " + list + " now.");
            }
            case Order.ListLeave(var list, var members) -> {
                directory.changeList(Addressee.of(list), List.of(), addressees(members));
                yield new Done(String.join(", ", members) + " are not on " + list + " any more.");
            }
            case Order.ListRemove(var list) -> {
                directory.removeList(Addressee.of(list));
                yield new Done(list + " is no list any more.");
            }
            case Order.MovedAdd(var from, var to, var forwards) -> {
                directory.move(new Directory.Move(Addressee.of(from), Addressee.of(to), forwards));
                yield new Done(
                        "Letters for "
                                + from
                                + (forwards ? " follow to " : " are refused; senders are told ")
                                + to
                                + ".");
            }
            case Order.MovedList() ->
                    new Answer.Moves(
                            directory.moves().stream()
                                    .map(move ->
                                            new Answer.Move(
                                                    move.from().toString(),
                                                    move.to().toString(),
                                                    move.forwards()))
                                    .toList());
            case Order.MovedRemove(var from) -> {
                directory.removeMove(Addressee.of(from));
                yield new Done("Letters for " + from + " go where they went before.");
            }
            case Order.JourneyOf(var name) -> journeys(name);
            case Order.QueueList() -> queue().list();
            case Order.QueueShow(var id) -> queue().show(id);
            case Order.QueueRetry(var what) -> queue().retry(what);
            case Order.QueueHold(var id) -> queue().hold(id);
            case Order.QueueRelease(var id) -> queue().release(id);
            case Order.QueueRemove(var id) -> queue().remove(id);
            case Order.OfFiles files -> new FileOrders(store, ear).carryOut(files);
            case Order.Check() -> check();
            case Order.Sweep(var olderThan) -> {
                var swept = store.sweep(olderThan);
                yield new Answer.Swept(
                        swept.accounts(), swept.rows(), swept.blobs(), swept.bytes());
            }
        };
    }

    private static List<Addressee> addressees(List<String> texts) throws Refused {
        var all = new ArrayList<Addressee>();
        for (var text : texts) all.add(Addressee.of(text));
        return all;
    }

    private Answer lists() {
        return new Answer.Lists(
                store.directory().lists().stream()
                        .map(list ->
                                new Answer.MailingList(
                                        list.name().toString(),
                                        list.owner().toString(),
                                        list.membersOnly(),
                                        list.title(),
                                        list.members().stream().map(Addressee::toString).toList()))
                        .toList());
    }

    private Answer journeys(String name) {
        var journeys = store.journeys().of(name);
        if (journeys.isEmpty())
            return new Failed(
                    Exit.DATA,
                    "Nothing is known of "
                            + name
                            + ": name a Message-ID, or what a letter was accepted as. Steps are"
                            + " kept for 30 days, half a million at most.");
        return new Answer.Journeys(
                journeys.stream()
                        .map(journey ->
                                new Answer.Journey(
                                        journey.id(),
                                        journey.messageId(),
                                        journey.steps().stream()
                                                .map(step ->
                                                        new Answer.Step(
                                                                step.when(),
                                                                step.what().name(),
                                                                step.recipient(),
                                                                step.detail()))
                                                .toList()))
                        .toList());
    }

    private Queueing queue() {
        return new Queueing(store, serving.map(it -> it.house().queue()));
    }

    private Answer accounts() throws Refused {
        var accounts = new ArrayList<Answer.Account>();
        for (var entry : store.directory().accounts()) {
            var quota = store.account(entry.account()).quota();
            accounts.add(
                    new Answer.Account(
                            entry.address().toString(),
                            entry.administrator(),
                            quota.used(),
                            quota.limit()));
        }
        return new Answer.Accounts(accounts);
    }

    private Directory.Entry entry(String address) throws Refused {
        var directory = store.directory();
        return directory
                .find(Addressee.of(address))
                .flatMap(directory::entry)
                .orElseThrow(() -> new Refused(Refused.Reason.NO_SUCH_ACCOUNT));
    }

    private static long id(String number) throws Refused {
        try {
            return Long.parseUnsignedLong(number, 16);
        } catch (NumberFormatException none) {
            throw new Refused(Refused.Reason.NO_SUCH_APP_PASSWORD);
        }
    }

    private Answer check() {
        var report = store.check();
        var queue = Inspection.of(store);
        return new Answer.Checked(
                report.sound() && queue.isEmpty(),
                report.accounts(),
                report.mailboxes(),
                report.messages(),
                report.files(),
                report.blobs(),
                Stream.concat(report.findings().stream(), queue.stream())
                        .map(finding ->
                                new Answer.Finding(
                                        finding.kind().name(), finding.account(), finding.what()))
                        .toList());
    }

    private static Answer carryOut(Order.OfServer order, Serving serving, Ear ear)
            throws Departure {
        return switch (order) {
            case Order.Status() -> serving.status();
            case Order.Reload() -> serving.reload();
            case Order.SessionList(boolean files) ->
                    new Answer.Sessions(
                            serving.house().sessions().list().stream()
                                    .filter(it -> !files || it.protocol().startsWith("ftp"))
                                    .toList());
            case Order.SessionEnd(var id) ->
                    serving.house().sessions().end(id)
                            ? new Done("Session " + id + " is cut off.")
                            : new Failed(
                                    Exit.DATA,
                                    "There is no session " + id + "; `sessions list` shows them.");
            case Order.Stop() -> {
                serving.stop();
                yield new Done("The server ends.");
            }
            case Order.QueueFetch(var host) -> serving.fetcher().fetch(host, ear);
            case Order.Tap(var protocol, var time) -> new Tapping(serving).run(protocol, time, ear);
        };
    }

    /// A password that nobody could guess, for the first administrator.
    public static Secret random() {
        var letters = "abcdefghijkmnpqrstuvwxyz23456789"; // none that looks like another
        var random = new java.security.SecureRandom();
        var text = new StringBuilder();
        for (int i = 0; i < 25; i++) { // 125 bits
            if (i > 0 && i % 5 == 0) text.append('-');
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return new Secret(text.toString());
    }
}
