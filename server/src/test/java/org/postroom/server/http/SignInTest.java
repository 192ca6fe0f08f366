package org.postroom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.Account;
import org.postroom.store.Use;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;

/// Who asks, by the page and by programs; and who is not let in. TRAPS T40.
final class SignInTest {

    private TestHouse house;
    private Account account;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
        account = house.account("alice@example.test");
        browser = new Browser(house);
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        house.close();
    }

    private static String basic(String password) {
        return "Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                ("alice@example.test:" + password)
                                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPersonSignsInByThePageAndOut() throws Exception {
        var sent = browser.page("/files/");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.field("Location")).isEqualTo("/sign-in?to=%2Ffiles%2F");
        var wrong = browser.post("/sign-in", "name=alice%40example.test&password=no&to=/files/");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.fields()).doesNotContainKey("set-cookie");
        var right =
                browser.post("/sign-in", "name=alice%40example.test&password=letmein&to=/files/");
        assertThat(right.status()).isEqualTo(303);
        assertThat(right.field("Location")).isEqualTo("/files/");
        assertThat(right.field("Set-Cookie")).contains("; HttpOnly", "; SameSite=Lax");
        browser.keepCookie(right);
        assertThat(browser.page("/files/").status()).isEqualTo(200);
        assertThat(house.house.store().webSessions().list(account.id())).hasSize(1);
        assertThat(browser.postHere("/files/", "/sign-out", "").status()).isEqualTo(303);
        assertThat(browser.page("/files/").status()).isEqualTo(303);
        assertThat(house.house.store().webSessions().list(account.id())).isEmpty();
    }

    @Test
    void aSecondFactorIsAskedForAndServesOnce() throws Exception {
        String code = house.secondFactor("alice@example.test");
        var half = browser.post("/sign-in", "name=alice%40example.test&password=letmein");
        assertThat(half.status()).isEqualTo(200);
        assertThat(half.fields()).doesNotContainKey("set-cookie");
        String ticket = half.text().replaceAll("(?s).*name=\"ticket\" value=\"([^\"]+)\".*", "$1");
        assertThat(browser.post("/sign-in", "ticket=" + ticket + "&code=000000").status())
                .isEqualTo(403);
        var whole = browser.post("/sign-in", "ticket=" + ticket + "&code=" + code);
        assertThat(whole.status()).isEqualTo(303);
        // DECISIONS: the password alone opens nothing, neither for programs
        assertThat(browser.ask("GET /files/", basic("letmein")).status()).isEqualTo(401);
        assertThat(
                        browser.ask("GET /files/", basic(house.appPassword("alice@example.test")))
                                .status())
                .isEqualTo(200);
        // a recovery code in its place, once
        var recovery =
                house.house
                        .store()
                        .secondFactors()
                        .makeRecoveryCodes(account.id())
                        .getFirst()
                        .reveal();
        for (int status : new int[] {303, 403}) {
            var again = browser.post("/sign-in", "name=alice%40example.test&password=letmein");
            String other =
                    again.text().replaceAll("(?s).*name=\"ticket\" value=\"([^\"]+)\".*", "$1");
            assertThat(browser.post("/sign-in", "ticket=" + other + "&code=" + recovery).status())
                    .isEqualTo(status);
        }
    }

    @Test
    void anAppPasswordOpensWhatItIsForUntilItExpires() throws Exception {
        var passwords = house.house.store().passwords();
        var letters =
                passwords.issue(account.id(), "phone", EnumSet.of(Use.LETTERS), Optional.empty());
        var files = passwords.issue(account.id(), "disk", EnumSet.of(Use.FILES), Optional.empty());
        var late =
                passwords.issue(
                        account.id(),
                        "old",
                        EnumSet.of(Use.FILES),
                        Optional.of(Instant.now().minus(Duration.ofDays(1))));
        assertThat(browser.ask("GET /files/", basic(files.secret().reveal())).status())
                .isEqualTo(200);
        assertThat(browser.ask("GET /files/", basic(letters.secret().reveal())).status())
                .isEqualTo(401);
        assertThat(browser.ask("GET /files/", basic(late.secret().reveal())).status())
                .isEqualTo(401);
        // nor does one open the page, where the password could be changed
        assertThat(
                        browser.post(
                                        "/sign-in",
                                        "name=alice%40example.test&password="
                                                + files.secret().reveal())
                                .status())
                .isEqualTo(403);
    }

    @Test
    void anotherSiteCanMakeABrowserAskButChangeNothing() throws Exception {
        browser.signIn("alice%40example.test", "letmein");
        var forged = browser.post("/files/", "action=make-directory&to=evil");
        assertThat(forged.status()).isEqualTo(403);
        assertThat(browser.post("/files/", "csrf=AAAA&action=make-directory&to=evil").status())
                .isEqualTo(403);
        assertThat(browser.post("/account/sessions", "action=end-others").status()).isEqualTo(403);
        assertThat(browser.page("/files/evil/").status()).isEqualTo(404);
        assertThat(browser.postHere("/files/", "/files/", "action=make-directory&to=mine").status())
                .isEqualTo(303);
        assertThat(browser.page("/files/mine/").status()).isEqualTo(200);
        // with Basic, which a browser remembers, too: Fetch Metadata tells
        assertThat(
                        browser.ask(
                                        "DELETE /files/mine",
                                        basic("letmein"),
                                        "Sec-Fetch-Site: cross-site")
                                .status())
                .isEqualTo(403);
        assertThat(browser.page("/files/mine/").status()).isEqualTo(200);
    }

    @Test
    void aPlantedSessionIsNobodys() throws Exception {
        // session fixation: what a client brought is not what it gets
        var planted = "A".repeat(43);
        var right =
                browser.send(
                        "POST /sign-in",
                        "name=alice%40example.test&password=letmein",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Cookie: postroom=" + planted);
        assertThat(right.status()).isEqualTo(303);
        assertThat(right.field("Set-Cookie")).doesNotContain(planted);
        assertThat(
                        browser.ask(
                                        "GET /files/",
                                        "Accept: text/html",
                                        "Cookie: postroom=" + planted)
                                .status())
                .isEqualTo(303);
    }

    @Test
    void signingInLeadsNowhereElse() throws Exception {
        for (var to :
                new String[] {
                    "https://evil.example/",
                    "//evil.example/",
                    "/%5Cevil.example",
                    "/%09/evil.example",
                    "javascript:alert(1)"
                })
            assertThat(
                            browser.post(
                                            "/sign-in",
                                            "name=alice%40example.test&password=letmein&to=" + to)
                                    .field("Location"))
                    .as(to)
                    .isEqualTo("/");
    }

    @Test
    void watchersComeFromThisMachineOnly() throws Exception {
        assertThat(browser.ask("GET /health").text()).isEqualTo("well\n");
        assertThat(browser.ask("GET /metrics").text())
                .contains("# TYPE postroom_events_total counter", "postroom_connections 1");
        assertThat(house.address(Port.HTTP).getAddress().isLoopbackAddress()).isTrue();
    }
}
