package org.postroom.server.http;

import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.postroom.http.Method;
import org.postroom.http.Paths;
import org.postroom.http.Preferred;
import org.postroom.http.Status;
import org.postroom.server.House;
import org.postroom.server.Wicket.Asker;
import org.postroom.wire.Gate;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request, as whoever answers it sees it.
public final class Exchange {

    private static final int LONGEST_FORM = 64 << 10;
    private static final int MOST_FIELDS = 1_000; // of a form

    private final House house;
    private final Request request;
    private final Method method;
    private final List<String> names;
    private final Visitors.Visitor visitor;
    private final AccessRecord record;

    private Exchange(
            House house,
            Request request,
            Method method,
            List<String> names,
            Visitors.Visitor visitor,
            AccessRecord record) {
        this.house = house;
        this.request = request;
        this.method = method;
        this.names = names;
        this.visitor = visitor;
        this.record = record;
    }

    /// @throws Refusal a method that is none here; a path that means something else than it says
    static Exchange of(House house, Request request, Visitors.Visitor visitor, AccessRecord record)
            throws Refusal {
        var method = Method.of(request.getMethod());
        // RFC 9110 §15.6.2; TRACE would say cookies aloud, CONNECT is a proxy's
        if (method.isEmpty()) throw new Refusal(Status.NOT_IMPLEMENTED, "unknown-method");
        String path = request.getHttpURI().getPath();
        // RFC 9112 §3.2: what is behind a # is the client's own, and may be part of a name it meant
        if (request.getHttpURI().getFragment() != null)
            throw new Refusal(Status.BAD_REQUEST, "bad-path");
        if (method.get() == Method.OPTIONS && "*".equals(path))
            return new Exchange(house, request, method.get(), List.of(), visitor, record);
        var names = Paths.names(path == null ? "/" : path);
        if (names.isEmpty()) throw new Refusal(Status.BAD_REQUEST, "bad-path");
        return new Exchange(house, request, method.get(), names.get(), visitor, record);
    }

    public House house() {
        return house;
    }

    public Method method() {
        return method;
    }

    /// Whether it asks for something to read.
    public boolean reads() {
        return method == Method.GET || method == Method.HEAD;
    }

    /// The names in its path, decoded.
    public List<String> names() {
        return names;
    }

    /// Its path as it came, without the query.
    public String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "/" : path;
    }

    /// Its path and query as they came.
    public String pathQuery() {
        return request.getHttpURI().getPathQuery();
    }

    /// The host that it was asked of, with the port if that was said.
    String authority() {
        var authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    /// Whether an answer may come compressed (RFC 9110 §12.5.3).
    boolean takesGzip() {
        return field("Accept-Encoding")
                .filter(field -> Preferred.names(field).contains("gzip"))
                .isPresent();
    }

    /// Whether it is said as a directory's.
    public boolean endsWithSlash() {
        return path().endsWith("/");
    }

    /// A field; several of one name are one list (RFC 9110 §5.3).
    public Optional<String> field(String name) {
        var values = request.getHeaders().getValuesList(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /// A cookie's value.
    public Optional<String> cookie(String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /// A value of the query.
    public Optional<String> query(String name) {
        String query = request.getHttpURI().getQuery();
        if (query == null || query.length() > LONGEST_FORM) return Optional.empty();
        return Optional.ofNullable(fields(query).get(name)).map(List::getFirst);
    }

    /// How long the body is said to be; -1 where it is not said.
    public long length() {
        return request.getLength();
    }

    /// The body, which can be read once. A peer that breaks off is an IOException.
    public InputStream body() {
        return Content.Source.asInputStream(request);
    }

    /// The body as a form's fields (`application/x-www-form-urlencoded`).
    ///
    /// @throws Refusal it is none, or too long
    public Form form() throws Refusal, IOException {
        String type = field("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/x-www-form-urlencoded"))
            throw new Refusal(Status.UNSUPPORTED_MEDIA_TYPE, "no-form");
        byte[] octets = body().readNBytes(LONGEST_FORM + 1);
        if (octets.length > LONGEST_FORM) throw new Refusal(Status.CONTENT_TOO_LARGE, "too-long");
        return new Form(fields(new String(octets, StandardCharsets.US_ASCII)));
    }

    /// What a person filled in.
    public record Form(Map<String, List<String>> fields) {

        public Form {
            fields = Map.copyOf(fields);
        }

        /// The first of a name, or nothing but an empty text.
        public String get(String name) {
            return fields.getOrDefault(name, List.of("")).getFirst();
        }

        public List<String> all(String name) {
            return fields.getOrDefault(name, List.of());
        }
    }

    private static Map<String, List<String>> fields(String text) {
        var fields = new HashMap<String, List<String>>();
        int at = 0;
        for (int i = 0; at <= text.length() && i < MOST_FIELDS; i++) {
            int end = text.indexOf('&', at);
            if (end < 0) end = text.length();
            String pair = text.substring(at, end);
            at = end + 1;
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) continue;
            fields.merge(
                    name.get(),
                    List.of(value.get()),
                    (before, more) -> {
                        var all = new java.util.ArrayList<>(before);
                        all.addAll(more);
                        return all;
                    });
        }
        return fields;
    }

    private static Optional<String> decoded(String text) {
        return Paths.decoded(text.replace('+', ' '));
    }

    /// Scheme and host as this request had them, which are ours ([Site] sees to that): what a link begins
    /// with that is shown to whoever asked.
    public String origin() {
        var uri = request.getHttpURI();
        int port = uri.getPort();
        boolean usual = port <= 0 || port == (isSecure() ? 443 : 80);
        return (isSecure() ? "https://" : "http://") + uri.getHost() + (usual ? "" : ":" + port);
    }

    /// Whether it came by TLS.
    public boolean isSecure() {
        return request.isSecure();
    }

    /// Whether it came from this machine to a listener at loopback, and through no front end.
    public boolean isLocal() {
        return visitor.isLocal();
    }

    /// Whether a password may be said here.
    public boolean takesPasswords() {
        return isSecure() || isLocal();
    }

    /// Who asks, for whoever counts wrong passwords.
    public Asker asker() {
        var address = address();
        return new Asker(
                request.getConnectionMetaData().getId(),
                address.getAddress().getHostAddress() + ':' + address.getPort(),
                Gate.network(address.getAddress()).getHostAddress());
    }

    InetSocketAddress address() {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress inet
                ? inet
                : new InetSocketAddress(0);
    }

    /// Whether a person reads the answer.
    public boolean wantsPage() {
        return field("Accept").filter(accept -> accept.contains("text/html")).isPresent();
    }

    /// Whether another site made the browser ask (Fetch Metadata).
    boolean isFromElsewhere() {
        var site = field("Sec-Fetch-Site");
        return site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none");
    }

    /// In which of our languages to answer.
    public Words words() {
        return Words.of(field("Accept-Language"));
    }

    /// Writes down whose request it is.
    void isOf(String account) {
        record.account(account);
    }

    Request request() {
        return request;
    }

    /// The fields as they came, for the record.
    Iterable<HttpField> allFields() {
        return request.getHeaders();
    }
}
