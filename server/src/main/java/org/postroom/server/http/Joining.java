package org.postroom.server.http;

import org.postroom.http.Method;
import org.postroom.http.Status;
import org.postroom.server.House;
import org.postroom.server.Settings;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.util.HashMap;
import java.util.Optional;

/// How people come to an account: `/join/TOKEN` by an invitation, which serves once; `/sign-up` by asking,
/// where the administrator lets people ask and then lets them in.
final class Joining {

    /// Who asks from one network, an hour.
    private static final int MOST_AN_HOUR = 5;

    private final House house;
    private final SignIn signIn;
    private final com.github.benmanes.caffeine.cache.Cache<String, Integer> asking =
            com.github.benmanes.caffeine.cache.Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterWrite(java.time.Duration.ofHours(1))
                    .build();

    Joining(House house, SignIn signIn) {
        this.house = house;
        this.signIn = signIn;
    }

    Answer join(Exchange asked) throws Refusal, Refused, IOException {
        var below = Site.below(asked);
        if (below.size() != 1) throw new Refusal(Status.NOT_FOUND, "link-gone");
        var token = new Secret(below.getFirst());
        var invitation =
                house.store()
                        .invitations()
                        .find(token)
                        .orElseThrow(() -> new Refusal(Status.NOT_FOUND, "link-gone"));
        if (asked.reads()) return joinPage(asked, invitation.address(), "");
        if (asked.method() != Method.POST) throw SignIn.methods("GET, HEAD, POST");
        var form = asked.form();
        if (!form.get("new").equals(form.get("again")))
            return joinPage(asked, invitation.address(), "not-the-same");
        try {
            var account = house.store().invitations().take(token, new Secret(form.get("new")));
            return signIn.welcome(asked, account, "/");
        } catch (Refused refused) {
            if (refused.reason() != Refused.Reason.BAD_PASSWORD) throw refused;
            return joinPage(asked, invitation.address(), "bad-password");
        }
    }

    private static Answer joinPage(Exchange asked, String address, String problem) {
        var words = asked.words();
        var values = new HashMap<String, Object>();
        values.put("address", address);
        if (!problem.isEmpty()) values.put("problem", words.say(problem));
        return Answer.page(
                problem.isEmpty() ? Status.OK : Status.UNPROCESSABLE_CONTENT,
                Pages.make("join", "join", words, Optional.empty(), values));
    }

    Answer signUp(Exchange asked) throws Refusal, Refused, IOException {
        var settings = house.settings().get().http();
        if (settings.signUp().isEmpty()) throw new Refusal(Status.NOT_FOUND, "not-found");
        if (asked.reads()) return signUpPage(asked, settings, "", "");
        if (asked.method() != Method.POST) throw SignIn.methods("GET, HEAD, POST");
        int before = Optional.ofNullable(asking.getIfPresent(asked.asker().network())).orElse(0);
        if (before >= MOST_AN_HOUR) throw new Refusal(Status.TOO_MANY_REQUESTS, "too-busy");
        asking.put(asked.asker().network(), before + 1);
        var form = asked.form();
        String domain = settings.signUp().get();
        if (!form.get("new").equals(form.get("again")))
            return signUpPage(asked, settings, "not-the-same", "");
        String address = form.get("name").strip() + "@" + domain;
        try {
            // what is taken is told to nobody: it is asked for like any other, and turned away
            if (house.store().directory().find(Addressee.of(address)).isEmpty())
                house.store()
                        .invitations()
                        .ask(address, new Secret(form.get("new")), form.get("note"));
        } catch (Refused refused) {
            switch (refused.reason()) {
                case ACCOUNT_EXISTS -> {}
                case BAD_ADDRESS -> {
                    return signUpPage(asked, settings, "bad-name", "");
                }
                case BAD_PASSWORD -> {
                    return signUpPage(asked, settings, "bad-password", "");
                }
                default -> throw refused;
            }
        }
        return signUpPage(asked, settings, "", "done-asked");
    }

    private static Answer signUpPage(
            Exchange asked, Settings.Http settings, String problem, String done) {
        var words = asked.words();
        var values = new HashMap<String, Object>();
        values.put("domain", settings.signUp().orElse(""));
        if (!problem.isEmpty()) values.put("problem", words.say(problem));
        if (!done.isEmpty()) values.put("done", words.say(done));
        return Answer.page(
                problem.isEmpty() ? Status.OK : Status.UNPROCESSABLE_CONTENT,
                Pages.make("sign-up", "sign-up", words, Optional.empty(), values));
    }
}
