package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.postroom.control.Serving;
import org.postroom.ftp.FtpClient;
import org.postroom.home.Home;
import org.postroom.imap.ImapClient;
import org.postroom.pop3.Pop3Client;
import org.postroom.sasl.ClientExchange;
import org.postroom.server.Port;
import org.postroom.smtp.Extension;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Addressee;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// Serves every address of a network of its own, and comes to it by one that is not loopback: in clear
/// text no password is taken and none is asked for; under TLS it is.
final class FromAfarChild {

    static final String ADDRESS = "10.99.0.1";

    private static final int OFFSET = 10_000;
    private static final String NAME = "ann@example.test";
    private static final Secret PASSWORD = new Secret(Served.PASSWORD);
    private static final Tls.Client TLS = Tls.opportunistic();

    private FromAfarChild() {}

    /// @param args the home
    static void main(String[] args) throws Exception {
        var wishes = new Serving.Wishes(Optional.of("0.0.0.0"), Optional.of(OFFSET));
        try (var serving = Serving.start(new Home(Path.of(args[0])), wishes, Optional.empty())) {
            var store = serving.house().store();
            store.directory().addDomain("example.test");
            var ann = store.directory().add(Addressee.of("ann", "example.test"));
            store.passwords().set(ann, PASSWORD);
            loopback();
            submission();
            pop3();
            imap();
            ftp();
            assertThatThrownBy(() -> call(Port.LMTP)).isInstanceOf(Departure.class);
        }
        System.out.println("all well");
    }

    private static Wire call(Port port) throws Departure {
        var to = new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port.number + OFFSET);
        return Wire.connect(to, 5_000, Limits.CLIENT, Tap.NONE);
    }

    private static ClientExchange plain() {
        return ClientExchange.plain(NAME, PASSWORD);
    }

    /// Whoever comes to a listener that is open to all may come through a proxy.
    private static void loopback() throws Exception {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Port.POP3.number + OFFSET);
        try (var client = new Pop3Client(Wire.connect(to, 5_000, Limits.CLIENT, Tap.NONE))) {
            assertThat(client.capa()).doesNotContain("USER");
        }
    }

    private static void submission() throws Exception {
        try (var client = new SmtpClient(call(Port.SUBMISSION))) {
            var clear = client.hello("afar");
            assertThat(clear.offers().get(Extension.AUTH)).isNotEqualTo("PLAIN LOGIN");
            assertThatThrownBy(() -> client.auth(plain()))
                    .isInstanceOfSatisfying(
                            org.postroom.smtp.Refusal.class,
                            it -> // RFC 4954 §6
                            assertThat(it.reply().toString()).startsWith("538 5.7.11"));
            client.starttls(TLS, "");
            client.hello("afar");
            client.auth(plain());
        }
    }

    private static void pop3() throws Exception {
        try (var client = new Pop3Client(call(Port.POP3))) {
            assertThat(client.capa()).doesNotContain("USER"); // RFC 2449 §6.3
            assertThatThrownBy(() -> client.signIn(NAME, PASSWORD))
                    .isInstanceOf(org.postroom.pop3.Refusal.class);
            client.stls(TLS, "");
            client.signIn(NAME, PASSWORD);
        }
    }

    private static void imap() throws Exception {
        try (var client = new ImapClient(call(Port.IMAP))) {
            // RFC 3501 §6.2.3
            assertThat(client.capability()).contains("LOGINDISABLED").doesNotContain("AUTH=PLAIN");
            assertThatThrownBy(() -> client.login(NAME, PASSWORD))
                    .isInstanceOfSatisfying(
                            org.postroom.imap.Refusal.class,
                            it -> // RFC 5530 §3
                            assertThat(it.reply().toString()).contains("PRIVACYREQUIRED"));
            client.starttls(TLS, "");
            assertThat(client.capability()).doesNotContain("LOGINDISABLED");
            client.login(NAME, PASSWORD);
        }
    }

    private static void ftp() throws Exception {
        try (var client = new FtpClient(call(Port.FTP), () -> Tap.NONE)) {
            assertThatThrownBy(() -> client.signIn(NAME, PASSWORD))
                    .isInstanceOfSatisfying(
                            org.postroom.ftp.Refusal.class,
                            it -> assertThat(it.reply().code()).isIn(530, 534));
            client.authTls(TLS, "");
            client.signIn(NAME, PASSWORD);
            assertThatThrownBy(() -> client.nlst(Optional.empty(), _ -> {}))
                    .isInstanceOfSatisfying(
                            org.postroom.ftp.Refusal.class, // RFC 4217 §10.2
                            it -> assertThat(it.reply().code()).isEqualTo(521));
            client.protectData(TLS, "");
            client.nlst(Optional.empty(), _ -> {});
        }
    }
}
