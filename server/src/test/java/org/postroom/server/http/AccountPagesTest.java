package org.postroom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.server.Settings;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.Account;
import org.postroom.store.FileLink;
import org.postroom.store.FilePath;
import org.postroom.store.Upload;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/// What an owner does on the account's pages, and what those who have a link do with it.
final class AccountPagesTest {

    private TestHouse house;
    private Account account;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
        account = house.account("alice@example.test");
        browser = new Browser(house);
        browser.signIn("alice%40example.test", "letmein");
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        house.close();
    }

    private void store(String path, String text) throws Exception {
        try (var upload =
                account.files().upload(FilePath.ROOT.resolve(path), new Upload.Place.Whole())) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            upload.write(octets, 0, octets.length);
            upload.commit();
        }
    }

    @Test
    void aNewPasswordTakesTheOldOneAndSignsOutTheOthers() throws Exception {
        try (var other = new Browser(house)) {
            other.signIn("alice%40example.test", "letmein");
            assertThat(
                            browser.postHere(
                                            "/account",
                                            "/account/password",
                                            "password=wrong&new=another-one")
                                    .status())
                    .isEqualTo(403);
            assertThat(other.page("/account").status()).isEqualTo(200);
            assertThat(
                            browser.postHere(
                                            "/account",
                                            "/account/password",
                                            "password=letmein&new=another-one")
                                    .status())
                    .isEqualTo(303);
            assertThat(other.page("/account").status()).isEqualTo(303);
            assertThat(browser.page("/account").status()).isEqualTo(200);
        }
    }

    @Test
    void anAppPasswordIsShownOnceAndCanBeTakenAway() throws Exception {
        var shown =
                browser.postHere(
                        "/account",
                        "/account/app-passwords",
                        "action=add&label=phone&use=files&days=30");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text())
                .containsPattern("<code class=\"secret\" dir=\"ltr\">[a-z2-7]{32}<");
        var page = browser.page("/account").text();
        assertThat(page).contains("phone", "until ");
        var one = house.house.store().passwords().list(account.id()).getFirst();
        browser.postHere(
                "/account",
                "/account/app-passwords",
                "action=revoke&id=" + Long.toHexString(one.id()));
        assertThat(house.house.store().passwords().list(account.id())).isEmpty();
    }

    @Test
    void aLinkShowsOneFileToWhoeverHasItAsOftenAsItMay() throws Exception {
        store("plan.txt", "the plan");
        store("secret.txt", "the secret");
        var made =
                browser.postHere(
                        "/account/links", "/account/links", "path=/plan.txt&purpose=read&most=1");
        String url = made.text().replaceAll("(?s).*(/s/[A-Za-z0-9_-]{43}/).*", "$1");
        try (var stranger = new Browser(house)) {
            assertThat(stranger.page(url).text()).contains("plan.txt");
            assertThat(stranger.page(url + "secret.txt").status()).isEqualTo(404);
            assertThat(stranger.page(url + "plan.txt").text()).isEqualTo("the plan");
            assertThat(stranger.page(url + "plan.txt").status()).isEqualTo(404);
            assertThat(stranger.page("/s/" + "A".repeat(43) + "/").status()).isEqualTo(404);
        }
    }

    @Test
    void aLinkToPutFilesInShowsNothingAndReplacesNothing() throws Exception {
        account.files().makeDirectory(FilePath.ROOT.resolve("in"));
        store("in/a.txt", "mine");
        var link =
                house.house
                        .store()
                        .fileLinks()
                        .make(
                                account.id(),
                                FilePath.ROOT.resolve("in"),
                                FileLink.Purpose.ADD,
                                Optional.of(Duration.ofDays(1)),
                                Optional.of(new Secret("sesame")),
                                0);
        String url = "/s/" + link.token().reveal() + "/";
        try (var stranger = new Browser(house)) {
            assertThat(stranger.page(url).text()).contains("type=\"password\"");
            assertThat(stranger.post(url, "password=open").status()).isEqualTo(403);
            stranger.keepCookie(stranger.post(url, "password=sesame"));
            assertThat(stranger.page(url).text())
                    .contains("multipart/form-data")
                    .doesNotContain("a.txt");
            assertThat(stranger.page(url + "a.txt").text()).doesNotContain("mine");
            var sent = stranger.upload(url, "a.txt", "theirs");
            assertThat(sent.status()).isEqualTo(303);
        }
        assertThat(text("in/a.txt")).isEqualTo("mine");
        assertThat(text("in/a (2).txt")).isEqualTo("theirs");
    }

    private String text(String path) throws Exception {
        try (var in = account.files().open(FilePath.ROOT.resolve(path)).read()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everythingIsOneArchive() throws Exception {
        store("a.txt", "a file");
        house.deliver(
                "alice@example.test",
                "From: bob@example.test\r\nSubject: hello\r\n\r\nFrom here on\r\n>From there\r\n");
        var got = browser.page("/account/export.zip");
        var entries = new HashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(got.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                entries.put(
                        entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(entries.get("files/a.txt")).isEqualTo("a file");
        // RFC 4155, mboxrd's quoting
        assertThat(entries.get("mail/INBOX.mbox"))
                .startsWith("From MAILER-DAEMON ")
                .contains("\nStatus: O\n", "\nSubject: hello\n\n>From here on\n>>From there\n");
    }

    @Test
    void anInvitationServesOnceAndSetsThePassword() throws Exception {
        var sent =
                house.house.store().invitations().invite("carol@example.test", Duration.ofDays(1));
        String url = "/join/" + sent.token().reveal();
        try (var guest = new Browser(house)) {
            assertThat(guest.page(url).text()).contains("carol@example.test");
            assertThat(guest.post(url, "new=open-sesame&again=other").status()).isEqualTo(422);
            var in = guest.post(url, "new=open-sesame&again=open-sesame");
            assertThat(in.status()).isEqualTo(303);
            guest.keepCookie(in);
            assertThat(guest.page("/account").text()).contains("carol@example.test");
            assertThat(guest.page(url).status()).isEqualTo(404);
        }
    }

    @Test
    void whoAsksIsLetInByTheAdministratorOnly() throws Exception {
        try (var guest = new Browser(house)) {
            assertThat(guest.page("/sign-up").status()).isEqualTo(404); // off, as it comes
            house.settings(
                    house.settings().withHttp(new Settings.Http(Optional.of("example.test"))));
            var asked =
                    guest.post("/sign-up", "name=dave&new=open-sesame&again=open-sesame&note=me");
            assertThat(asked.status()).isEqualTo(200);
            // a name that is taken sounds the same (TRAPS T19)
            var taken =
                    guest.post("/sign-up", "name=alice&new=open-sesame&again=open-sesame&note=me");
            assertThat(taken.text()).isEqualTo(asked.text());
            assertThat(
                            guest.post("/sign-in", "name=dave%40example.test&password=open-sesame")
                                    .status())
                    .isEqualTo(403);
            var invitations = house.house.store().invitations();
            assertThat(invitations.list()).hasSize(1);
            invitations.approve("dave@example.test");
            guest.signIn("dave%40example.test", "open-sesame");
        }
    }

    @Test
    void whatWasRemovedIsBroughtBack() throws Exception {
        store("a.txt", "kept");
        browser.postHere("/files/", "/files/", "action=remove&name=a.txt");
        assertThat(browser.page("/files/a.txt").status()).isEqualTo(404);
        var history = browser.page("/files/?history").text();
        String replaced = history.replaceAll("(?s).*name=\"replaced\" value=\"([^\"]+)\".*", "$1");
        var back =
                browser.postHere(
                        "/files/?history",
                        "/files/",
                        "action=restore&name=a.txt&replaced=" + replaced);
        assertThat(back.status()).isEqualTo(303);
        assertThat(browser.page("/files/a.txt").text()).isEqualTo("kept");
    }

    @Test
    void pagesSpeakTheReadersLanguage() throws Exception {
        var german = browser.ask("GET /sign-in", "Accept-Language: de-AT, en;q=0.5");
        assertThat(german.text()).contains("<html lang=\"de\" dir=\"ltr\">", "Anmelden");
        var arabic = browser.ask("GET /sign-in", "Accept-Language: ar");
        assertThat(arabic.text()).contains("<html lang=\"ar\" dir=\"rtl\">");
        for (var language : Words.languages())
            assertThat(Words.of(Optional.of(language)).all().keySet())
                    .isEqualTo(Words.of(Optional.of("en")).all().keySet());
    }
}
