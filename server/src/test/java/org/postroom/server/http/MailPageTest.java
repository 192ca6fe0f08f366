package org.postroom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.server.dialogue.TestHouse;

/// The mail page comes out of the jar, to whoever has signed in.
final class MailPageTest {

    private TestHouse house;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
        house.account("alice@example.test");
        browser = new Browser(house);
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        house.close();
    }

    @Test
    void aStrangerIsSentToTheSignInPage() throws Exception {
        assertThat(browser.page("/").field("Location")).isEqualTo("/mail/");
        assertThat(browser.page("/mail/").field("Location")).isEqualTo("/sign-in?to=%2Fmail%2F");
    }

    @Test
    void thePageIsMadeForWhoeverSignedInAndKeptByNobody() throws Exception {
        browser.signIn("alice%40example.test", "letmein");
        var page = browser.page("/mail/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.field("Cache-Control")).isEqualTo("no-store");
        assertThat(page.field("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
        assertThat(page.text())
                .contains("content=\"alice@example.test\"")
                .containsPattern("name=\"csrf\" content=\"[A-Za-z0-9_-]{20,}\"")
                .doesNotContain("{{");
    }

    @Test
    void whatItIsMadeOfIsKeptForGoodAndSmall() throws Exception {
        browser.signIn("alice%40example.test", "letmein");
        String text = browser.page("/mail/").text();
        var name = text.replaceAll("(?s).*src=\"(/mail/assets/[^\"]+\\.js)\".*", "$1");
        var script = browser.ask("GET " + name, "Accept-Encoding: gzip");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.field("Cache-Control")).contains("immutable");
        assertThat(script.field("Content-Type")).startsWith("text/javascript");
        assertThat(script.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(script.body().length).isLessThan(250_000);
        assertThat(browser.ask("GET " + name).body().length).isGreaterThan(script.body().length);
        assertThat(browser.page("/mail/assets/none.js").status()).isEqualTo(404);
        assertThat(browser.page("/mail/index.html").status()).isEqualTo(404);
    }
}
