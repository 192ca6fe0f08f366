package org.postroom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.server.http.Browser.Heard;
import org.postroom.store.FileLink;

import java.util.Optional;
import java.util.regex.Pattern;

/// F12: an account's files by WebDAV.
final class DavTest extends AlicesFiles {

    private static final String LOCK =
            "<lockinfo xmlns='DAV:'><lockscope><%s/></lockscope><locktype><write/></locktype>"
                    + "<owner>alice &amp; co</owner></lockinfo>";
    private static final String EXCLUSIVE = LOCK.formatted("exclusive");
    private static final String SHARED = LOCK.formatted("shared");

    private void tree() throws Exception {
        for (var directory : new String[] {"d", "d/e"})
            account.files().makeDirectory(path(directory));
        for (var file : new String[] {"d/f", "d/e/g", "a"}) store(file, file);
    }

    private Heard ask(String line, String... fields) throws Exception {
        return send(line, "", fields);
    }

    private Heard send(String line, String body, String... fields) throws Exception {
        var all = new String[fields.length + 1];
        all[0] = ALICE;
        System.arraycopy(fields, 0, all, 1, fields.length);
        return browser.send(line, body, all);
    }

    private static String find(String inside) {
        return "<propfind xmlns='DAV:'>" + inside + "</propfind>";
    }

    private String lock(String path, String body, String... fields) throws Exception {
        var heard = send("LOCK " + path, body, fields);
        assertThat(heard.status()).as(heard.text()).isBetween(200, 201);
        return heard.field("Lock-Token");
    }

    @Test
    void whatItSpeaksIsTold() throws Exception {
        var heard = ask("OPTIONS /files/");
        assertThat(heard.field("DAV")).isEqualTo("1, 2, 3");
        assertThat(heard.field("Allow")).contains("PROPFIND", "LOCK", "PUT");
    }

    /// RFC 4918 §9.1
    @Test
    void aDirectoryTellsItsMembersAndTheirProperties() throws Exception {
        tree();
        store("d/h\u00e9 &<.txt", "12345");
        var heard = ask("PROPFIND /files/d/", "Depth: 1");
        assertThat(heard.status()).isEqualTo(207);
        assertThat(heard.field("Content-Type")).startsWith("application/xml");
        assertThat(heard.text())
                .contains(
                        "<D:href>/files/d/</D:href>",
                        "<D:href>/files/d/e/</D:href>",
                        "<D:href>/files/d/f</D:href>",
                        "<D:href>/files/d/h%C3%A9%20%26%3C.txt</D:href>",
                        "<D:displayname>h\u00e9 &amp;&lt;.txt</D:displayname>",
                        "<D:getcontentlength>5</D:getcontentlength>",
                        "<D:resourcetype><D:collection/></D:resourcetype>",
                        "<D:getetag>\"")
                .doesNotContain("quota", "/files/a<", "/files/d/e/g");
        assertThat(ask("PROPFIND /files/d/f", "Depth: infinity").text())
                .contains("/files/d/f</D:href>");
        var whole = ask("PROPFIND /files/d/");
        assertThat(whole.status()).isEqualTo(403);
        assertThat(whole.text()).contains("<D:propfind-finite-depth/>");
        assertThat(ask("PROPFIND /files/none", "Depth: 0").status()).isEqualTo(404);
        assertThat(send("PROPFIND /files/", "<x", "Depth: 0").status()).isEqualTo(400);
        assertThat(ask("PROPFIND /files/", "Depth: 7").status()).isEqualTo(400);
    }

    @Test
    void aLargeDirectoryIsToldWhole() throws Exception {
        account.files().makeDirectory(path("d"));
        for (int i = 0; i < 1_500; i++) account.files().makeDirectory(path("d/" + i));
        var text = send("PROPFIND /files/d", find("<propname/>"), "Depth: 1").text();
        assertThat(text.split("<D:response>", -1)).hasSize(1_502);
        assertThat(text).endsWith("</D:multistatus>");
    }

    /// RFC 4331 §3, RFC 4331 §4
    @Test
    void quotaIsToldToWhoAsks() throws Exception {
        store("a", "12345");
        account.limit(1_000L);
        String asked = find("<prop><quota-used-bytes/><quota-available-bytes/></prop>");
        assertThat(send("PROPFIND /files/", asked, "Depth: 0").text())
                .contains(
                        "<D:quota-used-bytes>5</D:quota-used-bytes>",
                        "<D:quota-available-bytes>995</D:quota-available-bytes>");
        account.limit(7L);
        assertThat(send("PUT /files/b", "123").status()).isEqualTo(507);
        assertThat(ask("COPY /files/a", "Destination: /files/b").status()).isEqualTo(507);
        account.limit(0L);
        assertThat(send("PROPFIND /files/", asked, "Depth: 0").text())
                .contains("<D:prop><D:quota-available-bytes/></D:prop><D:status>HTTP/1.1 404");
    }

