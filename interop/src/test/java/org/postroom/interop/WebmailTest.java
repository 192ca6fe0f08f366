package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/// Web-based mail in a real browser: the sender's letter by SMTP and read in the page, and both in the page;
/// and letters that are hostile (TRAPS T39).
final class WebmailTest {

    @Test
    void bothCasesOfTheTextbookInTheBrowser() throws Exception {
        Peer.require("chromium");
        Peer.require("node");
        var server = Served.shared();
        var ann = server.account();
        var bob = server.account();
        Peer.of("swaks", "--server", "127.0.0.1:" + server.port(25), "--to", bob)
                .with("--from", "alice@far.example", "--header", "Subject: This is a test message")
                .with("--body", "This is a test message")
                .run()
                .succeeded();
        var script = Path.of(System.getProperty("house"), "webmail", "test", "browser.js");
        var result =
                Peer.of("node", script, "/usr/bin/chromium")
                        .with("http://127.0.0.1:" + server.port(80), Served.PASSWORD, ann, bob)
                        .run()
                        .succeeded();
        assertThat(result.output()).isBlank();
    }
}
