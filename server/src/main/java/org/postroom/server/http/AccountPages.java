package org.postroom.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.postroom.http.Disposition;
import org.postroom.http.Method;
import org.postroom.http.Paths;
import org.postroom.http.Status;
import org.postroom.server.Admission;
import org.postroom.server.House;
import org.postroom.store.FileLink;
import org.postroom.store.FileLinks;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.store.Use;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/account`: what an account's owner sees and changes of it: password, second factor, app passwords,
/// sessions, links, room; how programs are set up; everything as one archive. Without script.
final class AccountPages implements Area {

    private static final Duration UNDECIDED = Duration.ofMinutes(15);

    private final House house;
    private final SignIn signIn;

    /// Second factors that are shown and not confirmed yet, by session.
    private final Cache<Long, Secret> proposed =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(UNDECIDED).build();

    AccountPages(House house, SignIn signIn) {
        this.house = house;
        this.signIn = signIn;
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        var who = signIn.person(asked);
        var below = Site.below(asked);
        String what = below.isEmpty() ? "" : below.getFirst();
        if (asked.reads())
            return switch (what) {
                case "" -> overview(asked, who);
                case "second-factor" -> secondFactor(asked, who, "");
                case "links" -> linkForm(asked, who);
                case "set-up" -> SetUp.page(asked, who);
                case "export.zip" -> export(who);
                default -> throw new Refusal(Status.NOT_FOUND, "not-found");
            };
        if (asked.method() != Method.POST) throw SignIn.methods("GET, HEAD, POST");
        var form = asked.form();
        SignIn.demandToken(who, asked.field("X-CSRF-Token").orElseGet(() -> form.get("csrf")));
        return switch (what) {
            case "password" -> password(asked, who, form);
            case "second-factor" -> secondFactor(asked, who, form);
            case "app-passwords" -> appPasswords(asked, who, form);
            case "sessions" -> sessions(who, form);
            case "links" -> links(asked, who, form);
            default -> throw new Refusal(Status.NOT_FOUND, "not-found");
        };
    }

    // The overview

    private Answer overview(Exchange asked, Signed who) throws Refused {
        var words = asked.words();
        var store = house.store();
        var values = new HashMap<String, Object>();
        asked.query("done")
                .filter(done -> words.all().containsKey("done-" + done))
                .ifPresent(done -> values.put("done", words.say("done-" + done)));
        var quota = store.account(who.account()).quota();
        values.put("quota", Listing.quota(quota.used(), quota.limit(), words));
        if (quota.limit() > 0) {
            values.put("limit", quota.limit());
            values.put("used", quota.used());
        }
        values.put("secondFactor", store.secondFactors().has(who.account()));
        values.put(
                "recoveryCodes",
                words.say("n-codes", store.secondFactors().recoveryCodes(who.account())));
        values.put("appPasswords", appPasswords(who, words));
        values.put("sessions", sessions(who, words));
        values.put("links", links(asked, who, words));
        return Answer.page(
                Status.OK, Pages.make("account", "account", words, Optional.of(who), values));
    }

    static String date(Instant instant, Words words) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(words.locale())
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    private List<Map<String, Object>> appPasswords(Signed who, Words words) {
        return house.store().passwords().list(who.account()).stream()
                .map(one ->
                        Map.<String, Object>of(
                                "id", HexFormat.of().toHexDigits(one.id()),
                                "label", one.label(),
                                "uses", uses(one.uses(), words),
                                "created", date(one.created(), words),
                                "expires",
                                        one.expires()
                                                .map(until ->
                                                        words.say("until", date(until, words)))
                                                .orElse("")))
                .toList();
    }

    private static String uses(java.util.Set<Use> uses, Words words) {
        return uses.size() == Use.values().length
                ? words.say("use-all")
                : words.say(uses.contains(Use.FILES) ? "use-files" : "use-letters");
    }

    private List<Map<String, Object>> sessions(Signed who, Words words) {
        long here = who.session().map(Signed.Session::id).orElse(0L);
        return house.store().webSessions().list(who.account()).stream()
                .map(one ->
                        Map.<String, Object>of(
                                "id", HexFormat.of().toHexDigits(one.id()),
                                "agent", one.agent(),
                                "from", one.from(),
                                "used", date(one.used(), words),
                                "here", one.id() == here))
                .toList();
    }

    private List<Map<String, Object>> links(Exchange asked, Signed who, Words words) {
        return house.store().fileLinks().list(who.account()).stream()
                .map(issued -> link(asked, issued, words))
                .toList();
    }

    private static Map<String, Object> link(Exchange asked, FileLinks.Issued issued, Words words) {
        var link = issued.link();
        var values = new HashMap<String, Object>();
        values.put("id", HexFormat.of().toHexDigits(link.id()));
        values.put("path", link.path().map(FilePath::toString).orElse(words.say("gone")));
        values.put("url", url(asked, issued.token()));
        values.put("adds", link.purpose() == FileLink.Purpose.ADD);
        values.put("locked", link.locked());
        link.expires()
                .ifPresent(until -> values.put("expires", words.say("until", date(until, words))));
        values.put(
                "count",
                link.most() > 0
                        ? words.say("used-n-of", link.used(), link.most())
                        : words.say("used-n", link.used()));
        return values;
    }

    private static String url(Exchange asked, Secret token) {
        return asked.origin() + "/s/" + token.reveal() + "/";
    }

    // What is changed

    private Answer password(Exchange asked, Signed who, Exchange.Form form)
            throws Refusal, Refused {
        demandPassword(asked, who, form);
        house.store().passwords().set(who.account(), new Secret(form.get("new")));
        house.store()
                .webSessions()
                .endAll(who.account(), who.session().map(Signed.Session::id).orElse(0L));
        return Answer.see("/account?done=password");
    }

    /// Whoever found a browser open changes nothing that locks its owner out.
    private void demandPassword(Exchange asked, Signed who, Exchange.Form form)
            throws Refusal, Refused {
        var admission =
                house.doorkeeper()
                        .wicket(house.journal())
                        .admitPerson(asked.asker(), who.name(), new Secret(form.get("password")));
        switch (admission) {
            case Admission.Admitted _, Admission.CodeWanted _ -> {}
            case Admission.Busy _ -> throw new Refusal(Status.SERVICE_UNAVAILABLE, "too-busy");
            case Admission.Wrong _,
                    Admission.NotInClearText _,
                    Admission.Cancelled _,
                    Admission.Malformed _,
                    Admission.UnknownMechanism _ ->
                    throw new Refusal(Status.FORBIDDEN, "wrong-password-now");
        }
    }

    private Answer secondFactor(Exchange asked, Signed who, String problem) {
        var words = asked.words();
        long session = who.session().map(Signed.Session::id).orElse(0L);
        var seed = proposed.get(session, _ -> house.store().secondFactors().propose());
        // what programs for telephones read: otpauth://totp/ISSUER:NAME?secret=…&issuer=…
        String issuer = house.settings().get().server().name();
        String uri =
                "otpauth://totp/"
                        + Paths.encoded(issuer + ":" + who.name())
                        + "?secret="
                        + seed.reveal()
                        + "&issuer="
                        + Paths.encoded(issuer);
        var values = new HashMap<String, Object>();
        values.put("seed", seed.reveal().replaceAll("(.{4})", "$1 ").strip());
        values.put("uri", uri);
        values.put("picture", QrCode.svg(uri));
        if (!problem.isEmpty()) values.put("problem", words.say(problem));
        return Answer.page(
                problem.isEmpty() ? Status.OK : Status.FORBIDDEN,
                Pages.make("second-factor", "second-factor", words, Optional.of(who), values));
    }

    private Answer secondFactor(Exchange asked, Signed who, Exchange.Form form)
            throws Refusal, Refused {
        var factors = house.store().secondFactors();
        return switch (form.get("action")) {
            case "confirm" -> {
                var seed = proposed.getIfPresent(who.session().map(Signed.Session::id).orElse(0L));
                if (seed == null) yield Answer.see("/account/second-factor");
                if (!factors.confirm(who.account(), seed, new Secret(form.get("code"))))
                    yield secondFactor(asked, who, "wrong-code");
                proposed.invalidate(who.session().map(Signed.Session::id).orElse(0L));
                yield codes(asked, who);
            }
            case "codes" -> {
                demandPassword(asked, who, form);
                yield codes(asked, who);
            }
            case "remove" -> {
                demandPassword(asked, who, form);
                factors.remove(who.account());
                yield Answer.see("/account?done=no-second-factor");
            }
            default -> throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        };
    }

    private Answer codes(Exchange asked, Signed who) throws Refused {
        var codes =
                house.store().secondFactors().makeRecoveryCodes(who.account()).stream()
                        .map(code -> code.reveal().replaceAll("(.{4})(?=.)", "$1-"))
                        .toList();
        return secret(asked, who, "recovery-codes", "recovery-help", codes);
    }

    /// Shown this once.
    private static Answer secret(
            Exchange asked, Signed who, String title, String help, List<String> secrets) {
        var words = asked.words();
        return Answer.page(
                Status.OK,
                Pages.make(
                        "secret",
                        title,
                        words,
                        Optional.of(who),
                        Map.of("help", words.say(help), "secrets", secrets)));
    }

    private Answer appPasswords(Exchange asked, Signed who, Exchange.Form form)
            throws Refusal, Refused {
        var passwords = house.store().passwords();
        if (form.get("action").equals("revoke")) {
            passwords.revoke(who.account(), id(form));
            return Answer.see("/account?done=revoked");
        }
        String label = form.get("label").strip();
        if (label.isEmpty() || label.length() > 100)
            throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        var uses =
                switch (form.get("use")) {
                    case "letters" -> EnumSet.of(Use.LETTERS);
                    case "files" -> EnumSet.of(Use.FILES);
                    default -> EnumSet.allOf(Use.class);
                };
        var issued =
                passwords.issue(
                        who.account(),
                        label,
                        uses,
                        days(form).map(life -> Instant.now().plus(life)));
        return secret(
                asked, who, "app-password", "app-password-help", List.of(issued.secret().reveal()));
    }

    private static Optional<Duration> days(Exchange.Form form) throws Refusal {
        String days = form.get("days").strip();
        if (days.isEmpty()) return Optional.empty();
        return Optional.of(Duration.ofDays(number(days, 3_650)));
    }

    private static int number(String digits, int most) throws Refusal {
        if (!digits.matches("[0-9]{1,6}"))
            throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        int number = Integer.parseInt(digits);
        if (number < 1 || number > most) throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        return number;
    }

    private static long id(Exchange.Form form) throws Refusal {
        try {
            return HexFormat.fromHexDigitsToLong(form.get("id"));
        } catch (IllegalArgumentException noNumber) {
            throw new Refusal(Status.UNPROCESSABLE_CONTENT, "no-form");
        }
    }

    private Answer sessions(Signed who, Exchange.Form form) throws Refusal, Refused {
        var sessions = house.store().webSessions();
        if (form.get("action").equals("end-others"))
            sessions.endAll(who.account(), who.session().map(Signed.Session::id).orElse(0L));
        else sessions.end(who.account(), id(form));
        return Answer.see("/account?done=session");
    }

    // Links

    private static Answer linkForm(Exchange asked, Signed who) {
        return Answer.page(
                Status.OK,
                Pages.make(
                        "link",
                        "share",
                        asked.words(),
                        Optional.of(who),
                        Map.of("path", asked.query("path").orElse("/"))));
    }

    private Answer links(Exchange asked, Signed who, Exchange.Form form) throws Refusal, Refused {
        var links = house.store().fileLinks();
        if (form.get("action").equals("revoke")) {
            links.revoke(who.account(), id(form));
            return Answer.see("/account?done=revoked");
        }
        String password = form.get("password");
        String most = form.get("most").strip();
        var issued =
                links.make(
                        who.account(),
                        FilePath.ROOT.resolve(form.get("path")),
                        form.get("purpose").equals("add")
                                ? FileLink.Purpose.ADD
                                : FileLink.Purpose.READ,
                        days(form),
                        password.isEmpty() ? Optional.empty() : Optional.of(new Secret(password)),
                        most.isEmpty() ? 0 : number(most, 1_000_000));
        return asked.wantsPage()
                ? secret(asked, who, "share", "share-help", List.of(url(asked, issued.token())))
                : Answer.text(Status.CREATED, url(asked, issued.token()) + "\n");
    }

    private Answer export(Signed who) throws Refused {
        var account = house.store().account(who.account());
        return Answer.of(
                        Status.OK,
                        new Answer.Body.Flow(
                                "application/zip", -1, out -> Export.write(account, out)))
                .with(
                        "Content-Disposition",
                        Disposition.attachment("postroom-" + who.name() + ".zip"));
    }
}
