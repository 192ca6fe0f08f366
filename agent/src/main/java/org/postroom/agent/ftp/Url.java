package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Visible;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Where something is.
///
/// @param user nothing: a guest, or whom ~/.netrc names
/// @param path decoded, without the slash behind the host; empty for where one begins
record Url(Kind kind, Optional<String> user, String host, int port, String path) {

    enum Kind {
        FTP("ftp", 21),
        FTPS("ftps", 990),
        HTTP("http", 80),
        HTTPS("https", 443);

        final String word;
        final int port;

        Kind(String word, int port) {
            this.word = word;
            this.port = port;
        }
    }

    static boolean isUrl(String text) {
        return text.contains("://");
    }

    boolean isFtp() {
        return kind == Kind.FTP || kind == Kind.FTPS;
    }

    /// As [#parse], of a server that may be named by its host alone.
    static Url ofServer(String text) throws Hindrance {
        return parse(isUrl(text) ? text : "ftp://" + text);
    }

    // RFC 1738 §3.2: ftp://user@host:port/cwd1/cwd2/name;type=typecode
    static Url parse(String text) throws Hindrance {
        int colon = text.indexOf("://");
        var kind = colon < 0 ? Optional.<Kind>empty() : kind(text.substring(0, colon));
        if (kind.isEmpty()) throw bad(text, "ftp, ftps, http and https are known");
        String rest = text.substring(colon + 3);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        boolean ftp = kind.get() == Kind.FTP || kind.get() == Kind.FTPS;
        int type = path.indexOf(";type=");
        if (ftp && type >= 0) path = path.substring(0, type);
        int at = authority.lastIndexOf('@');
        var user = at < 0 ? Optional.<String>empty() : Optional.of(authority.substring(0, at));
        if (user.filter(it -> it.indexOf(':') >= 0).isPresent())
            throw Hindrance.usage(
                    "A password does not belong into a URL, where everybody on this machine sees"
                        + " it. It is asked for; or put it into ~/.netrc, or name a command that"
                        + " knows it, by --password-command.");
        String server = authority.substring(at + 1);
        int port = kind.get().port;
        int end = server.lastIndexOf(':');
        if (end >= 0 && end > server.lastIndexOf(']')) {
            port = Given.number(server.substring(end + 1), 65_535);
            server = server.substring(0, end);
        }
        if (server.startsWith("[") && server.endsWith("]"))
            server = server.substring(1, server.length() - 1);
        if (server.isEmpty() || !server.chars().allMatch(c -> c > ' ' && c < 127))
            throw bad(text, "it names no host");
        return new Url(
                kind.get(),
                user.isEmpty() ? user : Optional.of(decode(text, user.get())),
                server.toLowerCase(Locale.ROOT),
                port,
                ftp ? decode(text, path) : checked(text, path));
    }

    private static Optional<Kind> kind(String word) {
        for (var kind : Kind.values())
            if (kind.word.equalsIgnoreCase(word)) return Optional.of(kind);
        return Optional.empty();
    }

    private static String decode(String url, String text) throws Hindrance {
        try {
            return checked(
                    url, URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw bad(url, "it is not encoded as a URL is");
        }
    }

    /// TRAPS F27: %0d%0a would be a second command.
    private static String checked(String url, String decoded) throws Hindrance {
        if (decoded.chars().anyMatch(c -> c < ' ' || c == 127))
            throw bad(url, "there are control characters in it");
        return decoded;
    }

    private static Hindrance bad(String url, String why) {
        return Hindrance.usage(Visible.line(url, 300) + " is no URL to go to: " + why + ".");
    }

    Url withPath(String other) {
        return new Url(kind, user, host, port, other);
    }

    Url withUser(String name) {
        return new Url(kind, Optional.of(name), host, port, path);
    }

    /// Without who one is.
    Url bare() {
        return new Url(kind, Optional.empty(), host, port, path);
    }

    /// The last part of the path; empty when it ends in a slash.
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /// Without its path.
    String server() {
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return kind.word
                + "://"
                + user.map(it -> encode(it) + "@").orElse("")
                + shown
                + (port == kind.port ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return server() + "/" + (isFtp() ? encode(path).replace("%2F", "/") : path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
