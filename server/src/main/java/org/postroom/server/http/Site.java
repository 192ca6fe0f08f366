package org.postroom.server.http;

import org.jspecify.annotations.Nullable;
import org.postroom.http.Method;
import org.postroom.http.Status;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.store.Refused;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What lies where: the first name of a path leads to its [Area].
final class Site {

    private static final int HTTPS_ABOVE_HTTP = Port.HTTPS.number - Port.HTTP.number;

    private final House house;
    private final Port port;
    private final Map<String, Area> areas;
    private final SignIn signIn;

    private Site(House house, Port port) {
        this.house = house;
        this.port = port;
        this.signIn = new SignIn(house);
        this.areas = areas(house, signIn);
    }

    /// @param others areas of other protocols' by their first name, `.well-known` together with its second
    static Site of(House house, Port port, Map<String, Area> others) {
        var site = new Site(house, port);
        others.forEach((name, area) -> site.areas.merge(name, area, Site::either));
        return site;
    }

    /// Several parts of the site may lie below one name (`/.well-known/`).
    private static Area either(Area first, Area second) {
        return asked -> {
            try {
                return first.answer(asked);
            } catch (Refusal refusal) {
                if (refusal.status() != Status.NOT_FOUND) throw refusal;
                return second.answer(asked);
            }
        };
    }

    private static Map<String, Area> areas(House house, SignIn signIn) {
        var areas = new LinkedHashMap<String, Area>();
        areas.put("", asked -> Answer.see("/mail/"));
        areas.put("health", new Health());
        areas.put("metrics", new Metrics());
        areas.put("style", new Assets());
        areas.put("sign-in", signIn);
        areas.put("sign-out", signIn::signOut);
        areas.put("mail", new MailPage(signIn));
        areas.put("files", new OwnFiles(signIn));
        areas.put("pub", new PublicFiles());
        areas.put("s", new SharedFiles(house));
        areas.put("account", new AccountPages(house, signIn));
        areas.put(".well-known", new SetUp(house));
        var joining = new Joining(house, signIn);
        areas.put("join", joining::join);
        areas.put("sign-up", joining::signUp);
        return areas;
    }

    Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        demandOurName(asked);
        if (!asked.isSecure() && !asked.isLocal()) return secured(asked);
        if (asked.method() == Method.OPTIONS && asked.names().isEmpty())
            return Answer.of(Status.NO_CONTENT).with("Allow", allow());
        // what another site makes a browser ask changes nothing here (Fetch Metadata)
        if (!asked.method().safe && asked.isFromElsewhere())
            throw new Refusal(Status.FORBIDDEN, "from-elsewhere");
        var area = area(asked.names());
        if (area == null) throw new Refusal(Status.NOT_FOUND, "not-found");
        return area.answer(asked);
    }

    private @Nullable Area area(List<String> names) {
        if (names.isEmpty()) return areas.get("");
        // RFC 8615 §3: each name there is another protocol's
        boolean wellKnown = names.getFirst().equals(".well-known") && names.size() > 1;
        var own = wellKnown ? areas.get(".well-known/" + names.get(1)) : null;
        return own == null ? areas.get(names.getFirst()) : own;
    }

    private static String allow() {
        return String.join(", ", java.util.Arrays.stream(Method.values()).map(Enum::name).toList());
    }

    /// RFC 9110 §7.4: what is asked of somebody else is not answered by us, however it came here. An
    /// address is nobody's name.
    private void demandOurName(Exchange asked) throws Refusal {
        String host = asked.request().getHttpURI().getHost();
        if (host == null || host.isEmpty()) return; // HTTP/1.0
        String name = host.toLowerCase(Locale.ROOT);
        boolean ours =
                name.equals("localhost")
                        || name.equals(
                                house.settings().get().server().name().toLowerCase(Locale.ROOT))
                        || isAddress(name)
                        || house.certificates().covers(name);
        if (!ours) throw new Refusal(Status.MISDIRECTED_REQUEST, "not-our-name");
    }

    private static boolean isAddress(String host) {
        try {
            return InetAddress.ofLiteral(host) != null;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /// The same by https. The host is one of ours (see above), and no other page's choice.
    private static Answer secured(Exchange asked) throws Refusal {
        var uri = asked.request().getHttpURI();
        if (!asked.reads() || uri.getHost() == null)
            throw new Refusal(Status.FORBIDDEN, "only-https");
        int to = uri.getPort() <= 0 ? Port.HTTP.number : uri.getPort();
        int secure = to + HTTPS_ABOVE_HTTP;
        return Answer.of(Status.PERMANENT_REDIRECT)
                .with(
                        "Location",
                        "https://"
                                + uri.getHost()
                                + (secure == Port.HTTPS.number ? "" : ":" + secure)
                                + asked.pathQuery());
    }

    /// A browser that was here once by TLS comes by nothing else for a year (RFC 6797), if the certificate is
    /// one that it trusts: one that we signed ourselves a person has to be able to get by.
    Optional<String> strictTransport(boolean secure) {
        var certificate = house.certificates().certificate();
        boolean selfSigned =
                certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        return secure && port.implicit && !selfSigned
                ? Optional.of("max-age=31536000")
                : Optional.empty();
    }

    /// A refusal as whoever asked can read it.
    Answer shown(Exchange asked, Refusal refusal) {
        var words = asked.words();
        String why = words.say(refusal.why());
        var answer =
                asked.wantsPage()
                        ? Answer.page(
                                refusal.status(),
                                Pages.make(
                                        "refused",
                                        refusal.why(),
                                        words,
                                        signIn.ifSigned(asked),
                                        Map.of("status", refusal.status().code, "why", why)))
                        : Answer.text(refusal.status(), why + "\n");
        for (var field : refusal.fields().entrySet())
            answer = answer.with(field.getKey(), field.getValue());
        return answer;
    }

    static List<String> below(Exchange asked) {
        return asked.names().subList(1, asked.names().size());
    }
}
