package org.postroom.interop;

import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Flag;
import org.postroom.imap.ImapClient;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Refusal;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The letters that tasks begin with (`tasks/letters.txt`), and the server of the web that one of them
/// points to.
final class TaskLetters {

    private static @Nullable String anybody; // who has the letters of all whom tasks write to

    private TaskLetters() {}

    /// Somebody who can be written to, and so can bob, carol and the list.
    static synchronized String recipient(Served server) throws IOException, InterruptedException {
        var known = anybody;
        if (known != null) return known;
        anybody = known = server.account();
        for (var name : List.of("bob", "carol", "l"))
            server.run(null, "alias", "add", name + "@example.test", known);
        return known;
    }

    /// Puts them into somebody's INBOX.
    static void fill(Wire wire, String account, String web) throws IOException, Departure, Refusal {
        try (var client = new ImapClient(wire)) {
            if (!client.isPreauthenticated()) client.login(account, new Secret(Served.PASSWORD));
            var lines = new StringBuilder();
            for (int i = 1; i <= 300; i++) lines.append("Line " + i + " of a long letter.\n");
            for (var entry : Steps.resource("letters.txt").split("(?m)^==== ", -1)) {
                if (entry.startsWith("#")) continue;
                int end = entry.indexOf('\n');
                var flags = end == 0 ? List.<Flag>of() : List.of(Flag.SEEN);
                byte[] letter =
                        entry.substring(end + 1)
                                .replace("USER", account)
                                .replace("WEB", web)
                                .replace("LINES\n", lines)
                                .replace("\n", "\r\n")
                                .getBytes(StandardCharsets.UTF_8);
                client.append(
                        MailboxName.INBOX, flags, new ByteArrayInputStream(letter), letter.length);
            }
            client.logout();
        }
    }

    /// A page of the web.
    record Web(HttpServer server) implements AutoCloseable {

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/thing.txt";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    static Web elsewhere() throws IOException {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        web.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 8);
                    exchange.getResponseBody().write("fetched\n".getBytes(StandardCharsets.UTF_8));
                    exchange.close();
                });
        web.start();
        return new Web(web);
    }
}
