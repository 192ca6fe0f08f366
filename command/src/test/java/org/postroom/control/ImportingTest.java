package org.postroom.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.home.Home;
import org.postroom.server.Port;
import org.postroom.store.Addressee;
import org.postroom.store.Flag;
import org.postroom.store.Flags;
import org.postroom.store.NewMessage;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.Uids;
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class ImportingTest {

    private static final Secret PASSWORD = new Secret("letmein");
    private static final String BOB = "bob@example.test";

    @TempDir Path folder;

    private static Answer carryOut(Store store, Order order) throws Exception {
        return new Steward(store, Optional.empty()).carryOut(order, _ -> {});
    }

    private static Store with(Store store) throws Exception {
        carryOut(store, new Order.DomainAdd("example.test", Optional.empty()));
        carryOut(store, new Order.AccountAdd(BOB, PASSWORD));
        return store;
    }

    private static void append(Store store, String mailbox, Flags flags) throws Exception {
        var account = store.account(store.directory().find(Addressee.of(BOB)).orElseThrow());
        try (var draft = store.draft()) {
            var octets = "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII);
            draft.write(octets, 0, octets.length);
            var when = Instant.parse("2001-02-03T04:05:06Z");
            account.append(
                    account.mailbox(mailbox).orElseThrow().id(),
                    List.of(new NewMessage(draft.seal(), new byte[0], flags, when)));
        }
    }

    @Test
    void lettersComeWithFoldersFlagsAndDatesAndOnlyOnce() throws Exception {
        var home = new Home(folder.resolve("there"));
        Offline.carryOut(home, new Order.DomainAdd("example.test", Optional.empty()), _ -> {});
        Offline.carryOut(home, new Order.AccountAdd(BOB, PASSWORD), _ -> {});
        try (var store = Store.open(home.path(), StoreSettings.standard())) {
            var there = store.account(store.directory().find(Addressee.of(BOB)).orElseThrow());
            there.create("Work/2001", null);
            append(store, "INBOX", Flags.of(Flag.SEEN).with("$Work"));
            append(store, "Work/2001", Flags.NONE);
        }
        try (var serving = Serving.start(home, Serving.Wishes.NONE, Optional.of(Ports.free()));
                var here = with(Store.inMemory(folder.resolve("here"), StoreSettings.standard()))) {
            String url = "imap://bob%40example.test@127.0.0.1:" + serving.port(Port.IMAP);
            var order = new Order.Import(url, BOB, PASSWORD);
            assertThat(carryOut(here, order))
                    .isEqualTo(new Answer.Done("Done. 2 letters were brought here."));
            assertThat(carryOut(here, order))
                    .isEqualTo(
                            new Answer.Done(
                                    "Done. 0 letters were brought here, 2 were here already."));
            var bob = here.account(here.directory().find(Addressee.of(BOB)).orElseThrow());
            var inbox = bob.view(bob.inbox().id());
            assertThat(inbox.uids()).isEqualTo(Uids.of(1));
            assertThat(bob.keywords().flags(inbox.flags(1)))
                    .isEqualTo(Flags.of(Flag.SEEN).with("$Work"));
            assertThat(inbox.received(1))
                    .isEqualTo(Instant.parse("2001-02-03T04:05:06Z").toEpochMilli());
            assertThat(bob.mailbox("Work/2001").orElseThrow().exists()).isEqualTo(1);
            assertThat(carryOut(here, new Order.Import(url, BOB, new Secret("wrong"))))
                    .isInstanceOf(Answer.Failed.class);
            assertThat(carryOut(here, new Order.Import("http://x@y", BOB, PASSWORD)))
                    .isInstanceOf(Answer.Failed.class);
        }
    }
}
