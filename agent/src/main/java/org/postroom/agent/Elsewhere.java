package org.postroom.agent;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.MediaType;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// A part whose octets lie elsewhere (message/external-body): where, and how they are fetched when a
/// person has seen where and wants them. http, https, ftp and anon-ftp are fetched; local-file, tftp and
/// mail-server are shown, and not followed.
// RFC 2046 §5.2.3, RFC 2017 §3
record Elsewhere(String access, String address, String fileName) {

    private static final long MOST = 1L << 30; // octets
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static Optional<Elsewhere> of(MediaType type) {
        if (!type.is("message", "external-body")) return Optional.empty();
        String access = type.parameter("access-type").orElse("").toLowerCase(Locale.ROOT);
        String name = type.text("name").orElse("");
        String address =
                switch (access) {
                    case "url" -> type.parameter("url").orElse("").replaceAll("\\s", "");
                    case "ftp", "anon-ftp" ->
                            "ftp://"
                                    + type.parameter("site").orElse("")
                                    + "/"
                                    + type.parameter("directory").map(it -> it + "/").orElse("")
                                    + name;
                    default -> name;
                };
        int slash = address.lastIndexOf('/');
        return Optional.of(
                new Elsewhere(
                        access, address, name.isEmpty() ? address.substring(slash + 1) : name));
    }

    /// Why it is not fetched, if it is not.
    Optional<String> refusal() {
        String where = Visible.line(address, 200);
        return switch (access) {
            case "url", "ftp", "anon-ftp" -> uri().isPresent() ? Optional.empty() : no(where);
            case "local-file", "afs" ->
                    Optional.of("It names a file, " + where + ", and is not followed.");
            case "tftp", "mail-server" ->
                    Optional.of("It is to be had by " + access + ", which is not followed.");
            default -> no(where);
        };
    }

    private static Optional<String> no(String where) {
        return Optional.of("There is no way to fetch " + where + ".");
    }

    private Optional<URI> uri() {
        try {
            var uri = new URI(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean known =
                    switch (scheme) {
                        case "http", "https", "ftp" -> true;
                        default -> false;
                    };
            return known && uri.getHost() != null && uri.getUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// The host first: it is what one has to know.
    String shown() {
        String host = uri().map(URI::getHost).orElse("?");
        return Visible.line(host + " (" + address + ")", 300);
    }

    Path save(Path folder, String otherwise) throws Hindrance {
        var file = folder.resolve(FileNames.safe(fileName, otherwise));
        try (var in = open();
                var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            copy(in, out);
            return file;
        } catch (IOException e) {
            throw Hindrance.system("Fetching", e);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long left = MOST;
        for (int n; (n = in.read(buffer)) >= 0; left -= n) {
            if (n > left) throw new IOException("there is no end to it");
            out.write(buffer, 0, n);
        }
    }

    private InputStream open() throws IOException, Hindrance {
        var uri = uri().orElseThrow();
        if (uri.getScheme().equalsIgnoreCase("ftp")) {
            var connection = uri.toURL().openConnection(); // the JDK's own, anonymous
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            return connection.getInputStream();
        }
        try {
            // no redirects: the person agreed to this host
            var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) return response.body();
            response.body().close();
            String moved =
                    response.headers()
                            .firstValue("Location")
                            .map(to -> "; it points to " + Visible.line(to, 200))
                            .orElse("");
            throw new Hindrance(
                    Kind.NOT_SO, "The server answered " + response.statusCode() + moved + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        }
    }
}
