package org.postroom.agent.account;

import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.names.Answer;
import org.postroom.names.Resolver;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds out from an address where its letters are, by what its domain tells, in this order:
///
/// 1. `https://autoconfig.DOMAIN/mail/config-v1.1.xml`
/// 2. `https://DOMAIN/.well-known/autoconfig/mail/config-v1.1.xml`
/// 3. SRV records (RFC 6186, with RFC 8314 §5.1's `_submissions`)
/// 4. the first page once more without TLS, which many domains have nowhere else
///
/// Nobody else is asked, so nobody else learns of the address. What the last two tell could be
/// anybody's word: a person has to agree to it.
public final class Discovery {

    private static final int LONGEST_PAGE = 64 * 1024; // octets
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Fetches a page of the web.
    @FunctionalInterface
    public interface Pages {
        /// @throws IOException when it can't be had; the words say why
        byte[] get(URI page) throws IOException, InterruptedException;
    }

    private final Resolver names;
    private final Pages pages;
    private final List<String> tried = new ArrayList<>();

    public Discovery(Resolver names, Pages pages) {
        this.names = names;
        this.pages = pages;
    }

    /// With the system's name servers, over the network.
    public static Discovery system() {
        return new Discovery(Resolver.system(), Discovery::fetch);
    }

    /// @throws Hindrance when nothing is found, with what was tried and why that failed
    public Settings of(String address) throws Hindrance {
        int at = address.lastIndexOf('@');
        if (at < 1 || !address.substring(at + 1).matches("[A-Za-z0-9.-]{1,253}"))
            throw Hindrance.usage("An address looks like ann@example.org.");
        String domain = address.substring(at + 1).toLowerCase(Locale.ROOT);
        String path = "/mail/config-v1.1.xml?emailaddress=" + encoded(address);
        return page("https://autoconfig." + domain + path, address, true)
                .or(() ->
                        page("https://" + domain + "/.well-known/autoconfig" + path, address, true))
                .or(() -> records(domain, address))
                .or(() -> page("http://autoconfig." + domain + path, address, false))
                .orElseThrow(() ->
                        new Hindrance(
                                Kind.CONFIGURATION,
                                domain
                                        + " does not tell where its letters are. Tried: "
                                        + String.join("; ", tried)
                                        + ". Name the server: imaps://"
                                        + address
                                        + "@HOST"));
    }

    private static String encoded(String address) {
        return URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    private Optional<Settings> page(String url, String address, boolean vouched) {
        var page = URI.create(url);
        String source = page.getScheme() + "://" + page.getHost();
        try {
            String xml = new String(pages.get(page), StandardCharsets.UTF_8);
            return Optional.of(Autoconfig.read(xml, address, source, vouched));
        } catch (IOException | Autoconfig.Unusable e) {
            String why = e.getMessage();
            tried.add(source + " (" + (why == null ? e.getClass().getSimpleName() : why) + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /// Fetches a page over the network: one that answers 200, and is no longer than settings are.
    public static byte[] fetch(URI page) throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
                        .build()) {
            var request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200)
                    throw new IOException("answers " + response.statusCode());
                byte[] octets = body.readNBytes(LONGEST_PAGE + 1);
                if (octets.length > LONGEST_PAGE) throw new IOException("too long");
                return octets;
            }
        } catch (java.net.ConnectException e) { // its own words are none
            throw new IOException("no answer", e);
        }
    }

    // RFC 6186 §3: labels; RFC 8314 §5.1: TLS at once before STARTTLS
    private Optional<Settings> records(String domain, String address) {
        var access = service(domain, address, Scheme.IMAPS, Scheme.IMAP, Scheme.POP3S, Scheme.POP3);
        var submission = service(domain, address, Scheme.SUBMISSIONS, Scheme.SUBMISSION);
        if (access.isPresent() && submission.isPresent())
            return Optional.of(new Settings(access.get(), submission.get(), "SRV records", false));
        tried.add(
                "SRV records ("
                        + (access.isPresent() ? "none to hand letters in" : "none to read letters")
                        + ")");
        return Optional.empty();
    }

    private Optional<Place.Net> service(String domain, String address, Scheme... schemes) {
        for (var scheme : schemes)
            if (names.services("_" + scheme.word + "._tcp." + domain)
                    instanceof Answer.Found(var found)) {
                var best = found.getFirst();
                // RFC 6186 §4: the whole address is who one signs in as
                return Optional.of(new Place.Net(scheme, best.host(), best.port(), address));
            }
        return Optional.empty();
    }
}
