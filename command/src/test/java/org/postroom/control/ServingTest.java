package org.postroom.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.home.Configuration;
import org.postroom.home.Home;
import org.postroom.home.Sample;
import org.postroom.server.Port;
import org.postroom.store.engine.HomeLock;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

final class ServingTest {

    @TempDir Path folder;

    private Home home() {
        return new Home(folder.resolve("home"));
    }

    private static Serving start(Home home) throws CannotServe {
        return Serving.start(home, Serving.Wishes.NONE, Optional.of(Ports.free()));
    }

    private static Wire call(Serving serving, Port port) throws Departure {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), serving.port(port));
        return Wire.connect(address, 5_000, Limits.CLIENT, Tap.NONE);
    }

    private static Answer ask(Home home, Order order) throws Exception {
        var caller = Caller.of(home);
        if (caller.isEmpty()) return Offline.carryOut(home, (Order.OfStore) order, _ -> {});
        try (var server = caller.get()) {
            return server.ask(order, _ -> {});
        }
    }

    @Test
    void aNewHomeGetsAConfigurationACertificateAndAnAdministrator() throws Exception {
        try (var serving = start(home())) {
            var born = serving.firstAdministrator().orElseThrow();
            assertThat(born.name().toString()).isEqualTo("postmaster@localhost");
            assertThat(home().configuration()).hasContent(Sample.text());
            assertThat(mode(home().configuration())).isEqualTo("rw-------");
            assertThat(mode(home().firstAdministrator())).isEqualTo("rw-------");
            assertThat(home().firstAdministrator())
                    .hasContent("postmaster@localhost\n" + born.password().reveal());
            for (var socket : List.of("control", "imap", "submission", "lmtp"))
                assertThat(mode(home().socket(socket))).isEqualTo("rw-------");
        }
        try (var again = start(home())) {
            assertThat(again.firstAdministrator()).isPresent(); // until the file is taken away
            Files.delete(home().firstAdministrator());
            assertThat(again.firstAdministrator()).isEmpty();
            assertThat(again.isAdministered()).isTrue();
        }
    }

    @Test
    void aBirthThatWasCutShortIsFinishedAndNeverRepeated() throws Exception {
        var home = home();
        home.prepare();
        Birth.begin(home, Configuration.read(home.path()));
        var decided = Files.readString(home.path().resolve("run/first-admin.new"));
        ask(
                home,
                new Order.DomainAdd(
                        "example.test", Optional.empty())); // whoever opens the store finishes it
        assertThat(home.firstAdministrator()).hasContent(decided);
        ask(home, new Order.AccountRemove("postmaster@localhost"));
        ask(home, new Order.AliasAdd("postmaster@localhost", List.of("x@y.z")));
        try (var serving = start(home)) {
            assertThat(serving.isAdministered()).isFalse();
            ask(home, new Order.AccountAdd("ann@example.test", new Secret("letmein")));
            ask(home, new Order.AccountAppoint("ann@example.test"));
            assertThat(serving.isAdministered()).isTrue();
        }
    }

    @Test
    void aReloadSaysWhatCountsFromTheNextStartOnly() throws Exception {
        try (var serving = start(home())) {
            assertThat(serving.reload()).isEqualTo(new Answer.Done("Reloaded."));
            Files.writeString(home().configuration(), "[store]\nquota = \"5 GiB\"\n");
            assertThat(serving.reload())
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.said()).contains("store", "the next start"));
        }
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws Exception {
        var path = Files.createDirectories(folder.resolve("else"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(path.resolve("mine"));
        for (var order :
                List.of(
                        new Order.DomainList(),
                        new Order.DomainAdd("example.test", Optional.empty())))
            assertThatThrownBy(() -> ask(new Home(path), order))
                    .isInstanceOf(CannotServe.class)
                    .hasMessageContaining("folder of something else");
        assertThat(mode(path)).isEqualTo("rwxr-xr-x");
        assertThat(path).isDirectoryContaining(it -> it.endsWith("mine"));
        try (var names = Files.list(path)) {
            assertThat(names).hasSize(1);
        }
    }

    @Test
    void aDamagedConfigurationKeepsNobodyFromLooking() throws Exception {
        ask(home(), new Order.DomainAdd("example.test", Optional.empty()));
        Files.writeString(home().configuration(), "[server\n");
        assertThat(ask(home(), new Order.DomainList())).isInstanceOf(Answer.Domains.class);
        assertThat(ask(home(), new Order.Check())).isInstanceOf(Answer.Checked.class);
        assertThatThrownBy(() -> start(home())).isInstanceOf(CannotServe.class);
    }

    @Test
    void aServerWaitsForAnOrderThatIsCarriedOutOnItsHome() throws Exception {
        ask(home(), new Order.DomainAdd("example.test", Optional.empty()));
        var lock = HomeLock.take(home().path().resolve("store"));
        var letting =
                Thread.ofVirtual()
                        .start(() -> {
                            LockSupport.parkNanos(300_000_000);
                            lock.close();
                        });
        try (var serving = start(home())) {
            assertThat(serving.isAdministered()).isTrue();
        }
        letting.join();
    }

    @Test
    void ordersAreTheSameWithAServerAndWithout() throws Exception {
        var password = new Secret("letmein");
        var orders =
                List.<Order>of(
                        new Order.DomainAdd("example.test", Optional.empty()),
                        new Order.DomainAdd("example.test", Optional.empty()),
                        new Order.DomainList(),
                        new Order.AccountAdd("Ann@Example.Test", password),
                        new Order.AccountAdd("ann@example.test", password),
                        new Order.AccountAdd("ann@example.org", password),
                        new Order.AccountAdd("no address", password),
                        new Order.AccountAdd("bob@example.test", new Secret("")),
                        new Order.AccountAppoint("ann@example.test"),
                        new Order.AccountQuota("ann@example.test", Optional.of(1000L)),
                        new Order.AccountQuota("nobody@example.test", Optional.empty()),
                        new Order.AccountList(),
                        new Order.AccountPasswd("ann@example.test", new Secret("other")),
                        new Order.AccountPasswd("nobody@example.test", password),
                        new Order.AppPasswordAdd("ann@example.test", "phone"),
                        new Order.AppPasswordRevoke("ann@example.test", "99"),
                        new Order.AliasAdd(
                                "all@example.test", List.of("ann@example.test", "x@y.z")),
                        new Order.AliasAdd("ann@example.test", List.of("x@y.z")),
                        new Order.AliasList(),
                        new Order.DomainRemove("example.test"),
                        new Order.AliasRemove("all@example.test"),
                        new Order.AliasRemove("all@example.test"),
                        new Order.Sweep(Duration.ZERO),
                        new Order.Check(),
                        new Order.AccountRemove("ann@example.test"),
                        new Order.AccountRemove("ann@example.test"),
                        new Order.DomainRemove("example.test"),
                        new Order.Sweep(Duration.ZERO),
                        new Order.Check());
        var offline = new Home(folder.resolve("offline"));
        var without = new ArrayList<Answer>();
        for (var order : orders) without.add(plain(ask(offline, order)));
        var with = new ArrayList<Answer>();
        try (var serving = start(home())) {
            for (var order : orders) with.add(plain(ask(serving.home(), order)));
        }
        assertThat(with).containsExactlyElementsOf(without);
        assertThat(without.get(0)).isEqualTo(new Done("Letters for example.test are taken now."));
        assertThat(without.get(4))
                .isEqualTo(
                        new Failed(
                                Exit.DATA,
                                "ann@example.test is taken, by an account, an alias or a list."));
        assertThat(((Failed) without.get(5)).why()).contains("`domain add`");
        assertThat(((Answer.Checked) without.getLast()).sound()).isTrue();
    }

    /// An app password is another each time.
    private static Answer plain(Answer answer) {
        return answer instanceof Answer.Issued issued
                ? new Answer.Issued("", issued.label(), new Secret(""))
                : answer;
    }

    @Test
    void aSecondServerOnTheSameHomeIsRefusedAndToldWhoHasIt() throws Exception {
        try (var first = start(home())) {
            assertThatThrownBy(() -> start(home()))
                    .isInstanceOf(CannotServe.class)
                    .hasMessageContaining("in use by");
            assertThat(first.status().connections()).isZero();
            assertThat(Caller.of(home())).isPresent();
        }
    }

    @Test
    void aPortInUseIsNamedAndTheHomeIsLetGo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports =
                    port ->
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    port == Port.IMAP ? taken.getLocalPort() : 0);
            assertThatThrownBy(() -> Serving.start(home(), Serving.Wishes.NONE, Optional.of(ports)))
                    .isInstanceOf(CannotServe.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " (imap) at 127.0.0.1")
                    .hasMessageContaining("--port-offset");
        }
        start(home()).close();
    }

    @Test
    void aReloadCountsAndEndsNoSession() throws Exception {
        try (var serving = start(home());
                var session = call(serving, Port.POP3)) {
            session.line();
            var before = serving.house().certificates().certificate();
            Files.writeString(home().configuration(), "[server]\nname = \"mail.example.org\"\n");
            Files.delete(home().path().resolve("tls/certificate.pem"));
            Files.delete(home().path().resolve("tls/key.pem"));
            var configuration = org.postroom.home.Configuration.read(home().path());
            org.postroom.home.Credentials.makeMissing(home(), configuration);
            assertThat(ask(home(), new Order.Reload())).isEqualTo(new Done("Reloaded."));
            assertThat(serving.house().settings().get().server().name())
                    .isEqualTo("mail.example.org");
            assertThat(serving.house().certificates().certificate()).isNotEqualTo(before);
            session.say(Line.of("CAPA"));
            assertThat(session.line().text()).startsWith("+OK");
            try (var secured = call(serving, Port.POP3S)) {
                secured.secure(
                        Tls.trusting(List.of(serving.house().certificates().certificate())),
                        "mail.example.org");
                assertThat(secured.line().text()).startsWith("+OK");
            }
        }
    }

    @Test
    void aBadFileLeavesTheOldConfigurationInForce() throws Exception {
        try (var serving = start(home())) {
            var before = serving.house().settings().get();
            Files.writeString(home().configuration(), "[server]\nnam = \"x\"\n");
            var answer = (Failed) ask(home(), new Order.Reload());
            assertThat(answer.exit()).isEqualTo(Exit.CONFIGURATION);
            assertThat(answer.why())
                    .contains("postroom.toml:2: [server] nam is unknown", "stays in force");
            assertThat(serving.house().settings().get()).isEqualTo(before);
        }
    }

    @Test
    void whatCountsAtTheNextStartIsSaid() throws Exception {
        try (var _ = start(home())) {
            Files.writeString(home().configuration(), "[server]\nport-offset = 7\n");
            assertThat(((Done) ask(home(), new Order.Reload())).said()).contains("next start");
        }
    }

    @Test
    void stopTellsThoseWhoWaitAndLetsGoOfEverything() throws Exception {
        var serving = start(home());
        try (var session = call(serving, Port.POP3)) {
            session.line();
            assertThat(ask(home(), new Order.Stop())).isEqualTo(new Done("The server ends."));
            serving.awaitStop();
            serving.close();
            assertThat(session.line().text()).startsWith("-ERR");
            assertThatThrownBy(session::line).isInstanceOf(Departure.class);
        }
        assertThatThrownBy(() -> call(serving, Port.POP3)).isInstanceOf(Departure.class);
        assertThat(home().path().resolve("run").toFile().list()).containsExactly("first-admin");
        assertThat(Caller.of(home())).isEmpty();
    }

    @Test
    void aSocketThatACrashLeftIsInNobodysWay() throws Exception {
        start(home()).close();
        try (var stale =
                java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            stale.bind(java.net.UnixDomainSocketAddress.of(home().socket("control")));
        }
        assertThat(ask(home(), new Order.DomainList()))
                .isEqualTo(new Answer.Domains(List.of("localhost"), Map.of()));
        try (var _ = start(home())) {
            assertThat(Caller.of(home())).isPresent();
        }
    }

    @Test
    void theTapShowsNewConversationsAndNoSecret() throws Exception {
        try (var serving = start(home())) {
            var heard = new CopyOnWriteArrayList<String>();
            var tapping =
                    CompletableFuture.supplyAsync(() -> {
                        try (var caller = Caller.of(home()).orElseThrow()) {
                            var order = new Order.Tap(Optional.of("pop3"), Duration.ofSeconds(30));
                            return caller.ask(
                                    order, said -> heard.add(((Answer.Said) said).line()));
                        } catch (CannotServe | Departure e) {
                            throw new AssertionError(e);
                        }
                    });
            await().until(() -> {
                try (var session = call(serving, Port.POP3)) {
                    session.line();
                    session.say(Line.of("USER ann@example.test"));
                    session.line();
                    session.say(Line.of("PASS opensesame"));
                    session.line();
                }
                return heard.stream().anyMatch(line -> line.contains("PASS"));
            });
            serving.stop();
            assertThat(tapping.join()).isInstanceOf(Done.class);
            assertThat(heard).anyMatch(line -> line.matches("pop3 \\d+  S: \\+OK.*"));
            assertThat(heard).anyMatch(line -> line.endsWith("C: PASS ****"));
            assertThat(String.join("\n", heard)).doesNotContain("opensesame");
        }
    }

    @Test
    void aTapOfAnUnknownProtocolIsToldTheNames() throws Exception {
        try (var _ = start(home())) {
            var order = new Order.Tap(Optional.of("gopher"), Duration.ZERO);
            assertThat(((Failed) ask(home(), order)).why()).contains("gopher", "imaps", "smtp");
        }
    }

    @Test
    void statusShowsWhatListensAndWhatWasCounted() throws Exception {
        try (var serving = start(home())) {
            try (var session = call(serving, Port.POP3)) {
                session.line();
                session.say(Line.of("QUIT"));
                session.line();
            }
            await().until(() -> serving.status().connections() == 0);
            var status = (Answer.Status) ask(home(), new Order.Status());
            assertThat(status.listeners())
                    .hasSize(Port.values().length + 3)
                    .contains(
                            new Answer.Listening(
                                    "pop3",
                                    "127.0.0.1:" + serving.port(Port.POP3),
                                    Port.POP3.use,
                                    0));
            assertThat(status.accounts()).isEqualTo(1);
            assertThat(status.figures()).containsEntry("session.pop3", 1L);
            assertThat(status.perMinute()).containsEntry("session.pop3", 1L);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
