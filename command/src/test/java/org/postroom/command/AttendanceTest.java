package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.CannotServe;
import org.postroom.control.Ports;
import org.postroom.control.Serving;
import org.postroom.home.Home;
import org.postroom.server.Port;
import org.postroom.smtp.Command.Rcpt;
import org.postroom.smtp.Command.Send;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

class AttendanceTest {

    private static final String ACCOUNT = "postmaster@localhost";

    @TempDir Path folder;

    // RFC 821 §3.4
    @Test
    void whatIsSaidIsShownAndNothingInItIsObeyed() throws Exception {
        var home = new Home(folder.resolve("home"));
        var shown = new StringWriter();
        var there =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            try {
                                new Attendance(home, new PrintWriter(shown)).of(ACCOUNT);
                            } catch (CannotServe | Departure ended) {
                                shown.write("the end");
                            }
                        });
        try (var serving = Serving.start(home, Serving.Wishes.NONE, Optional.of(Ports.free()))) {
            there.start();
            await().until(() -> shown.toString().contains("is there"));
            var smtp =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), serving.port(Port.SMTP));
            try (var client = new SmtpClient(Wire.connect(smtp, 5_000, Limits.CLIENT, Tap.NONE))) {
                client.hello("client.example");
                client.ask(new Send(Grammar.address("ann@elsewhere.example")));
                client.ask(new Rcpt(Grammar.address(ACCOUNT)));
                String letter = "Subject: tea\r\n\r\nis \u001b[31mready\r\n";
                client.data(new ByteArrayInputStream(letter.getBytes(StandardCharsets.US_ASCII)));
                client.quit();
            }
            await().until(() -> shown.toString().contains("ready"));
            assertThat(shown.toString()).contains("tea").doesNotContain("\u001b");
        }
        there.join();
        assertThat(shown.toString()).endsWith("the end");
    }
}
