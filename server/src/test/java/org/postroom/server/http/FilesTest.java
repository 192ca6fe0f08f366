package org.postroom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.store.FilePath;

import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;

/// F12: an account's files by HTTP.
final class FilesTest extends AlicesFiles {

    @Test
    void nobodySeesFilesWithoutSigningIn() throws Exception {
        store("a.txt", "secret");
        var heard = browser.ask("GET /files/a.txt");
        assertThat(heard.status()).isEqualTo(401); // RFC 9110 §15.5.2: with a challenge
        assertThat(heard.field("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(browser.ask("GET /files/a.txt", "Authorization: Basic AAAA").status())
                .isEqualTo(401);
    }

    @Test
    void whatIsPutIsGotAndKnownByItsTag() throws Exception {
        var put = browser.send("PUT /files/h%C3%A9llo%20you.txt", "hello", ALICE);
        assertThat(put.status()).isEqualTo(201);
        assertThat(stored("h\u00e9llo you.txt")).isEqualTo("hello");
        var got = browser.ask("GET /files/h%C3%A9llo%20you.txt", ALICE);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("hello");
        assertThat(got.field("ETag")).isEqualTo(put.field("ETag")).startsWith("\"");
        // RFC 9110 §13.1.2
        var same =
                browser.ask(
                        "GET /files/h%C3%A9llo%20you.txt",
                        ALICE, "If-None-Match: " + got.field("ETag"));
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.field("ETag")).isEqualTo(got.field("ETag"));
        var again = browser.send("PUT /files/h%C3%A9llo%20you.txt", "other", ALICE);
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.field("ETag")).isNotEqualTo(put.field("ETag"));
        // RFC 9110 §13.1.1: a lost update
        assertThat(
                        browser.send(
                                        "PUT /files/h%C3%A9llo%20you.txt",
                                        "late", ALICE, "If-Match: " + put.field("ETag"))
                                .status())
                .isEqualTo(412);
        assertThat(stored("h\u00e9llo you.txt")).isEqualTo("other");
        assertThat(
                        browser.send(
                                        "PUT /files/h%C3%A9llo%20you.txt",
                                        "new", ALICE, "If-None-Match: *")
                                .status())
                .isEqualTo(412);
        assertThat(browser.ask("DELETE /files/h%C3%A9llo%20you.txt", ALICE).status())
                .isEqualTo(204);
        assertThat(browser.ask("GET /files/h%C3%A9llo%20you.txt", ALICE).status()).isEqualTo(404);
    }

