package org.postroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.agent.account.Discovery;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.SecretSource;
import org.postroom.agent.account.Settings;
import org.postroom.names.NameServer;
import org.postroom.names.Resolver;
import org.postroom.names.Zone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where an address's letters are, asked of a stand-in for the domain's pages and name server.
final class DiscoveryTest {

    private static final String AUTOCONFIG = "https://autoconfig.example.test/mail/config-v1.1.xml";
    private static final String WELL_KNOWN =
            "https://example.test/.well-known/autoconfig/mail/config-v1.1.xml";
    private static final String IN_THE_CLEAR =
            "http://autoconfig.example.test/mail/config-v1.1.xml";

    @TempDir Path folder;

    private final Map<String, String> pages = new HashMap<>(); // by the address that is asked for
    private HttpServer web;
    private NameServer names;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        web.createContext(
                "/",
                exchange -> {
                    String page = exchange.getRequestURI().getPath().substring(1);
                    byte[] text = pages.getOrDefault(page, "").getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            text.length == 0 ? 404 : 200, text.length == 0 ? -1 : text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        web.start();
        names = NameServer.of(Zone.of("example.test A 127.0.0.1\n"));
    }

    @AfterEach
    void stop() {
        web.stop(0);
        names.close();
    }

    /// Every page is the stand-in's.
    private Discovery discovery() {
        return new Discovery(
                Resolver.of(List.of(names.address()), Duration.ofSeconds(5)),
                page -> {
                    assertThat(page.getQuery()).isEqualTo("emailaddress=ann@example.test");
                    String asked = page.toString().replaceAll("\\?.*", "");
                    return Discovery.fetch(
                            URI.create(
                                    "http://127.0.0.1:"
                                            + web.getAddress().getPort()
                                            + "/"
                                            + asked));
                });
    }

    private Settings settings() throws Hindrance {
        return discovery().of("ann@example.test");
    }

    private static String config(String... servers) {
        return "<?xml version=\"1.0\"?>\n<clientConfig version=\"1.1\"><emailProvider id=\"x\">"
                + "<domain>example.test</domain>"
                + String.join("", servers)
                + "</emailProvider></clientConfig>";
    }

    private static String server(
            String direction, String type, String host, int port, String socket, String user) {
        return "<%1$s type=\"%2$s\"><hostname>%3$s</hostname><port>%4$d</port><socketType>%5$s</socketType><username>%6$s</username><authentication>password-cleartext</authentication></%1$s>"
                .formatted(direction, type, host, port, socket, user);
    }

    private static final String OUT =
            server("outgoingServer", "smtp", "out.example.test", 587, "STARTTLS", "%EMAILADDRESS%");

    @Test
    void theDomainsOwnPageIsBelieved() throws Exception {
        pages.put(
                AUTOCONFIG,
                config(
                        server("incomingServer", "pop3", "in.example.test", 110, "plain", "x"),
                        server(
                                "incomingServer",
                                "imap",
                                "In.%EMAILDOMAIN%",
                                1993,
                                "SSL",
                                "%EMAILLOCALPART%"),
                        OUT));
        var settings = settings();
        assertThat(settings.access().url()).isEqualTo("imaps://ann@in.example.test:1993");
        assertThat(settings.submission().url())
                .isEqualTo("submission://ann@example.test@out.example.test");
        assertThat(settings.vouched()).isTrue();
    }

    @Test
    void theWellKnownPageIsNext() throws Exception {
        pages.put(
                WELL_KNOWN,
                config(
                        server("incomingServer", "imap", "in.example.test", 143, "STARTTLS", ""),
                        OUT));
        assertThat(settings().access().url()).isEqualTo("imap://ann@example.test@in.example.test");
    }

    // RFC 6186 §3.4: by priority; RFC 8314 §5.1: TLS at once before STARTTLS
    @Test
    void recordsOfTheDomainAreNextAndNobodyVouchesForThem() throws Exception {
        names.zone(
                Zone.of(
                        """
                        _imap._tcp.example.test SRV 0 1 143 plain.example.test.
                        _imaps._tcp.example.test SRV 20 1 993 second.example.test.
                        _imaps._tcp.example.test SRV 10 1 1993 first.example.test.
                        _pop3s._tcp.example.test SRV 0 0 0 .
                        _submissions._tcp.example.test SRV 0 0 0 .
                        _submission._tcp.example.test SRV 0 1 587 out.example.test.
                        """));
        var settings = settings();
        assertThat(settings.access().url())
                .isEqualTo("imaps://ann@example.test@first.example.test:1993");
        assertThat(settings.submission().url())
                .isEqualTo("submission://ann@example.test@out.example.test");
        assertThat(settings.vouched()).isFalse();
    }

    @Test
    void aPageInTheClearIsTheLastAndNobodyVouchesForIt() throws Exception {
        pages.put(
                IN_THE_CLEAR,
                config(
                        server("incomingServer", "pop3", "in.example.test", 995, "SSL", "ann"),
                        OUT));
        assertThat(settings().access().url()).isEqualTo("pop3s://ann@in.example.test");
        assertThat(settings().vouched()).isFalse();
    }

    @Test
    void whatWasTriedIsToldWhenNothingIsFound() {
        pages.put(AUTOCONFIG, config(OUT));
        pages.put(
                WELL_KNOWN,
                config(
                        server("incomingServer", "imap", "in.example.test", 143, "plain", "x"),
                        OUT));
        assertThatThrownBy(this::settings)
                .isInstanceOf(Hindrance.class)
                .hasMessageContainingAll(
                        "example.test does not tell",
                        "https://autoconfig.example.test (it names no incomingServer)",
                        "in.example.test offers imap with plain",
                        "SRV records",
                        "http://autoconfig.example.test (answers 404)",
                        "imaps://ann@example.test@HOST");
    }

    @Test
    void whatWantsABrowserIsNotForUs() {
        pages.put(
                AUTOCONFIG,
                config(
                        server("incomingServer", "imap", "in.example.test", 993, "SSL", "x")
                                .replace("password-cleartext", "OAuth2"),
                        OUT));
        assertThatThrownBy(this::settings).hasMessageContaining("in.example.test wants OAuth2");
    }

    @Test
    void aHostilePageIsNotReadOut() {
        String laughs =
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b"
                    + " \"&a;&a;\"><!ENTITY f SYSTEM"
                    + " \"file:///etc/passwd\">]><clientConfig><incomingServer"
                    + " type=\"imap\"><hostname>&b;&f;</hostname></incomingServer></clientConfig>";
        pages.put(AUTOCONFIG, laughs);
        pages.put(WELL_KNOWN, "<a>".repeat(100_000));
        pages.put(
                IN_THE_CLEAR,
                config(
                        server("incomingServer", "imap", "a\u0007b/../c", 99999, "SSL", "x"),
                        server("incomingServer", "imap", "in.example.test", 0, "SSL", "x"),
                        OUT));
        assertThatThrownBy(this::settings)
                .isInstanceOf(Hindrance.class)
                .hasMessageContaining("too long")
                .satisfies(no -> assertThat(no.getMessage()).doesNotContain("root:", "\u0007"));
    }

    /// RFC 8314 §5.1: a person is asked; a script is told what to say instead
    @Test
    void whatNobodyVouchesForIsNotUsedUnasked() throws Exception {
        pages.put(
                IN_THE_CLEAR,
                config(server("incomingServer", "imap", "in.example.test", 993, "SSL", "x"), OUT));
        var secret = new SecretSource.Asked();
        var first =
                new FirstTime(
                        new Folder(folder), (_, _) -> folder, new TestDesk(false), this::discovery);
        assertThatThrownBy(() -> first.found("ann@example.test", secret))
                .isInstanceOf(Hindrance.class)
                .hasMessageContaining("--account imaps://x@in.example.test");
        pages.put(
                AUTOCONFIG,
                config(server("incomingServer", "imap", "in.example.test", 993, "SSL", "y"), OUT));
        var account = first.found("ann@example.test", secret);
        assertThat(account.access().user()).isEqualTo("y");
        assertThat(account.person().address()).isEqualTo("ann@example.test");
    }
}
