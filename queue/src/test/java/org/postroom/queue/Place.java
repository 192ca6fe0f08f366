package org.postroom.queue;

import org.jspecify.annotations.Nullable;
import org.postroom.names.Resolver;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.Refusal;
import org.postroom.store.Account;
import org.postroom.store.Addressee;
import org.postroom.store.Letter;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A store and a queue on it, and what tests do with them.
final class Place implements AutoCloseable {

    static final String LETTER =
            "Subject: Tea\r\nMessage-ID: <tea@example.test>\r\n\r\nAt four.\r\n";
    static final byte[] PREFIX = "Return-Path: <x>\r\n".getBytes(StandardCharsets.UTF_8);

    final Store store;
    private @Nullable Queue queue;

    private Place(Store store) {
        this.store = store;
    }

    static Place inMemory(Path folder) {
        return new Place(Store.inMemory(folder, StoreSettings.standard()));
    }

    static Place onDisk(Path folder) throws HomeRefused {
        return new Place(Store.open(folder, StoreSettings.standard()));
    }

    static QueueSettings settings(Route... routes) {
        return new QueueSettings(
                "here.example",
                "127.0.0.1",
                1,
                Duration.ofDays(5),
                Duration.ofHours(4),
                List.of(routes));
    }

    Queue open(QueueSettings settings, Resolver resolver, InstantSource clock) {
        var open =
                Queue.open(
                        store, resolver, () -> settings, _ -> Tap.NONE, Tls::opportunistic, clock);
        queue = open;
        return open;
    }

    Queue open(InstantSource clock) {
        return open(settings(), Resolver.system(), clock);
    }

    Queue open() {
        return open(new Monotone());
    }

    Account account(String name) throws Refused {
        var address = Addressee.of(name);
        if (!store.directory().domains().contains(address.domain()))
            store.directory().addDomain(address.domain());
        return store.account(store.directory().add(address));
    }

    void accept(Queue queue, String letter, Consignment... consignments) {
        try (var draft = store.draft()) {
            var octets = letter.getBytes(StandardCharsets.UTF_8);
            draft.write(octets, 0, octets.length);
            queue.accept(draft.seal(), List.of(consignments));
        }
    }

    /// The commit of [Queue#accept], and nothing more: as if the power went then.
    List<Due> keep(String letter, Consignment... consignments) {
        try (var draft = store.draft()) {
            var octets = letter.getBytes(StandardCharsets.UTF_8);
            draft.write(octets, 0, octets.length);
            return keep(draft.seal(), consignments);
        }
    }

    List<Due> keep(Letter letter, Consignment... consignments) {
        return new Ledger(store.commits())
                .accept(
                        letter,
                        List.of(consignments),
                        System.currentTimeMillis(),
                        Duration.ofDays(5).toMillis());
    }

    static Consignment from(String sender, MailParameters parameters, Recipient... recipients)
            throws Refusal {
        return new Consignment(
                "k1",
                new Command.Mail(Grammar.address(sender), parameters),
                new byte[0],
                Optional.empty(),
                List.of(recipients));
    }

    static Consignment from(String sender, Recipient... recipients) throws Refusal {
        return from(sender, MailParameters.NONE, recipients);
    }

    static Recipient to(Account account) throws Refusal {
        return new Recipient.Local(
                account.id(), PREFIX, new Command.Rcpt(Grammar.address("somebody@example.test")));
    }

    static Recipient to(String address, RcptParameters parameters) throws Refusal {
        return new Recipient.Elsewhere(new Command.Rcpt(address(address), parameters));
    }

    static Recipient to(String address) throws Refusal {
        return to(address, RcptParameters.NONE);
    }

    static Address address(String text) throws Refusal {
        return Grammar.address(text);
    }

    static List<String> inbox(Account account) throws Refused, IOException {
        var view = account.view(account.inbox().id());
        var letters = new ArrayList<String>();
        for (int i = 1; i <= view.size(); i++)
            try (var in = account.message(view.email(i)).read()) {
                letters.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        return letters;
    }

    @Override
    public void close() {
        if (queue != null) queue.close();
        store.close();
    }
}
