package org.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Structure;
import org.postroom.wire.Departure;
import org.postroom.wire.Saying;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class ResponsesTest {

    private static final List<Response> SOME =
            List.of(
                    new Response.Tagged("a1", Reply.DONE),
                    new Response.Tagged("a1", Reply.TRY_CREATE),
                    new Response.State(Reply.ok(new Code.UidValidity(7), "UIDs are valid")),
                    new Response.State(
                            Reply.ok(new Code.PermanentFlags(List.of(Flag.SEEN, Flag.ANY)), "x")),
                    new Response.Tagged(
                            "b",
                            Reply.ok(
                                    new Code.CopyUid(
                                            9,
                                            new SequenceSet(List.of(new SequenceSet.Range(1, 3))),
                                            SequenceSet.of(4)),
                                    "Done")),
                    new Response.State(Reply.TOO_BIG_TO_DRAIN),
                    new Response.Capabilities(List.of("IMAP4rev1", "LITERAL+")),
                    new Response.Enabled(List.of("CONDSTORE")),
                    new Response.Enabled(List.of()),
                    new Response.Notice("Subject: x\r\n\r\n\u00ff"),
                    new Response.Notice("plain"),
                    new Response.Listed(false, List.of("\\HasNoChildren", "\\Sent"), name("Sent")),
                    new Response.Listed(true, List.of(), name("Entwürfe \"alt\"")),
                    new Response.Delimiter(false),
                    new Response.Search(List.of()),
                    new Response.Search(List.of(2L, 4294967295L)),
                    new Response.Flags(List.of(Flag.SEEN, new Flag("$x"))),
                    new Response.Exists(12),
                    new Response.Recent(0),
                    new Response.Expunge(3),
                    new Response.Status(
                            name("A"), new LinkedHashMap<>(Map.of(StatusItem.UNSEEN, 3L))),
                    new Response.Fetch(
                            4,
                            Map.of(
                                    "BODY[HEADER.FIELDS (From)]<5>",
                                    new Datum.Text("a\r\n\0".replace("\0", "")))),
                    new Response.Continue("Go on"));

    private static MailboxName name(String name) {
        try {
            return MailboxName.of(name);
        } catch (Refusal refusal) {
            throw new AssertionError(refusal);
        }
    }

    private static Response read(byte[] octets) throws Refusal, Departure {
        return Responses.read(new Script(octets), null);
    }

    @Test
    void whatAServerSaysAClientReadsAsTheSame() throws Exception {
        for (var response : SOME) assertThat(read(Script.octets(response))).isEqualTo(response);
    }

    // TRAPS T27
    @Test
    void aStatusLineHasNoBlankAtItsEnd() {
        var status = new Response.Status(name("A B"), Map.of(StatusItem.MESSAGES, 1L));
        assertThat(Script.text(status)).isEqualTo("* STATUS \"A B\" (MESSAGES 1)\r\n");
    }

    @Test
    void whateverAServerSendsIsReadOrRefusedOrOver() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            var octets = Script.octets(SOME.get(random.nextInt(SOME.size())));
            for (int changes = random.nextInt(4); changes >= 0; changes--)
                octets[random.nextInt(octets.length)] =
                        (byte) "(){}[]<>*%\"\\ ,:.+-0919aZ\r\n\0\377".charAt(random.nextInt(28));
            assertThat(catchThrowable(() -> read(octets)))
                    .as("seed %d: %s", seed, new String(octets, StandardCharsets.ISO_8859_1))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            some -> assertThat(some).isInstanceOf(Refusal.class),
                            some -> assertThat(some).isInstanceOf(Departure.class));
        }
    }

    // TRAPS T25
    @Test
    void bodystructureHasAllExtensionFields() throws Exception {
        String message =
                """
                From: "J. \\"Q\\" P\u00f6st" <j@example.test>
                To: list: a@example.test, b@example.test;, <c@example.test>
                Subject: hi "there"
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/plain; charset=utf-8
                Content-Language: de, en
                Content-Location: here

                one
                two
                --x
                Content-Type: message/rfc822
                Content-Disposition: attachment; filename="a b.eml"

                Subject: within

                text
                --x
                Content-Type: image/png
                Content-Transfer-Encoding: base64

                AAAA
                --x--
                """
                        .replace("\n", "\r\n");
        var part = Structure.of(message.getBytes(StandardCharsets.ISO_8859_1)).root();
        var saying = new Saying();
        var response = new FetchResponse(saying, 1).uid(5).structure(part, true);
        response.structure(part, false).end();
        String text = new String(saying.toOctets(), StandardCharsets.ISO_8859_1);
        assertThat(text)
                .isEqualTo(
                        "* 1 FETCH (UID 5 BODYSTRUCTURE ((\"text\" \"plain\" (\"charset\""
                            + " \"utf-8\") NIL NIL \"7bit\" 8 1 NIL NIL (\"de\" \"en\")"
                            + " \"here\")(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 23 (NIL"
                            + " \"within\" NIL NIL NIL NIL NIL NIL NIL NIL) (\"text\" \"plain\""
                            + " (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 4 0 NIL NIL NIL NIL) 2"
                            + " NIL (\"attachment\" (\"filename\" \"a b.eml\")) NIL NIL)(\"image\""
                            + " \"png\" NIL NIL NIL \"base64\" 4 NIL NIL NIL NIL) \"mixed\""
                            + " (\"boundary\" \"x\") NIL NIL NIL) BODY ((\"text\" \"plain\""
                            + " (\"charset\" \"utf-8\") NIL NIL \"7bit\" 8 1)(\"message\""
                            + " \"rfc822\" NIL NIL NIL \"7bit\" 23 (NIL \"within\" NIL NIL NIL NIL"
                            + " NIL NIL NIL NIL) (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL"
                            + " NIL \"7bit\" 4 0) 2)(\"image\" \"png\" NIL NIL NIL \"base64\" 4)"
                            + " \"mixed\"))\r\n");
        assertThat(read(saying.toOctets())).isInstanceOf(Response.Fetch.class);
    }

    // TRAPS T24, T25
    @Test
    void whatAStrangerWroteIntoAHeaderEndsNoStringAndNoLine() throws Exception {
        String message =
                """
                From: "J. \\"Q\\" P\u00f6st" <j@example.test>
                To: list: a@example.test;
                Subject: hi "there" \\ )

                """
                        .replace("\n", "\r\n");
        var summary = Structure.of(message.getBytes(StandardCharsets.ISO_8859_1));
        var saying = new Saying();
        new FetchResponse(saying, 1).envelope(summary.envelope()).end();
        var fetch = (Response.Fetch) read(saying.toOctets());
        var fields = ((Datum.Group) fetch.item("ENVELOPE").orElseThrow()).items();
        assertThat(fields.get(1)).isEqualTo(new Datum.Text("hi \"there\" \\ )"));
        assertThat(fields.get(2).toString()).contains("J. \"Q\" P\u00f6st");
        assertThat(new String(saying.toOctets(), StandardCharsets.ISO_8859_1))
                .contains(
                        "((NIL NIL \"list\" NIL)(NIL NIL \"a\" \"example.test\")(NIL NIL NIL"
                                + " NIL))");
    }

    @Test
    void listsNestABoundedDepth() {
        String deep = "* 1 FETCH (BODY " + "(".repeat(100_000) + "\r\n";
        assertThat(catchThrowable(() -> read(deep.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aBodyGoesToTheSink() throws Exception {
        var kept = new ArrayList<String>();
        var script = Script.of("* 1 FETCH (UID 3 BODY[] {4}\r\nab\r\n FLAGS (\\Seen))\r\n");
        var fetch =
                (Response.Fetch)
                        Responses.read(
                                script,
                                (octets, offset, length) ->
                                        kept.add(
                                                new String(
                                                        octets,
                                                        offset,
                                                        length,
                                                        StandardCharsets.US_ASCII)));
        assertThat(kept).containsExactly("ab\r\n");
        assertThat(fetch.item("BODY[]")).isEqualTo(Optional.of(new Datum.Streamed(4)));
    }
}
