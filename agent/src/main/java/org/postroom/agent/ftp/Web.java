package org.postroom.agent.ftp;

import org.postroom.agent.account.Asking;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Files by HTTP and HTTPS, through the JDK's client. Where a server sends one on to is looked at first: at
/// most ten times, never in a circle, from https to https only, and to no other scheme.
final class Web {

    private static final int MOST_REDIRECTS = 10;
    private static final int LONGEST_LISTING = 8 << 20; // octets
    private static final int MOST_NAMES = 100_000;
    private static final Duration CALL = Duration.ofSeconds(20);

    private final Wishes wishes;
    private final Asking asking;

    Web(Wishes wishes, Asking asking) {
        this.wishes = wishes;
        this.asking = asking;
    }

    /// Fetches a file; goes on with what is there of it where the server can.
    void fetch(Url url, Path local, How how, Job job) throws Hindrance {
        job.at(Visible.line(local.getFileName().toString(), 100));
        var part = Fetch.part(local);
        try {
            long offset = how.continues() && Files.isRegularFile(part) ? Files.size(part) : 0;
            var request = HttpRequest.newBuilder().GET();
            if (offset > 0) request.header("Range", "bytes=" + offset + "-");
            var response = followed(url, request);
            // RFC 9110 §15.3.7: 206 is a part; a server without parts sends all of it
            long from = response.statusCode() == 206 && offset > 0 ? offset : 0;
            var length = response.headers().firstValueAsLong("Content-Length");
            var size =
                    length.isPresent()
                            ? OptionalLong.of(from + length.getAsLong())
                            : OptionalLong.empty();
            size.ifPresent(it -> job.expect(0, it));
            if (from > 0) job.moved(from);
            long came;
            try (var in = response.body();
                    var landing = new Landing(part, from, size, false, job, wishes.throttle)) {
                pour(in, landing, job);
                came = landing.at();
            }
            if (size.isPresent() && came != size.getAsLong())
                throw new Hindrance(
                        Kind.UNREACHABLE,
                        url + ": " + came + " of " + size.getAsLong() + " octets came.");
            Files.move(part, local, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            job.done();
        } catch (IOException e) {
            throw job.isStopped()
                    ? new Hindrance(Kind.LATER, "Stopped.")
                    : new Hindrance(
                            Kind.UNREACHABLE, url + ": " + Visible.line("" + e.getMessage(), 200));
        }
    }

    private static void pour(InputStream in, Landing landing, Job job)
            throws IOException, Hindrance {
        var slice = new byte[64 * 1024];
        for (int n = in.read(slice); n >= 0; n = in.read(slice)) {
            job.check();
            landing.octets(slice, 0, n);
        }
    }

    /// The whole of a small file, or of a big one until somebody has enough.
    InputStream open(Url url) throws Hindrance {
        try {
            return followed(url, HttpRequest.newBuilder().GET()).body();
        } catch (IOException e) {
            throw new Hindrance(
                    Kind.UNREACHABLE, url + ": " + Visible.line("" + e.getMessage(), 200));
        }
    }

    /// The names that a listing of a directory links to: those right below it.
    List<String> list(Url url) throws Hindrance {
        try (var in = open(url)) {
            var text = new String(in.readNBytes(LONGEST_LISTING), StandardCharsets.UTF_8);
            var names = new LinkedHashSet<String>();
            String lower = text.toLowerCase(java.util.Locale.ROOT);
            for (int at = lower.indexOf("href="); at >= 0; at = lower.indexOf("href=", at + 5)) {
                int from = at + 6;
                if (from >= text.length()) break;
                char quote = text.charAt(at + 5);
                int to = quote == '"' || quote == '\'' ? text.indexOf(quote, from) : -1;
                if (to > from && to - from < 4096)
                    name(text.substring(from, to)).ifPresent(names::add);
                if (names.size() >= MOST_NAMES) break;
            }
            return List.copyOf(names);
        } catch (IOException e) {
            throw new Hindrance(
                    Kind.UNREACHABLE, url + ": " + Visible.line("" + e.getMessage(), 200));
        }
    }

    private static Optional<String> name(String link) {
        String plain = link.startsWith("./") ? link.substring(2) : link;
        boolean folder = plain.endsWith("/");
        String name = folder ? plain.substring(0, plain.length() - 1) : plain;
        if (name.isEmpty()
                || name.startsWith("..")
                || name.chars().anyMatch(c -> "/?#:".indexOf(c) >= 0)) return Optional.empty();
        try {
            String decoded =
                    java.net.URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Names.POSIX.here(decoded).map(_ -> decoded + (folder ? "/" : ""));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    /// RFC 9110 §9.3.4: PUT, where the server takes it.
    void store(Path local, Url url, Job job) throws Hindrance {
        job.at(Visible.line(local.getFileName().toString(), 100));
        try {
            long size = Files.size(local);
            job.expect(0, size);
            var response =
                    followed(
                            url,
                            HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofFile(local)));
            response.body().close();
            job.moved(size);
            job.done();
        } catch (IOException e) {
            throw new Hindrance(
                    Kind.UNREACHABLE, url + ": " + Visible.line("" + e.getMessage(), 200));
        }
    }

    /// The answer that is meant, wherever it is.
    private HttpResponse<InputStream> followed(Url url, HttpRequest.Builder request)
            throws IOException, Hindrance {
        var seen = new ArrayList<URI>();
        var at = uri(url.bare().toString());
        Optional<String> authorization = Optional.empty();
        while (true) {
            var asked = request.copy().uri(at).timeout(wishes.timeout);
            if (authorization.isPresent() && sameServer(at, seen.getFirst()))
                asked.header("Authorization", authorization.get());
            if (!seen.contains(at)) seen.add(at);
            var response = send(asked.build());
            int code = response.statusCode();
            if (code / 100 == 2) return response;
            response.body().close();
            var location = response.headers().firstValue("Location");
            if (code == 401 && authorization.isEmpty() && sameServer(at, seen.getFirst()))
                authorization = Optional.of(authorization(url));
            else if (code / 100 == 3 && location.isPresent()) at = next(seen, at, location.get());
            else
                throw new Hindrance(
                        code == 401 || code == 403 ? Kind.NOT_ALLOWED : Kind.NOT_SO,
                        url + ": the server answers " + code + ".");
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, Hindrance {
        try {
            return client().send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        }
    }

    private HttpClient client() {
        var builder =
                HttpClient.newBuilder()
                        .connectTimeout(CALL)
                        .followRedirects(HttpClient.Redirect.NEVER);
        if (wishes.insecure) builder.sslContext(Tls.trustingAnyone());
        return builder.build();
    }

    private static URI next(List<URI> seen, URI from, String location) throws Hindrance {
        URI to;
        try {
            to = from.resolve(uri(location));
        } catch (IllegalArgumentException noUri) {
            throw Hindrance.notSo("The server sends one on to nowhere.");
        }
        String scheme = String.valueOf(to.getScheme());
        String where = Visible.line(to.toString(), 200);
        boolean web = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
        if (!web) throw refused("to " + where + ", which is none of its affairs");
        if ("https".equalsIgnoreCase(from.getScheme()) && scheme.equalsIgnoreCase("http"))
            throw refused("from https to http: " + where);
        if (seen.contains(to)) throw refused("in a circle: " + where);
        if (seen.size() > MOST_REDIRECTS) throw refused("on and on");
        return to;
    }

    private static Hindrance refused(String where) {
        return new Hindrance(Kind.NOT_ALLOWED, "The server sends one " + where + ". Not followed.");
    }

    private static URI uri(String text) throws Hindrance {
        try {
            return URI.create(text.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw Hindrance.usage(Visible.line(text, 200) + " is no URL to go to.");
        }
    }

    private static boolean sameServer(URI one, URI other) {
        return String.valueOf(one.getAuthority()).equals(other.getAuthority())
                && String.valueOf(one.getScheme()).equals(other.getScheme());
    }

    // RFC 7617 §2: a name and a password, in the clear unless TLS is around it
    private String authorization(Url url) throws Hindrance {
        if (url.kind() == Url.Kind.HTTP && !wishes.plain && !url.isLoopback())
            throw new Hindrance(
                    Kind.NOT_ALLOWED,
                    url.server() + " wants a password, and is not https. (--plain sends it.)");
        var known = Netrc.ofUser().of(url.host(), url.user());
        String user =
                url.user()
                        .or(() -> known.flatMap(Netrc.Entry::login))
                        .orElseThrow(() ->
                                new Hindrance(
                                        Kind.NOT_ALLOWED,
                                        url.server()
                                                + " wants to know who asks: name it in the URL."));
        var password = known.flatMap(Netrc.Entry::password);
        String secret =
                (password.isPresent()
                                ? password.get()
                                : asking.secret("Password for " + user + " at " + url.host()))
                        .reveal();
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
