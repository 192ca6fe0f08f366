package org.postroom.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.postroom.http.Method;
import org.postroom.http.Status;
import org.postroom.server.Admission;
import org.postroom.server.House;
import org.postroom.server.Wicket;
import org.postroom.store.AccountId;
import org.postroom.store.Refused;
import org.postroom.store.Use;
import org.postroom.store.WebSessions;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who asks: by the cookie of a session that began on the page here, or by a name and password with each
/// request (Basic, RFC 7617), which is for programs.
///
/// A request that bears a cookie and changes anything bears the session's token, too, in a field
/// `X-CSRF-Token` or in its form (`csrf`): another site can make a browser send the cookie, and does not
/// know the token.
public final class SignIn implements Area {

    static final String REALM = "Basic realm=\"Postroom\", charset=\"UTF-8\"";

    // RFC 6265bis §4.1.3.2: such a cookie comes from this host alone, by TLS
    private static final String COOKIE = "__Host-postroom";

    /// By clear text at loopback, where a browser takes no other.
    private static final String LOCAL_COOKIE = "postroom";

    private static final Duration HALF_WAY = Duration.ofMinutes(5);
    private static final int TICKET_OCTETS = 18;

    private final House house;
    private final Wicket wicket;
    private final SecureRandom random = new SecureRandom();

    /// Those who said the password and not the code yet, by a random ticket.
    private final Cache<String, Admission.CodeWanted> halfWay =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(HALF_WAY).build();

    public SignIn(House house) {
        this.house = house;
        this.wicket = house.doorkeeper().wicket(house.journal());
    }

    // Who asks

    /// Whose request it is, by the page's session or by Basic.
    ///
    /// @param use what a program's password has to be good for
    /// @throws Refusal nobody's: a browser is sent to the page, a program is asked for a password
    public Signed signed(Exchange asked, Use use) throws Refusal {
        var basic = asked.field("Authorization");
        if (basic.isPresent()) return basic(asked, basic.get(), use);
        var session = session(asked);
        if (session.isPresent()) return session.get();
        throw unsigned(asked);
    }

    /// Whose request it is, by the page's session: what a person does, and no program.
    ///
    /// @throws Refusal nobody's
    public Signed person(Exchange asked) throws Refusal {
        var session = session(asked);
        if (session.isPresent()) return session.get();
        throw unsigned(asked);
    }

    /// Likewise, if it is anybody's.
    Optional<Signed> ifSigned(Exchange asked) {
        return session(asked);
    }

    private static Refusal unsigned(Exchange asked) {
        if (!asked.takesPasswords()) return new Refusal(Status.FORBIDDEN, "only-https");
        return asked.wantsPage() && asked.reads()
                ? new Refusal(
                        Status.SEE_OTHER,
                        "sign-in-first",
                        Map.of(
                                "Location",
                                "/sign-in?to="
                                        + org.postroom.http.Paths.encoded(asked.pathQuery())))
                : new Refusal(
                        Status.UNAUTHORIZED, "sign-in-first", Map.of("WWW-Authenticate", REALM));
    }

    private Optional<Signed> session(Exchange asked) {
        var cookie = asked.cookie(cookieName(asked));
        if (cookie.isEmpty()) return Optional.empty();
        return house.store()
                .webSessions()
                .find(new Secret(cookie.get()))
                .flatMap(known -> signed(asked, known));
    }

    private Optional<Signed> signed(Exchange asked, WebSessions.Known known) {
        var entry = house.store().directory().entry(known.account());
        return entry.map(found -> {
            String name = found.address().toString();
            asked.isOf(name);
            return new Signed(
                    known.account(),
                    name,
                    Optional.of(new Signed.Session(known.session().id(), csrf(known.secret()))));
        });
    }

    private static Secret csrf(Secret session) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("form ".getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(session.reveal().getBytes(StandardCharsets.US_ASCII));
            return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (java.security.NoSuchAlgorithmException never) {
            throw new org.postroom.wire.Fault("every JDK has SHA-256", never);
        }
    }

    // RFC 7617 §2
    private Signed basic(Exchange asked, String field, Use use) throws Refusal {
        if (!asked.takesPasswords()) throw new Refusal(Status.FORBIDDEN, "only-https");
        var wrong =
                new Refusal(
                        Status.UNAUTHORIZED, "wrong-password", Map.of("WWW-Authenticate", REALM));
        if (!field.toLowerCase(Locale.ROOT).startsWith("basic ")) throw wrong;
        String pair;
        try {
            pair =
                    new String(
                            Base64.getDecoder().decode(field.substring(6).strip()),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            throw wrong;
        }
        int colon = pair.indexOf(':');
        if (colon < 0) throw wrong;
        var admission =
                wicket.admit(
                        asked.asker(),
                        pair.substring(0, colon),
                        new Secret(pair.substring(colon + 1)),
                        use);
        return switch (admission) {
            case Admission.Admitted(var account, var name) -> {
                asked.isOf(name.toString());
                yield new Signed(account, name.toString(), Optional.empty());
            }
            case Admission.Busy() -> throw new Refusal(Status.SERVICE_UNAVAILABLE, "too-busy");
            case Admission.Wrong(),
                    Admission.CodeWanted(_, _),
                    Admission.NotInClearText(),
                    Admission.Cancelled(),
                    Admission.Malformed(),
                    Admission.UnknownMechanism() ->
                    throw wrong;
        };
    }

    /// Whoever is here by a cookie has to know the session's token to change anything.
    ///
    /// @param token as the form or the field bore it
    /// @throws Refusal another site's request
    public static void demandToken(Signed who, String token) throws Refusal {
        if (who.session().isEmpty()) return;
        byte[] said = token.getBytes(StandardCharsets.UTF_8);
        byte[] right = who.session().get().token().reveal().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(said, right))
            throw new Refusal(Status.FORBIDDEN, "from-elsewhere");
    }

