package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.jmap.Json;
import org.postroom.server.Port;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// JMAP as a program speaks it: by HTTP, with name and password.
class HttpTest {

    private Talk bob;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() throws Exception {
        bob = new Talk();
    }

    @AfterEach
    void close() throws Exception {
        client.shutdownNow();
        bob.close();
    }

    private HttpRequest.Builder to(String path) {
        var at = bob.house.address(Port.HTTP);
        String pair =
                "bob@example.test:" + org.postroom.server.dialogue.TestHouse.PASSWORD.reveal();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + path));
        if (path.startsWith("/jmap/api")) request.header("Content-Type", "application/json");
        return request.header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode json(HttpRequest.Builder request, int status) throws Exception {
        var response = client.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(status);
        return Json.read(response.body()).orElseThrow();
    }

    // RFC 8620 §2.2, §3.1
    @Test
    void aClientFindsItsWayFromTheNameOfTheHost() throws Exception {
        var session = json(to("/.well-known/jmap"), 200);
        assertThat(session.get("username").stringValue()).isEqualTo("bob@example.test");
        String api = URI.create(session.get("apiUrl").stringValue()).getPath();
        var answer =
                json(
                        to(api).POST(
                                        BodyPublishers.ofString(
                                                "{\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":[[\"Core/echo\",{\"a\":1},\"0\"]]}")),
                        200);
        assertThat(answer.get("methodResponses").get(0).get(1).get("a").intValue()).isEqualTo(1);
        assertThat(answer.get("sessionState").equals(session.get("state"))).isTrue();
        var problem = json(to(api).POST(BodyPublishers.ofString("{")), 400);
        assertThat(problem.get("type").stringValue()).endsWith("notJSON");
        var nobody =
                client.send(
                        HttpRequest.newBuilder(to(api).build().uri())
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.discarding());
        assertThat(nobody.statusCode()).isEqualTo(401);
    }

    // RFC 8620 §6
    @Test
    void whatIsUploadedIsDownloadedAndNothingOfItRuns() throws Exception {
        var upload =
                json(
                        to("/jmap/upload/" + bob.id())
                                .header("Content-Type", "text/html")
                                .POST(BodyPublishers.ofString("<script>alert(1)</script>")),
                        201);
        assertThat(upload.get("size").intValue()).isEqualTo(25);
        String blob = upload.get("blobId").stringValue();
        var download =
                client.send(
                        to("/jmap/download/" + bob.id() + "/" + blob + "/a.html?type=text/html")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(download.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(download.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        assertThat(download.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox");
        var alice = bob.other("alice@example.test");
        for (var path :
                new String[] {
                    "/jmap/download/" + alice.id() + "/" + blob + "/a",
                    "/jmap/download/" + bob.id() + "/U00/a"
                })
            assertThat(client.send(to(path).build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(404);
    }

    // RFC 8620 §7.3
    @Test
    void aChangeIsToldAsItHappens() throws Exception {
        var response =
                client.send(
                        to("/jmap/events?types=Email,Mailbox&closeafter=state&ping=0").build(),
                        BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(":"); // we are followed from here on
            bob.append("Subject: Tea\n\nHello\n");
            String all = String.join("\n", lines.lines().toList());
            assertThat(all).contains("event: state").contains("StateChange").contains(bob.id());
            assertThat(all).contains("Email").doesNotContain("Thread");
        }
    }
}
