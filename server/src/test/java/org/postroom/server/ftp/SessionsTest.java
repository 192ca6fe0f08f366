package org.postroom.server.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postroom.ftp.Entry;
import org.postroom.ftp.FtpClient;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Type;
import org.postroom.server.Journal;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.FilePath;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What several sessions do to one another, and how one knows that a data connection is its own.
final class SessionsTest {

    private static final String BOB = "bob@example.test";
    private static final int MANY = 16;

    private final TestHouse house;

    SessionsTest() throws Exception {
        house = new TestHouse();
        house.account(BOB);
    }

    @AfterEach
    void end() throws IOException {
        house.close();
    }

    private FtpClient session() throws Departure, Refusal {
        var wire = Wire.connect(house.address(Port.FTP), 5_000, Limits.CLIENT, Tap.NONE);
        var client = new FtpClient(wire, () -> Tap.NONE);
        client.signIn(BOB, TestHouse.PASSWORD);
        client.type(new Type.Image());
        return client;
    }

    private static ByteArrayInputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(FtpClient client, String path) throws Departure, Refusal {
        var all = new ByteArrayOutputStream();
        client.get(path, 0, all::write);
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void f13UploadsOfOneNameNeverMix() throws Exception { // TRAPS F13
        var begun = new CountDownLatch(2);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor();
                var reader = session()) {
            var uploads = new ArrayList<Future<?>>();
            for (var letter : List.of("a", "b"))
                uploads.add(pool.submit(() -> putInHalves(letter.repeat(300_000), begun)));
            for (var upload : uploads) upload.get();
            assertThat(get(reader, "one")).isIn("a".repeat(600_000), "b".repeat(600_000));
        }
    }

    /// The second half goes when the first halves of both have gone.
    private boolean putInHalves(String half, CountDownLatch begun) throws Exception {
        var octets = half.getBytes(StandardCharsets.UTF_8);
        try (var client = session()) {
            client.put(
                    "one",
                    Optional.empty(),
                    flow -> {
                        flow.octets(octets, 0, octets.length);
                        begun.countDown();
                        awaitBoth(begun);
                        flow.octets(octets, 0, octets.length);
                        flow.end();
                    });
        }
        return true;
    }

    private static void awaitBoth(CountDownLatch begun) throws IOException {
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void f13NoRecordThatManyAppendIsLost() throws Exception { // TRAPS F13
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var sessions = new ArrayList<Future<?>>();
            for (int i = 0; i < MANY; i++) {
                String record = "record %02d\n".formatted(i);
                sessions.add(pool.submit(() -> append(record)));
            }
            for (var session : sessions) session.get();
        }
        try (var reader = session()) {
            var lines = get(reader, "log").lines().toList();
            assertThat(lines).hasSize(5 * MANY).allMatch(line -> line.matches("record \\d\\d"));
            assertThat(lines.stream().distinct()).hasSize(MANY);
        }
    }

    private boolean append(String record) throws Exception {
        try (var client = session()) {
            for (int n = 0; n < 5; n++) client.append("log", body(record));
        }
        return true;
    }

    @Test
    void f18F19ADataConnectionGoesOnWithItsOwnControlSessionOrComesFromItsPeer()
            throws Exception { // TRAPS F18, F19
        try (var client = session()) {
            var tls = Tls.opportunistic();
            client.authTls(tls, "localhost");
            client.signIn(BOB, TestHouse.PASSWORD);
            client.protectData(tls, "localhost");
            client.put("resumes", body("x"));
            client.protectData(Tls.opportunistic(), "localhost");
            client.put("does-not", body("x"));
            client.passive(false);
            client.protectData(tls, "localhost");
            client.put("resumes-active", body("x"));
        }
        assertThat(data("/resumes")).isEqualTo("tls resumed");
        assertThat(data("/does-not")).isEqualTo("tls by address");
        assertThat(data("/resumes-active")).isEqualTo("tls resumed");
    }

    /// What the journal says of the transfer of a file.
    private String data(String path) {
        return house.journal().stream()
                .filter(entry -> path.equals(field(entry, "path")))
                .map(entry -> field(entry, "data"))
                .findFirst()
                .orElseThrow();
    }

    private static String field(Journal.Entry entry, String name) {
        return entry.fields().stream()
                .filter(field -> field.name().equals(name))
                .map(field -> String.valueOf(field.value()))
                .findFirst()
                .orElse("");
    }

    @Test
    void f19AnotherSessionsTlsIsNotGoneOnWith() throws Exception { // TRAPS F19
        try (var client = session();
                var other = session()) {
            var tls = Tls.opportunistic();
            other.authTls(tls, "localhost");
            other.signIn(BOB, TestHouse.PASSWORD);
            client.authTls(Tls.opportunistic(), "localhost");
            client.signIn(BOB, TestHouse.PASSWORD);
            client.protectData(tls, "localhost");
            client.put("mine", body("x"));
        }
        assertThat(data("/mine")).isEqualTo("tls by address");
    }

    @Test
    void f24WhatIsToldOfAFileAgrees() throws Exception { // TRAPS F24
        try (var client = session()) {
            client.put("a", body("abc"));
            var time = Instant.parse("2020-01-02T03:04:05Z");
            client.ask(new org.postroom.ftp.Command.Mfmt(time, "a"));
            var entries = new ArrayList<Entry>();
            client.mlsd(Optional.empty(), entries::add);
            var told = client.mlst("a");
            assertThat(entries)
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.size()).isEqualTo(told.size()).hasValue(3);
                        assertThat(entry.modified()).isEqualTo(told.modified()).contains(time);
                        assertThat(entry.unique()).isEqualTo(told.unique());
                        assertThat(entry.perm()).isEqualTo(told.perm());
                    });
            client.rename("a", "b");
            assertThat(client.mlst("b").unique()).isEqualTo(told.unique());
            client.put("a", body("other"));
            assertThat(client.mlst("a").unique()).isNotEqualTo(told.unique());
        }
    }

    @Test
    void f21NoNameLeadsOutOfTheTree() throws Exception { // TRAPS F21
        house.account("ann@example.test").files().makeDirectory(FilePath.ROOT.resolve("hers"));
        try (var client = session()) {
            for (var path : List.of("..", "/..", "../../..", "/../../etc", "..//..", "./../hers")) {
                assertThatThrownBy(() -> client.size(path + "/passwd")).isInstanceOf(Refusal.class);
                assertThatThrownBy(() -> client.cwd(path + "/hers")).isInstanceOf(Refusal.class);
            }
            client.cwd("/../..");
            assertThat(client.pwd()).isEqualTo("/");
        }
    }
}
