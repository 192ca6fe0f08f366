package org.postroom.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.ftp.Verb;
import org.postroom.logbook.Format;
import org.postroom.queue.Route;
import org.postroom.server.Settings;
import org.postroom.wire.Network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class ConfigurationTest {

    private static final Path HOME = Path.of("/somewhere/home");

    private static Configuration parse(String text) throws BadConfiguration {
        return Configuration.parse(text, "postroom.toml", HOME);
    }

    private static List<String> problems(String... lines) {
        var bad = assertThrows(BadConfiguration.class, () -> parse(String.join("\n", lines)));
        return bad.problems();
    }

    @Test
    void anEmptyFileIsTheStandardConfiguration() throws BadConfiguration {
        var configuration = parse("");
        assertThat(configuration.settings()).isEqualTo(Settings.standard());
        assertThat(configuration.log()).isEqualTo(Format.LOGFMT);
        assertThat(configuration.key()).isEqualTo(HOME.resolve("tls/key.pem"));
    }

    @Test
    void everyKeyIsRead() throws BadConfiguration {
        var configuration =
                parse(
                        """
                        [server]
                        name = "Mail.Example.org"
                        listen = "::"
                        port-offset = 0
                        proxies = ["192.0.2.0/24", "::1"]
                        [tls]
                        certificate = "/etc/ssl/mail.pem"
                        key = "tls/other.pem"
                        [limits]
                        connections = 20000
                        per-address = 50
                        line = 4096
                        message = "1 GiB"
                        [ftp]
                        passive-ports = "30000-30999"
                        anonymous = "public@example.org"
                        anonymous-commands = ["RETR", "STOR"]
                        anonymous-drop-box = "/incoming"
                        [[ftp-profile]]
                        account = "camera@example.org"
                        clear-text-from = ["192.168.7.0/24"]
                        demand-resumption = true
                        rate = "2 MiB"
                        sessions = 4
                        dos-lists = true
                        [log]
                        format = "json"
                        [dns]
                        servers = ["9.9.9.9", "127.0.0.1:5353", "[::1]:54"]
                        [[route]]
                        domain = "example.net"
                        port = 10025
                        [[route]]
                        domain = "*"
                        host = "smart.example.org"
                        """);
        var settings = configuration.settings();
        assertThat(settings.server())
                .isEqualTo(
                        new Settings.Server(
                                "mail.example.org",
                                "::",
                                0,
                                List.of(
                                        Network.of("192.0.2.0/24").orElseThrow(),
                                        Network.of("::1").orElseThrow())));
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(20000, 50, 4096, 1L << 30));
        assertThat(settings.ftp())
                .isEqualTo(
                        new Settings.Ftp(
                                30000,
                                30999,
                                Optional.of(
                                        new Settings.Anonymous(
                                                "public@example.org",
                                                Set.of(Verb.RETR, Verb.STOR),
                                                "/incoming")),
                                List.of(
                                        new Settings.Profile(
                                                "camera@example.org",
                                                List.of(Network.of("192.168.7.0/24").orElseThrow()),
                                                true,
                                                2L << 20,
                                                4,
                                                true))));
        assertThat(settings.dns().servers())
                .extracting(server -> server.getAddress().getHostAddress() + " " + server.getPort())
                .containsExactly("9.9.9.9 53", "127.0.0.1 5353", "0:0:0:0:0:0:0:1 54");
        assertThat(settings.routes())
                .containsExactly(
                        Route.to("example.net", Optional.empty(), Optional.of(10025)),
                        Route.to("*", Optional.of("smart.example.org"), Optional.empty()));
        assertThat(configuration.certificate()).isEqualTo(Path.of("/etc/ssl/mail.pem"));
        assertThat(configuration.key()).isEqualTo(HOME.resolve("tls/other.pem"));
        assertThat(configuration.log()).isEqualTo(Format.JSON);
    }

    @Test
    void aMisspeltKeyIsNamedWithItsLineAndTheNearestRightName() {
        assertThat(problems("[limits]", "conections = 5"))
                .containsExactly(
                        "postroom.toml:2: [limits] conections is unknown; did you mean [limits]"
                                + " connections?");
        assertThat(problems("", "[servre]", "name = \"a.example\""))
                .containsExactly("postroom.toml:2: [servre] is unknown; did you mean [server]?");
    }

    @Test
    void aKeyInTheWrongTableIsSentToItsOwn() {
        assertThat(problems("[server]", "per-address = 5"))
                .containsExactly(
                        "postroom.toml:2: [server] per-address is unknown; did you mean [limits]"
                                + " per-address?");
        assertThat(problems("listen = \"::\""))
                .containsExactly(
                        "postroom.toml:1: listen stands outside of its table; did you mean [server]"
                                + " listen?");
    }

    @Test
    void aWrongTypeOrValueSaysWhatItHasToBe() {
        assertThat(problems("[server]", "port-offset = \"none\"").getFirst())
                .isEqualTo(
                        "postroom.toml:2: [server] port-offset is \"none\"; it has to be a whole"
                                + " number from 0 to 60000");
        assertThat(problems("[server]", "listen = \"localhost\"").getFirst())
                .startsWith(
                        "postroom.toml:2: [server] listen is \"localhost\"; it has to be an IP");
        assertThat(problems("[limits]", "message = -1").getFirst())
                .contains("[limits] message is -1");
        assertThat(problems("[ftp]", "passive-ports = \"9-1\"").getFirst()).contains("30000-30999");
        assertThat(problems("[dns]", "servers = [\"dns.example\"]").getFirst()).contains("a list");
        assertThat(problems("server = 3").getFirst()).contains("[server] is a table");
        assertThat(problems("[route]", "domain = \"a.example\"").getFirst())
                .contains("double brackets");
    }

    @Test
    void aRouteHasToSayWhoseItIsAndWhatItChanges() {
        assertThat(problems("[[route]]", "host = \"a.example\"").getFirst())
                .contains("postroom.toml:1: [[route]] has no domain");
        assertThat(problems("[[route]]", "domain = \"a.example\"").getFirst())
                .contains("changes nothing");
    }

    @Test
    void nobodyBecomesAnOpenRelayByASlip() {
        assertThat(problems("[[route]]", "domain = \"*\"", "accept = true").getFirst())
                .contains("everybody's letters to anywhere");
        assertThat(
                        problems("[[route]]", "domain = \"*\"", "collected-by = \"a@example.org\"")
                                .getFirst())
                .contains("everybody's letters to anywhere");
    }

    @Test
    void lettersMayWaitForAnAccountsServer(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("provider-password"), "letmein\n");
        var settings =
                Configuration.parse(
                                """
                                [smtp]
                                turn = true
                                [[route]]
                                domain = "branch.example"
                                collected-by = "branch@example.org"
                                [[fetch]]
                                host = "mail.provider.example"
                                user = "me"
                                password = "provider-password"
                                every = "15m"
                                [[fetch]]
                                host = "old.example"
                                by = "etrn"
                                domains = ["example.org"]
                                """,
                                "postroom.toml",
                                home)
                        .settings();
        assertThat(settings.smtp()).isEqualTo(new Settings.Smtp(true, false));
        assertThat(settings.routes())
                .containsExactly(Route.collected("branch.example", "branch@example.org"));
        var atrn = settings.fetches().getFirst();
        assertThat(atrn.by()).isEqualTo(Settings.Fetch.Way.ATRN);
        assertThat(atrn.every()).contains(Duration.ofMinutes(15));
        assertThat(atrn.from().port()).contains(366);
        assertThat(atrn.from().tls()).isEqualTo(Route.Security.VERIFIED);
        assertThat(settings.fetches().getLast().from().port()).contains(25);
    }

    @Test
    void whoFetchesHasToSayWhereAndAsWhom() {
        assertThat(problems("[[fetch]]", "by = \"etrn\"", "domains = [\"a.example\"]").getFirst())
                .contains("[[fetch]] has no host");
        assertThat(problems("[[fetch]]", "host = \"a.example\"").getFirst())
                .contains("give it a user and a password");
        assertThat(problems("[[fetch]]", "host = \"a.example\"", "by = \"etrn\"").getFirst())
                .contains("has to say by domains");
        assertThat(
                        problems(
                                "[[fetch]]",
                                "host = \"a.example\"",
                                "by = \"turn\"",
                                "tls = \"required\""))
                .anyMatch(problem -> problem.contains("has to know the other server"));
    }

    @Test
    void aRouteThatSignsInNeedsAUserAndAPasswordThatCanBeRead() {
        assertThat(
                        problems(
                                        "[[route]]",
                                        "domain = \"*\"",
                                        "host = \"smart.example\"",
                                        "user = \"me\"")
                                .getFirst())
                .contains("give it both");
        assertThat(
                        problems(
                                        "[[route]]",
                                        "domain = \"*\"",
                                        "host = \"smart.example\"",
                                        "tls = \"always\"")
                                .getFirst())
                .contains("[route] tls is \"always\"");
        assertThat(
                        problems(
                                        "[[route]]",
                                        "domain = \"*\"",
                                        "host = \"smart.example\"",
                                        "user = \"me\"",
                                        "password = \"no/such/file\"")
                                .getFirst())
                .contains("can't be read");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(problems("[server]", "nam = \"x\"", "port-offset = -1", "[lgo]", "format = 1"))
                .hasSize(3);
    }

    @Test
    void whatIsNoTomlIsNamedWithItsLine() {
        assertThat(problems("[server]", "name = \"open").getFirst())
                .startsWith("postroom.toml:2: ");
        assertThat(problems("\u0000\u0007[[[")).isNotEmpty();
    }
}
