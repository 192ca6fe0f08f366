package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Ports;
import org.postroom.server.Port;
import org.postroom.smtp.Command.Mail;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Postmaster;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Proof;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The very first start: the home's own name, its folders and its administrator are as durable as the
/// letters that were acknowledged in it. The power cut takes the folder in which the home is made.
@Timeout(180)
final class NewHomeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aHomeThatHasJustBegunOutlivesAPowerCut() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var powerCut = PowerCut.build(folder.toRealPath(), PowerCut.Deaf.NOTHING);
        var home = Files.createDirectories(folder.toRealPath().resolve("site")).resolve("home");
        var longest = Duration.ofMillis(500);
        var report = new Round(new FirstStart(), home, 1, powerCut, longest, random).run();
        assertThat(report.complaints()).as("seed %d", seed).isEmpty();
        assertThat(report.acknowledged()).isPositive();
    }

    /// A server in a home that is not there yet; letters for its postmaster.
    private static final class FirstStart implements Subject {

        private int offset;
        private int letters;

        @Override
        public List<String> command(Path home, int round) throws IOException {
            offset = Ports.freeOffset();
            return ServerSubject.serve(home, offset, "256m");
        }

        @Override
        public Path atRisk(Path home) {
            return home.resolveSibling(".").normalize();
        }

        @Override
        public void work(Process child, int round, Runnable started) throws IOException {
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    child.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine())
                    if (line.startsWith("Ready.")) {
                        send(started);
                        return;
                    }
            }
        }

        private void send(Runnable started) {
            var at =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Port.SMTP.number + offset);
            var mail = new Mail(new NullPath(), MailParameters.NONE);
            try (var client = new SmtpClient(Wire.connect(at, 5_000, Limits.CLIENT, Tap.NONE))) {
                client.hello("prove.test");
                while (true) {
                    var letter = new ByteArrayInputStream(Specimen.letter("first-" + letters));
                    for (var reply : client.send(mail, List.of(new Postmaster()), letter))
                        if (reply.isPositive()) letters++;
                    started.run();
                }
            } catch (Departure killed) {
                // as it should be
            } catch (org.postroom.smtp.Refusal refusal) {
                throw new AssertionError(refusal.reply().toString(), refusal);
            }
        }

        @Override
        public long acknowledged() {
            return letters;
        }

        @Override
        public List<String> check(Path home) throws IOException {
            var complaints = new ArrayList<String>();
            try (var store = Store.open(home, StoreSettings.standard())) {
                var administrator = store.directory().accounts().getFirst();
                var account = store.account(administrator.account());
                int there = account.view(account.inbox().id()).size();
                if (there < letters) complaints.add(there + " letters of " + letters);
                var said = Files.readAllLines(home.resolve("run/first-admin"));
                var password = new Secret(said.getLast());
                if (store.passwords()
                                .verifyChosen(
                                        java.util.Optional.of(administrator.account()), password)
                        != Proof.WHOLE)
                    complaints.add("the administrator's password opens nothing");
            } catch (HomeRefused | org.postroom.store.Refused lost) {
                complaints.add(lost.toString());
            }
            return complaints;
        }
    }
}
