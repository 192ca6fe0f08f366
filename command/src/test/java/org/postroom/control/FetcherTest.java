package org.postroom.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.home.Home;
import org.postroom.server.Port;
import org.postroom.smtp.Command;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Addressee;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class FetcherTest {

    private static final Secret PASSWORD = new Secret("letmein");

    @TempDir Path folder;

    private Home home(String name, String configuration) throws Exception {
        var home = new Home(Files.createDirectories(folder.resolve(name)));
        Files.writeString(home.configuration(), configuration);
        return home;
    }

    private static Serving start(Home home) throws CannotServe {
        return Serving.start(home, Serving.Wishes.NONE, Optional.of(Ports.free()));
    }

    // RFC 2645 §3: for who is not always there, or not always at the same address
    @Test
    void whatWaitsAtTheProviderIsFetchedByACommand() throws Exception {
        var away =
                home(
                        "provider",
                        """
                        [[route]]
                        domain = "branch.example"
                        collected-by = "branch@provider.example"
                        """);
        try (var provider = start(away)) {
            add(provider, "branch@provider.example");
            var secret = Files.writeString(folder.resolve("provider-password"), "letmein\n");
            var at = "host = \"127.0.0.1\"\nport = %d\n".formatted(provider.port(Port.ODMR));
            var here =
                    home(
                            "branch",
                            "[[fetch]]\n"
                                    + at
                                    + """
                                    user = "branch@provider.example"
                                    tls = "required"
                                    password = "%s"
                                    """
                                            .formatted(secret));
            try (var branch = start(here)) {
                add(branch, "ann@branch.example");
                assertThat(fetch(here, "all")).contains("127.0.0.1 has no mail for us.");
                post(provider, "ann@branch.example");
                assertThat(fetch(here, "127.0.0.1"))
                        .contains("127.0.0.1 has given us 1 letter.", "Fetched.");
                assertThat(fetch(here, "elsewhere.example").getFirst())
                        .contains("No [[fetch]] of the configuration names elsewhere.example.");
                Files.writeString(secret, "wrong\n");
                assertThat(branch.reload()).isInstanceOf(Done.class);
                assertThat(fetch(here, "all").getFirst()).contains("127.0.0.1: 535 5.7.8");
            }
        }
    }

    private static void add(Serving serving, String account) throws Exception {
        var directory = serving.house().store().directory();
        var name = Addressee.of(account);
        directory.addDomain(name.domain());
        serving.house().store().passwords().set(directory.add(name), PASSWORD);
    }

    private static void post(Serving serving, String to) throws Exception {
        var smtp = new InetSocketAddress(InetAddress.getLoopbackAddress(), serving.port(Port.SMTP));
        var letter = "Subject: hello\r\n\r\nIt waited.\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var client = new SmtpClient(Wire.connect(smtp, 5_000, Limits.CLIENT, Tap.NONE))) {
            client.hello("elsewhere.example");
            client.mail(
                    new Command.Mail(
                            Grammar.address("eve@elsewhere.example"), MailParameters.NONE));
            client.rcpt(Grammar.address(to));
            client.data(new ByteArrayInputStream(letter));
            client.quit();
        }
    }

    /// What is said of it, line by line.
    private static List<String> fetch(Home home, String host) throws Exception {
        var said = new ArrayList<String>();
        try (var caller = Caller.of(home).orElseThrow()) {
            switch (caller.ask(
                    new Order.QueueFetch(host), line -> said.add(((Answer.Said) line).line()))) {
                case Done(var words) -> said.add(words);
                case Failed(_, var why) -> said.add(why);
                case Answer other -> said.add(other.toString());
            }
        }
        return said;
    }
}