    /// RFC 4918 §9.2
    @Test
    void propertiesAreKeptAllOrNone() throws Exception {
        store("a", "x");
        String update =
                "<D:propertyupdate xmlns:D='DAV:' xmlns:z='urn:z'><D:set><D:prop>"
                        + "<z:colour shade='1'>red &amp; blue</z:colour>%s"
                        + "</D:prop></D:set><D:remove><D:prop><z:none/></D:prop></D:remove>"
                        + "</D:propertyupdate>";
        var refused = send("PROPPATCH /files/a", update.formatted("<D:getetag>\"x\"</D:getetag>"));
        assertThat(refused.status()).isEqualTo(207);
        assertThat(refused.text())
                .contains("403 Forbidden", "cannot-modify-protected-property", "424 Failed");
        String colour = find("<prop><colour xmlns='urn:z'/><none xmlns='urn:z'/></prop>");
        assertThat(send("PROPFIND /files/a", colour, "Depth: 0").text())
                .doesNotContain("200 OK")
                .contains("404 Not Found");
        var done = send("PROPPATCH /files/a", update.formatted("<D:displayname>A</D:displayname>"));
        assertThat(done.text()).contains("200 OK").doesNotContain("403", "424");
        assertThat(ask("MOVE /files/a", "Destination: /files/b").status()).isEqualTo(201);
        assertThat(send("PROPFIND /files/b", colour, "Depth: 0").text())
                .contains(
                        "<z:colour xmlns:z=\"urn:z\" shade=\"1\">red &amp; blue</z:colour>",
                        "404 Not Found");
        assertThat(ask("PROPFIND /files/b", "Depth: 0").text())
                .contains("<D:displayname xmlns:D=\"DAV:\">A</D:displayname>", "z:colour");
        assertThat(send("PROPFIND /files/b", find("<propname/>"), "Depth: 0").text())
                .contains("<n:colour xmlns:n=\"urn:z\"/>");
    }

    @Test
    void collectionsAreMadeCopiedMovedAndRemoved() throws Exception {
        tree();
        assertThat(ask("MKCOL /files/new").status()).isEqualTo(201);
        assertThat(ask("MKCOL /files/new").status()).isEqualTo(405);
        assertThat(ask("MKCOL /files/no/new").status()).isEqualTo(409);
        assertThat(ask("MKCOL /files/a/new").status()).isEqualTo(409);
        assertThat(send("MKCOL /files/other", "<x/>").status()).isEqualTo(415);
        var copied = ask("COPY /files/d/", "Destination: http://localhost/files/c/");
        assertThat(copied.status()).isEqualTo(201);
        assertThat(ask("GET /files/c/e/g").text()).isEqualTo("d/e/g");
        assertThat(ask("COPY /files/d", "Destination: /files/c", "Overwrite: F").status())
                .isEqualTo(412);
        store("c/extra", "x");
        assertThat(ask("COPY /files/d", "Destination: /files/c", "Depth: 0").status())
                .isEqualTo(204);
        assertThat(ask("GET /files/c/extra").status()).isEqualTo(404);
        assertThat(ask("GET /files/c/f").status()).isEqualTo(404);
        assertThat(ask("MOVE /files/d", "Destination: /files/a").status()).isEqualTo(204);
        assertThat(ask("GET /files/a/e/g").text()).isEqualTo("d/e/g");
        assertThat(ask("MOVE /files/a/f", "Destination: /files/x/y").status()).isEqualTo(409);
        assertThat(ask("MOVE /files/none", "Destination: /files/x").status()).isEqualTo(404);
        assertThat(ask("DELETE /files/a", "Depth: 0").status()).isEqualTo(400);
        assertThat(ask("DELETE /files/a").status()).isEqualTo(204);
        assertThat(ask("PROPFIND /files/a", "Depth: 0").status()).isEqualTo(404);
        assertThat(ask("DELETE /files/").status()).isEqualTo(403);
        assertThat(ask("DELETE /files/c#x").status()).isEqualTo(400);
    }

