package org.postroom.store;

import org.postroom.store.engine.HomeRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where a test's store has its rows: in memory, or on disk by the engine that serves.
enum Place {
    MEMORY,
    DISK;

    Store open(Path folder, StoreSettings settings) throws HomeRefused {
        return switch (this) {
            case MEMORY -> Store.inMemory(folder, settings);
            case DISK -> Store.open(folder, settings);
        };
    }

    Store open(Path folder) throws HomeRefused {
        return open(folder, StoreSettings.standard());
    }

    static final Instant WHEN = Instant.ofEpochSecond(1_000_000_000);
    static final byte[] PREFIX = octets("Return-Path: <alice@example.test>\r\n");

    static Account account(Store store, String name) throws Refused {
        var address = Addressee.of(name);
        if (!store.directory().domains().contains(address.domain()))
            store.directory().addDomain(address.domain());
        return store.account(store.directory().add(address));
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A letter of at least so many octets.
    static String text(String subject, int octets) {
        var text = new StringBuilder("Subject: " + subject + "\r\n\r\n");
        while (text.length() < octets) text.append("All is well, and more of it.\r\n");
        return text.toString();
    }

    static Appended append(
            Store store, Account account, MailboxId mailbox, String text, Flags flags)
            throws Refused {
        try (var draft = store.draft()) {
            byte[] octets = octets(text);
            draft.write(octets, 0, octets.length);
            return account.append(
                    mailbox, List.of(new NewMessage(draft.seal(), new byte[0], flags, WHEN)));
        }
    }

    static Appended append(Store store, Account account, String text) throws Refused {
        return append(store, account, account.inbox().id(), text, Flags.NONE);
    }

    static Optional<Appended> deliver(Store store, Account account, DeliveryId id, String text)
            throws Refused {
        try (var draft = store.draft()) {
            byte[] octets = octets(text);
            draft.write(octets, 0, octets.length);
            return account.deliver(id, new NewMessage(draft.seal(), PREFIX, Flags.NONE, WHEN));
        }
    }

    static String read(Content content) throws java.io.IOException {
        try (var in = content.read()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
