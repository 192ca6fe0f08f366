package org.postroom.agent.account;

import org.postroom.agent.account.Hindrance.Kind;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Where a server is, and as whom one signs in there.
public sealed interface Place {

    Scheme scheme();

    /// Whom one signs in as.
    String user();

    /// By TCP.
    record Net(Scheme scheme, String host, int port, String user) implements Place {

        @Override
        public String toString() {
            return user + " at " + host + ":" + port;
        }

        /// As it stands in the file of accounts.
        public String url() {
            String at = host.indexOf(':') < 0 ? host : "[" + host + "]";
            return scheme.word + "://" + user + "@" + at + (port == scheme.port ? "" : ":" + port);
        }

        /// What certificates are remembered by.
        String address() {
            return host + ":" + port;
        }

        /// Whether it is this machine: what is said to it crosses no line.
        public boolean isLoopback() {
            return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
        }
    }

    /// A socket in a home on this machine, which knows who calls.
    record Home(Scheme scheme, Path socket, String user) implements Place {
        @Override
        public String toString() {
            return user + " at " + socket;
        }
    }

    /// A URL with the mailbox that it may name.
    record Address(Net place, Optional<String> mailbox) {}

    /// Whether a text looks like a URL rather than like a name.
    static boolean isUrl(String text) {
        return text.contains("://");
    }

    // RFC 5092 §11: imapurl = "imap://" iserver ipath-query; iserver = [iuserinfo "@"] host
    // [ ":" port ]
    /// Reads a URL: `imaps://ann@mail.example.org/Archive`. The last `@` ends the user's name, so that
    /// an address may stand there as it is.
    static Address parse(String url) throws Hindrance {
        int colon = url.indexOf("://");
        if (colon < 0) throw bad(url, "it does not begin like imaps://");
        var scheme = Scheme.named(url.substring(0, colon));
        if (scheme.isEmpty())
            throw bad(url, "imaps, imap, pop3s, pop3, submissions and submission are known");
        String rest = url.substring(colon + 3);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : decode(rest.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        int options = user.indexOf(";AUTH="); // RFC 5092 §3.2: mechanisms are negotiated here
        if (options >= 0) user = user.substring(0, options);
        if (user.indexOf(':') >= 0)
            throw new Hindrance(
                    Kind.USAGE,
                    "A password does not belong into a URL, where everybody on this machine sees"
                            + " it. It is asked for; or name a command that knows it, by"
                            + " --password-command.");
        String server = authority.substring(at + 1);
        int port = scheme.get().port;
        int end = server.lastIndexOf(':');
        if (end >= 0 && end > server.lastIndexOf(']')) {
            port = port(url, server.substring(end + 1));
            server = server.substring(0, end);
        }
        if (server.startsWith("[") && server.endsWith("]"))
            server = server.substring(1, server.length() - 1);
        if (server.isEmpty() || !server.chars().allMatch(c -> c > ' ' && c < 127))
            throw bad(url, "it names no host");
        if (user.isEmpty()) user = System.getProperty("user.name", "");
        var place = new Net(scheme.get(), server.toLowerCase(Locale.ROOT), port, decode(user));
        return new Address(place, path.isEmpty() ? Optional.empty() : Optional.of(path));
    }

    private static int port(String url, String digits) throws Hindrance {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port < 65536) return port;
        } catch (NumberFormatException none) {
            throw bad(url, "its port is no number");
        }
        throw bad(url, "there is no such port");
    }

    private static String decode(String text) throws Hindrance {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad(text, "it is not encoded as a URL is");
        }
    }

    private static Hindrance bad(String url, String why) {
        return new Hindrance(Kind.USAGE, url + " is no address of a server: " + why + ".");
    }
}