    /// Attack: to write elsewhere, or to have something swallow itself.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test/files/x 502",
                "http://localhost@evil.test/files/x 400",
                "//evil.test/files/x 400",
                "http://localhost/pub/x 502",
                "/filesystem/x 502",
                "/files/../x 502",
                "/files/%2e%2e/x 502",
                "/files/a%2Fb 502",
                "/files/%00 502",
                "/files/d 403",
                "/files/d/e/x 403",
                "/files/ 403",
                "x 400"
            })
    void aDestinationIsOnTheShelfAndNotInTheWay(String destination) throws Exception {
        tree();
        int space = destination.lastIndexOf(' ');
        int status = Integer.parseInt(destination.substring(space + 1));
        for (var method : new String[] {"COPY", "MOVE"})
            assertThat(
                            ask(
                                            method + " /files/d",
                                            "Destination: " + destination.substring(0, space))
                                    .status())
                    .isEqualTo(status);
        assertThat(ask("COPY /files/d").status()).isEqualTo(400);
        assertThat(ask("GET /files/d/e/g").text()).isEqualTo("d/e/g");
    }

    /// RFC 4918 §9.10, RFC 4918 §9.11
    @Test
    void whatIsLockedIsOpenToWhoNamesTheLock() throws Exception {
        tree();
        var locked = send("LOCK /files/a", EXCLUSIVE, "Timeout: Second-100", "Depth: 0");
        assertThat(locked.status()).isEqualTo(200);
        String token = locked.field("Lock-Token");
        assertThat(token).startsWith("<urn:uuid:");
        assertThat(locked.text())
                .contains(
                        "<D:depth>0</D:depth>",
                        "alice &amp; co</owner>",
                        "<D:lockroot><D:href>/files/a</D:href>",
                        token.substring(1, token.length() - 1))
                .containsPattern("<D:timeout>Second-(100|99)<");
        for (var closed : new String[] {"PUT", "DELETE", "MOVE", "PROPPATCH"}) {
            var heard = send(closed + " /files/a", patch(closed), "Destination: /files/b");
            assertThat(heard.status()).as(closed).isEqualTo(423);
            assertThat(heard.text()).contains("<D:lock-token-submitted><D:href>/files/a</D:href>");
        }
        assertThat(ask("COPY /files/d/f", "Destination: /files/a").status()).isEqualTo(423);
        assertThat(ask("GET /files/a").text()).isEqualTo("a");
        var second = send("LOCK /files/a", SHARED);
        assertThat(second.status()).isEqualTo(423);
        assertThat(second.text()).contains("no-conflicting-lock");
        assertThat(send("PUT /files/a", "mine", "If: (" + token + ")").status()).isEqualTo(204);
        assertThat(ask("LOCK /files/a", "If: (" + token + ")", "Timeout: Second-9").text())
                .containsPattern("Second-[89]<");
        assertThat(ask("LOCK /files/d", "If: (" + token + ")").status()).isEqualTo(412);
        assertThat(ask("LOCK /files/a").status()).isEqualTo(400);
        assertThat(ask("UNLOCK /files/d", "Lock-Token: " + token).status()).isEqualTo(409);
        assertThat(ask("UNLOCK /files/a").status()).isEqualTo(400);
        assertThat(ask("UNLOCK /files/a", "Lock-Token: " + token).status()).isEqualTo(204);
        assertThat(send("PUT /files/a", "anybody").status()).isEqualTo(204);
    }

    private static String patch(String method) {
        return method.equals("PROPPATCH")
                ? "<propertyupdate xmlns='DAV:'><remove><prop><x/></prop></remove></propertyupdate>"
                : "";
    }

    /// RFC 4918 §7.3
    @Test
    void aNameThatIsFreeIsLocked() throws Exception {
        var heard = send("LOCK /files/new", EXCLUSIVE);
        assertThat(heard.status()).isEqualTo(201);
        assertThat(ask("GET /files/new").field("Content-Length")).isEqualTo("0");
        assertThat(send("PUT /files/new", "x").status()).isEqualTo(423);
        assertThat(send("LOCK /files/no/new", EXCLUSIVE).status()).isEqualTo(409);
        assertThat(send("LOCK /files/x", EXCLUSIVE, "If-Match: *").status()).isEqualTo(412);
    }

    /// RFC 4918 §9.6.1, RFC 4918 §9.10.3
    @Test
    void aLockBelowIsToldOfByItsOwnUrl() throws Exception {
        tree();
        String token = lock("/files/d/e/g", EXCLUSIVE);
        var removed = ask("DELETE /files/d");
        assertThat(removed.status()).isEqualTo(207);
        assertThat(removed.text()).contains("/files/d/e/g</D:href>", "423 Locked");
        assertThat(ask("GET /files/d/f").status()).isEqualTo(200);
        var whole = send("LOCK /files/d", EXCLUSIVE);
        assertThat(whole.status()).isEqualTo(207);
        assertThat(whole.text()).contains("423 Locked", "424 Failed Dependency", "/files/d/</");
        assertThat(ask("MOVE /files/d", "Destination: /files/z").status()).isEqualTo(207);
        // RFC 4918 §10.4.10: named with the resource that it is of
        assertThat(
                        ask(
                                        "MOVE /files/d",
                                        "Destination: /files/z",
                                        "If: <http://localhost/files/d/e/g> (" + token + ")")
                                .status())
                .isEqualTo(201);
        assertThat(
                        send(
                                        "PROPFIND /files/z/e/g",
                                        find("<prop><lockdiscovery/></prop>"),
                                        "Depth: 0")
                                .text())
                .contains("<D:lockdiscovery></D:lockdiscovery>");
    }

    /// RFC 4918 §10.4
    @Test
    void anyMethodIsDoneUnderIf() throws Exception {
        tree();
        String tag = ask("GET /files/a").field("ETag");
        assertThat(ask("GET /files/a", "If: ([" + tag + "])").status()).isEqualTo(200);
        assertThat(ask("GET /files/a", "If: (Not [" + tag + "])").status()).isEqualTo(412);
        assertThat(send("PUT /files/a", "x", "If: ([\"other\"])").status()).isEqualTo(412);
        assertThat(send("PUT /files/a", "x", "If: (<urn:uuid:1>)").status()).isEqualTo(412);
        assertThat(send("PUT /files/a", "x", "If: (<urn:uuid:1>) (Not <DAV:no-lock>)").status())
                .isEqualTo(204);
        assertThat(
                        send("PUT /files/a", "x", "If: <http://evil.test/files/a> ([" + tag + "])")
                                .status())
                .isEqualTo(412);
        assertThat(send("PUT /files/a", "x", "If: nonsense").status()).isEqualTo(400);
        String token = lock("/files/d", EXCLUSIVE);
        assertThat(send("PUT /files/d/e/g", "x", "If: (" + token + ")").status()).isEqualTo(204);
        assertThat(send("PUT /files/d/new", "x", "If: </files/d> (" + token + ")").status())
                .isEqualTo(201);
        assertThat(ask("MKCOL /files/d/x").status()).isEqualTo(423);
    }

    /// Attack: files of ours by entities, and bodies that grow (RFC 4918 §20.6).
    @Test
    void aBodysDocumentTypeIsRefused() throws Exception {
        String bomb =
                "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM"
                        + " 'file:///etc/passwd'>]>";
        for (var method : new String[] {"PROPFIND", "PROPPATCH", "LOCK"}) {
            var heard = send(method + " /files/", bomb + find("&c;&b;"), "Depth: 0");
            assertThat(heard.status()).as(method).isEqualTo(403);
            assertThat(heard.text()).contains("no-external-entities");
        }
        assertThat(send("PROPFIND /files/", " ".repeat(300_000), "Depth: 0").status())
                .isEqualTo(413);
    }

    @Test
    void aLinkShowsStrangersFilesAndNothingElse() throws Exception {
        tree();
        send(
                "PROPPATCH /files/d/f",
                "<propertyupdate xmlns='DAV:'><set><prop><displayname>diary</displayname></prop>"
                        + "</set></propertyupdate>");
        lock("/files/d/f", EXCLUSIVE);
        var link =
                house.house
                        .store()
                        .fileLinks()
                        .make(
                                account.id(),
                                path("d"),
                                FileLink.Purpose.READ,
                                Optional.empty(),
                                Optional.empty(),
                                0);
        String url = "/s/" + link.token().reveal() + "/";
        try (var stranger = new Browser(house)) {
            assertThat(stranger.ask("OPTIONS " + url).field("DAV")).isEqualTo("1");
            var told = stranger.ask("PROPFIND " + url, "Depth: 1");
            assertThat(told.status()).isEqualTo(207);
            assertThat(told.text())
                    .contains(url + "f</D:href>", url + "e/</D:href>")
                    .doesNotContain("diary", "activelock", "/files/");
            for (var method :
                    new String[] {"PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "DELETE"})
                assertThat(stranger.ask(method + " " + url + "f").status())
                        .as(method)
                        .isEqualTo(405);
        }
    }

    /// Attack: a flood of locks.
    @Test
    void locksAreBounded() throws Exception {
        store("a", "x");
        var terms = new org.postroom.store.Lock.Terms(false, false, "");
        for (int i = 0; i < 1_000; i++)
            account.files().lock(path("a"), terms, java.time.Duration.ofHours(1));
        assertThat(send("LOCK /files/a", SHARED).status()).isEqualTo(507);
        assertThat(send("LOCK /files/a", "x".repeat(300_000)).status()).isEqualTo(413);
    }

    @Test
    void whatIsTakenForALockIsNoUrlOfSomebodyElses() throws Exception {
        house.account("bob@example.test");
        store("a", "x");
        String token = lock("/files/a", EXCLUSIVE);
        String bob = basic("bob@example.test");
        assertThat(browser.send("UNLOCK /files/a", "", bob, "Lock-Token: " + token).status())
                .isEqualTo(404);
        assertThat(Pattern.matches("<urn:uuid:[0-9a-f-]{36}>", token)).isTrue();
        assertThat(send("PUT /files/a", "y").status()).isEqualTo(423);
    }
}