    /// Likewise, by the field that scripts of ours send.
    public static void demandToken(Signed who, Exchange asked) throws Refusal {
        demandToken(who, asked.field("X-CSRF-Token").orElse(""));
    }

    // The page

    @Override
    public Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        if (asked.reads()) return page(asked, Status.OK, "", asked.query("to").orElse(""), "");
        if (asked.method() != Method.POST) throw methods("GET, HEAD, POST");
        if (!asked.takesPasswords()) throw new Refusal(Status.FORBIDDEN, "only-https");
        var form = asked.form();
        String to = form.get("to");
        var half =
                Optional.of(form.get("ticket"))
                        .filter(ticket -> !ticket.isEmpty())
                        .map(halfWay::getIfPresent);
        if (!form.get("ticket").isEmpty() && half.isEmpty())
            return page(asked, Status.OK, "too-late", to, "");
        var admission =
                half.isPresent()
                        ? wicket.admit(asked.asker(), half.get(), new Secret(form.get("code")))
                        : wicket.admitPerson(
                                asked.asker(),
                                form.get("name").strip(),
                                new Secret(form.get("password")));
        return switch (admission) {
            case Admission.Admitted(var account, _) -> {
                halfWay.invalidate(form.get("ticket"));
                yield welcome(asked, account, to);
            }
            case Admission.CodeWanted wanted -> {
                String ticket = ticket();
                halfWay.put(ticket, wanted);
                yield page(asked, Status.OK, "", to, ticket);
            }
            case Admission.Busy() -> throw new Refusal(Status.SERVICE_UNAVAILABLE, "too-busy");
            case Admission.Wrong(),
                    Admission.NotInClearText(),
                    Admission.Cancelled(),
                    Admission.Malformed(),
                    Admission.UnknownMechanism() ->
                    page(
                            asked,
                            Status.FORBIDDEN,
                            half.isPresent() ? "wrong-code" : "wrong-password",
                            to,
                            half.isPresent() ? form.get("ticket") : "");
        };
    }

    private String ticket() {
        byte[] octets = new byte[TICKET_OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static Answer page(
            Exchange asked, Status status, String problem, String to, String ticket) {
        var words = asked.words();
        var values = new HashMap<String, Object>();
        values.put("to", to);
        if (!problem.isEmpty()) values.put("problem", words.say(problem));
        if (!ticket.isEmpty()) values.put("ticket", ticket);
        return Answer.page(
                status, Pages.make("sign-in", "sign-in", words, Optional.empty(), values));
    }

    /// A session that is new with each sign-in: nobody can have planted it.
    Answer welcome(Exchange asked, AccountId account, String to) throws Refused {
        var token =
                house.store()
                        .webSessions()
                        .begin(
                                account,
                                asked.field("User-Agent").orElse(""),
                                asked.address().getAddress().getHostAddress());
        return Answer.see(isHere(to) ? to : "/")
                .with("Set-Cookie", cookie(asked, token.reveal(), Duration.ofDays(90)));
    }

    /// Whether it is a path of this host: what begins with two slashes, or a backslash, is another's.
    static boolean isHere(String to) {
        if (!to.startsWith("/") || to.startsWith("//") || to.startsWith("/\\")) return false;
        for (int i = 0; i < to.length(); i++)
            if (to.charAt(i) <= ' ' || to.charAt(i) >= 0x7f || to.charAt(i) == '\\') return false;
        return true;
    }

    private static String cookieName(Exchange asked) {
        return asked.isSecure() ? COOKIE : LOCAL_COOKIE;
    }

    // RFC 6265 §4.1.1; SameSite as RFC 6265bis has it: a link from elsewhere leads here signed in,
    // a form
    // from elsewhere does not
    private static String cookie(Exchange asked, String value, Duration age) {
        return cookieName(asked)
                + '='
                + value
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + age.toSeconds()
                + (asked.isSecure() ? "; Secure" : "");
    }

    Answer signOut(Exchange asked) throws Refusal, Refused, IOException {
        if (asked.method() != Method.POST) throw methods("POST");
        var who = session(asked);
        if (who.isPresent()) {
            demandToken(who.get(), asked.form().get("csrf"));
            house.store()
                    .webSessions()
                    .end(who.get().account(), who.get().session().orElseThrow().id());
        }
        return Answer.see("/sign-in").with("Set-Cookie", cookie(asked, "", Duration.ZERO));
    }

    /// RFC 9110 §15.5.6.
    static Refusal methods(String allowed) {
        return new Refusal(
                Status.METHOD_NOT_ALLOWED, "method-not-allowed", Map.of("Allow", allowed));
    }
}