    @Test
    void partsAreGotAsTheyAreAskedFor() throws Exception {
        store("ten.bin", "0123456789");
        var middle = browser.ask("GET /files/ten.bin", ALICE, "Range: bytes=2-4");
        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.text()).isEqualTo("234");
        assertThat(middle.field("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(browser.ask("GET /files/ten.bin", ALICE, "Range: bytes=7-").text())
                .isEqualTo("789");
        assertThat(browser.ask("GET /files/ten.bin", ALICE, "Range: bytes=-2").text())
                .isEqualTo("89");
        var none = browser.ask("GET /files/ten.bin", ALICE, "Range: bytes=10-");
        assertThat(none.status()).isEqualTo(416);
        assertThat(none.field("Content-Range")).isEqualTo("bytes */10"); // RFC 9110 §14.4
        var two = browser.ask("GET /files/ten.bin", ALICE, "Range: bytes=0-1,8-9");
        assertThat(two.status()).isEqualTo(206);
        assertThat(two.field("Content-Type")).startsWith("multipart/byteranges; boundary=");
        assertThat(two.text())
                .contains("Content-Range: bytes 0-1/10\r\n\r\n01\r\n--")
                .contains("Content-Range: bytes 8-9/10\r\n\r\n89\r\n--");
        // RFC 9110 §13.1.5: a part of something else would be no part of what is there
        assertThat(
                        browser.ask(
                                        "GET /files/ten.bin",
                                        ALICE,
                                        "Range: bytes=2-4",
                                        "If-Range: \"other\"")
                                .text())
                .isEqualTo("0123456789");
    }

    @Test
    void anUploadGoesOnWhereItBrokeOff() throws Exception {
        // RFC 9110 §14.5, into what FTP's REST goes on with
        var first =
                browser.send("PUT /files/big.bin", "01234", ALICE, "Content-Range: bytes 0-4/10");
        assertThat(first.status()).isEqualTo(202);
        var asked = browser.ask("HEAD /files/big.bin", ALICE);
        assertThat(asked.status()).isEqualTo(404);
        assertThat(asked.field("Upload-Offset")).isEqualTo("5");
        var second =
                browser.send("PUT /files/big.bin", "56789", ALICE, "Content-Range: bytes 5-9/10");
        assertThat(second.status()).isEqualTo(201);
        assertThat(stored("big.bin")).isEqualTo("0123456789");
    }

    @Test
    void anUploadThatIsCutLeavesTheOldFile() throws Exception {
        store("kept.txt", "old");
        try (var cut = new Browser(house)) {
            cut.say(
                    "PUT /files/kept.txt HTTP/1.1\r\nHost: localhost\r\n"
                            + ALICE
                            + "\r\nContent-Length: 100\r\n\r\nnew");
        }
        org.awaitility.Awaitility.await()
                .until(() ->
                        house.journal().stream()
                                .anyMatch(entry -> entry.fields().toString().contains("gone")));
        assertThat(stored("kept.txt")).isEqualTo("old");
    }

    @Test
    void textIsCompressedForWhoeverTakesThat() throws Exception {
        store("long.txt", "all work and no play ".repeat(500));
        var plain = browser.ask("GET /files/long.txt", ALICE);
        var zipped = browser.ask("GET /files/long.txt", ALICE, "Accept-Encoding: gzip, br");
        assertThat(zipped.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(zipped.field("ETag")).isNotEqualTo(plain.field("ETag"));
        assertThat(zipped.body().length).isLessThan(plain.body().length / 10);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
        var again =
                browser.ask(
                        "GET /files/long.txt",
                        ALICE,
                        "Accept-Encoding: gzip",
                        "If-None-Match: " + zipped.field("ETag"));
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void aDirectoryIsAPageThatEscapesWhatPeopleWrote() throws Exception {
        account.files().makeDirectory(FilePath.ROOT.resolve("b"));
        store("<script>alert(1)<.txt", "x");
        var away = browser.ask("GET /files/b", ALICE, "Accept: text/html");
        assertThat(away.status()).isEqualTo(308);
        assertThat(away.field("Location")).isEqualTo("/files/b/");
        var page = browser.ask("GET /files/", ALICE, "Accept: text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("&lt;script&gt;alert(1)&lt;.txt", "href=\"./b/\"")
                .doesNotContain("<script>");
        assertThat(page.field("Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void whatPeopleUploadedIsNoPageOfOurs() throws Exception {
        store("evil.html", "<script>alert(document.cookie)</script>");
        store("drawn.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
        store("photo.png", "png");
        for (var name : new String[] {"evil.html", "drawn.svg"}) {
            var heard = browser.ask("GET /files/" + name, ALICE);
            assertThat(heard.field("Content-Disposition")).startsWith("attachment");
            assertThat(heard.field("Content-Security-Policy")).startsWith("sandbox;");
            assertThat(heard.field("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(browser.ask("GET /files/photo.png", ALICE).field("Content-Disposition"))
                .startsWith("inline");
    }

    @Test
    void pathsLeadNowhereElse() throws Exception {
        // TRAPS F21, and what every web server had once
        for (var path :
                new String[] {
                    "/files/../pub/",
                    "/files/%2e%2e/x",
                    "/files/a%2fb",
                    "/files/%00",
                    "/files/%ff",
                    "/files/%c0%ae%c0%ae/",
                    "/files/%"
                })
            try (var other = new Browser(house)) {
                assertThat(other.ask("GET " + path, ALICE).status()).as(path).isEqualTo(400);
            }
        assertThat(browser.ask("GET /files//etc/passwd", ALICE).status()).isEqualTo(404);
        assertThat(browser.ask("GET /files/..;/x", ALICE).status()).isEqualTo(404);
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInTheirOrder() throws Exception {
        // RFC 9112 §9.3.2
        store("1", "one");
        store("2", "two");
        var head = " HTTP/1.1\r\nHost: localhost\r\n" + ALICE + "\r\n\r\n";
        browser.say("GET /files/1" + head + "GET /files/2" + head + "GET /files/1" + head);
        assertThat(browser.hear(false).text()).isEqualTo("one");
        assertThat(browser.hear(false).text()).isEqualTo("two");
        assertThat(browser.hear(false).text()).isEqualTo("one");
    }

    @Test
    void methodsThatAreNoneOfOursAreRefused() throws Exception {
        assertThat(browser.ask("TRACE /files/", ALICE).status()).isEqualTo(501);
        assertThat(browser.ask("BREW /files/", ALICE).status()).isEqualTo(501);
        assertThat(browser.ask("GET /nowhere", ALICE).status()).isEqualTo(404);
        try (var other = new Browser(house)) {
            other.say("CONNECT example.org:25 HTTP/1.1\r\nHost: example.org:25\r\n\r\n");
            assertThat(other.hear(false).status()).isBetween(400, 599);
        }
    }

    @Test
    void aRequestForAnotherHostIsNotOurs() throws Exception {
        browser.say("GET /files/ HTTP/1.1\r\nHost: evil.example\r\n" + ALICE + "\r\n\r\n");
        assertThat(browser.hear(false).status()).isEqualTo(421); // RFC 9110 §7.4
    }

    @Test
    void twoLengthsAreNone() throws Exception {
        // RFC 9112 §6.3: what one server takes for the body is the next request of another
        for (var fields :
                new String[] {
                    "Content-Length: 5\r\nTransfer-Encoding: chunked",
                    "Content-Length: 5\r\nContent-Length: 6",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                    "Transfer-Encoding : chunked",
                    "Content-Length: +5",
                    "Transfer-Encoding: xchunked"
                })
            try (var other = new Browser(house)) {
                other.say(
                        "PUT /files/x HTTP/1.1\r\nHost: localhost\r\n"
                                + ALICE
                                + "\r\n"
                                + fields
                                + "\r\n\r\n"
                                + "0\r\n\r\n"
                                + "GET /health HTTP/1.1\r\n"
                                + "Host: localhost\r\n\r\n");
                var heard = other.hear(false);
                assertThat(heard.status()).as(fields).isBetween(400, 501);
                assertThat(other.isClosedByPeer()).as(fields).isTrue();
            }
    }
}
