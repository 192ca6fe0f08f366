package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;

class EmailTest {

    private Talk bob;

    @BeforeEach
    void open() throws Exception {
        bob = new Talk();
    }

    @AfterEach
    void close() throws Exception {
        bob.close();
    }

    private JsonNode get(String id, String more) {
        var response =
                bob.call("Email/get", "'ids':['" + id + "']" + (more.isEmpty() ? "" : "," + more));
        assertThat(response.get("list").size()).isEqualTo(1);
        return response.get("list").get(0);
    }

    private static final String LETTER =
            """
            From: "Joe Bloggs" <joe@example.test>, =?utf-8?q?J=C3=B6rg?= <j@example.test>
            To: Friends: a@x.test, B <b@x.test>;, c@x.test
            Subject: =?iso-8859-1?q?Gr=FC=DFe?=
            Date: Fri, 21 Nov 1997 09:55:06 -0600
            Message-ID: <1@x.test>
            References: <0@x.test> <00@x.test>
            List-Unsubscribe: <mailto:a@x>, <https://x/y>
            X-Raw:  a
             b
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe
            --inner
            Content-Type: text/html; charset=utf-8

            <p>Hello</p>
            --inner--
            --outer
            Content-Type: application/pdf; name="a.pdf"
            Content-Transfer-Encoding: base64

            SGVsbG8=
            --outer--
            """;

    // RFC 8621 §4.1.2, §4.1.3
    @Test
    void aHeaderIsToldInEveryForm() throws Exception {
        var email =
                get(
                        bob.append(LETTER).text(),
                        "'properties':['from','to','subject','sentAt','messageId','references','inReplyTo','cc','header:To:asGroupedAddresses',"
                            + "'header:List-Unsubscribe:asURLs','header:X-Raw','header:x-raw:asText:all','header:None:asText']");
        assertThat(email.get("from").toString())
                .isEqualTo(
                        "[{\"name\":\"Joe"
                            + " Bloggs\",\"email\":\"joe@example.test\"},{\"name\":\"Jörg\",\"email\":\"j@example.test\"}]");
        assertThat(email.get("to").size()).isEqualTo(3);
        assertThat(email.get("subject").stringValue()).isEqualTo("Grüße");
        assertThat(email.get("sentAt").stringValue()).isEqualTo("1997-11-21T09:55:06-06:00");
        assertThat(email.get("messageId").toString()).isEqualTo("[\"1@x.test\"]");
        assertThat(email.get("references").size()).isEqualTo(2);
        assertThat(email.get("inReplyTo").isNull()).isTrue();
        assertThat(email.get("cc").isNull()).isTrue();
        var groups = email.get("header:To:asGroupedAddresses");
        assertThat(groups.get(0).get("name").stringValue()).isEqualTo("Friends");
        assertThat(groups.get(1).get("name").isNull()).isTrue();
        assertThat(email.get("header:List-Unsubscribe:asURLs").toString())
                .isEqualTo("[\"mailto:a@x\",\"https://x/y\"]");
        assertThat(email.get("header:X-Raw").stringValue()).isEqualTo("  a\r\n b");
        assertThat(email.get("header:x-raw:asText:all").toString()).isEqualTo("[\"a b\"]");
        assertThat(email.get("header:None:asText").isNull()).isTrue();
        assertThat(bob.error("Email/get", "'ids':[],'properties':['header:Subject:asDate']"))
                .isEqualTo("invalidArguments");
    }

    // RFC 8621 §4.1.4
    @Test
    void bodiesAreListedAndTold() throws Exception {
        var email =
                get(
                        bob.append(LETTER).text(),
                        "'fetchAllBodyValues':true,'properties':['bodyStructure','textBody','htmlBody','attachments','bodyValues','hasAttachment','preview']");
        assertThat(email.get("textBody").get(0).get("type").stringValue()).isEqualTo("text/plain");
        assertThat(email.get("htmlBody").get(0).get("type").stringValue()).isEqualTo("text/html");
        var pdf = email.get("attachments").get(0);
        assertThat(pdf.get("name").stringValue()).isEqualTo("a.pdf");
        assertThat(pdf.get("size").intValue()).isEqualTo(5);
        String part = email.get("textBody").get(0).get("partId").stringValue();
        assertThat(email.get("bodyValues").get(part).get("value").stringValue().strip())
                .isEqualTo("Grüße");
        assertThat(email.get("hasAttachment").booleanValue()).isTrue();
        assertThat(email.get("bodyStructure").get("subParts").size()).isEqualTo(2);
        var blob =
                bob.call(
                        "Blob/get",
                        "'ids':['"
                                + pdf.get("blobId").stringValue()
                                + "'],'properties':['data:asText','size','digest:sha']");
        assertThat(blob.get("list").get(0).get("data:asText").stringValue()).isEqualTo("Hello");
    }

    @Test
    void whatIsCreatedIsReadAsItWasSaid() {
        var set =
                bob.call(
                        "Email/set",
                        """
                        'create':{'k':{'mailboxIds':{'%s':true},'keywords':{'$draft':true,'Work':true},
                        'from':[{'name':'Bob Ä','email':'bob@example.test'}],'to':[{'email':'a@x.test'}],
                        'subject':'Grüße an alle','receivedAt':'2020-01-02T03:04:05Z','header:X-Mine:asText':'Ä',
                        'textBody':[{'partId':'t'}],'htmlBody':[{'partId':'h'}],
                        'bodyValues':{'t':{'value':'Hallo\\nWelt ü'},'h':{'value':'<b>Hallo</b>'}}}}
                        """
                                .formatted(bob.mailbox("Drafts")));
        assertThat(set.get("notCreated").isNull()).as(set.toString()).isTrue();
        String id = set.get("created").get("k").get("id").stringValue();
        var email = get(id, "'fetchTextBodyValues':true");
        assertThat(email.get("subject").stringValue()).isEqualTo("Grüße an alle");
        assertThat(email.get("keywords").toString()).contains("$draft").contains("work");
        assertThat(email.get("receivedAt").stringValue()).isEqualTo("2020-01-02T03:04:05Z");
        assertThat(email.get("from").get(0).get("name").stringValue()).isEqualTo("Bob Ä");
        assertThat(email.get("bodyValues").iterator().next().get("value").stringValue())
                .startsWith("Hallo\nWelt ü");
        assertThat(email.get("messageId").size()).isEqualTo(1);
    }

    @Test
    void attachmentsMakeTheirMultiparts() {
        var upload = bob.call("Blob/upload", "'create':{'a':{'data':[{'data:asText':'PDF'}]}}");
        String blob = upload.get("created").get("a").get("id").stringValue();
        var set =
                bob.call(
                        "Email/set",
                        """
                        'create':{'k':{'mailboxIds':{'%s':true},'from':[{'email':'bob@example.test'}],
                        'htmlBody':[{'partId':'h','type':'text/html'}],'bodyValues':{'h':{'value':'<img src=cid:x>'}},
                        'attachments':[{'blobId':'%s','type':'application/pdf','name':'ä.pdf','disposition':'attachment'},
                        {'blobId':'%s','type':'image/png','cid':'x','disposition':'inline'}]},
                        'l':{'mailboxIds':{'%s':true},'attachments':[{'blobId':'U00','type':'a/b'}]}}
                        """
                                .formatted(
                                        bob.mailbox("Drafts"), blob, blob, bob.mailbox("Drafts")));
        assertThat(set.get("notCreated").get("l").get("type").stringValue())
                .isEqualTo("blobNotFound");
        String id = set.get("created").get("k").get("id").stringValue();
        var structure =
                get(id, "'properties':['bodyStructure'],'bodyProperties':['type','name','cid']")
                        .get("bodyStructure");
        assertThat(structure.get("type").stringValue()).isEqualTo("multipart/mixed");
        assertThat(structure.get("subParts").get(0).get("type").stringValue())
                .isEqualTo("multipart/related");
        assertThat(structure.get("subParts").get(1).get("name").stringValue()).isEqualTo("ä.pdf");
    }

    @Test
    void keywordsAndMailboxesArePatched() throws Exception {
        String id = bob.append("Subject: Tea\n\nHello\n").text();
        String inbox = bob.mailbox("INBOX");
        String archive = bob.mailbox("Archive");
        var state = bob.call("Email/get", "'ids':[]").get("state").stringValue();
        bob.call(
                "Email/set",
                "'ifInState':'%s','update':{'%s':{'keywords/$seen':true,'keywords/tea':true,'mailboxIds/%s':null,'mailboxIds/%s':true}}"
                        .formatted(state, id, inbox, archive));
        var email = get(id, "'properties':['keywords','mailboxIds']");
        assertThat(email.get("keywords").toString()).isEqualTo("{\"$seen\":true,\"tea\":true}");
        assertThat(email.get("mailboxIds").propertyNames()).containsExactly(archive);
        assertThat(bob.error("Email/set", "'ifInState':'" + state + "'"))
                .isEqualTo("stateMismatch");
        var refused =
                bob.call(
                        "Email/set",
                        "'update':{'%s':{'mailboxIds/%s':null},'M9999999':{'keywords/x':true}},'destroy':['M8888888']"
                                .formatted(id, archive));
        assertThat(refused.get("notUpdated").get(id).get("type").stringValue())
                .isEqualTo("invalidProperties");
        assertThat(refused.get("notUpdated").get("M9999999").get("type").stringValue())
                .isEqualTo("notFound");
        assertThat(refused.get("notDestroyed").get("M8888888").get("type").stringValue())
                .isEqualTo("notFound");
        var changes = bob.call("Email/changes", "'sinceState':'" + state + "'");
        assertThat(Talk.texts(changes.get("updated"))).containsExactly(id);
    }

    @Test
    void changesComeInPagesThatMissNothing() throws Exception {
        var state = bob.call("Email/get", "'ids':[]").get("state").stringValue();
        var all = new HashSet<String>();
        for (int i = 0; i < 5; i++) all.add(bob.append("Subject: " + i + "\n\nHello\n").text());
        var update = new StringBuilder();
        for (var id : all) update.append(",'").append(id).append("':{'keywords/x':true}");
        var middle = bob.call("Email/get", "'ids':[]").get("state").stringValue();
        bob.call("Email/set", "'update':{" + update.substring(1) + "}"); // one commit of five
        assertThat(pages(state, "created", 2)).isEqualTo(all);
        assertThat(pages(middle, "updated", 2)).isEqualTo(all);
    }

    private Set<String> pages(String since, String what, int most) {
        var told = new HashSet<String>();
        String state = since;
        while (true) {
            var changes =
                    bob.call("Email/changes", "'sinceState':'" + state + "','maxChanges':" + most);
            assertThat(changes.get(what).size()).isLessThanOrEqualTo(most);
            told.addAll(Talk.texts(changes.get(what)));
            state = changes.get("newState").stringValue();
            if (!changes.get("hasMoreChanges").booleanValue()) return told;
        }
    }

    // RFC 8621 §4.4
    @Test
    void aQueryFiltersSortsAndCollapses() throws Exception {
        var tea =
                bob.append("Subject: Tea\nFrom: Ann <ann@x>\nMessage-ID: <1@x>\n\nGreen leaves\n")
                        .text();
        var answer =
                bob.append(
                                "Subject: Re: Tea\n"
                                        + "From: Zoe <zoe@x>\n"
                                        + "In-Reply-To: <1@x>\n\n"
                                        + "Black leaves\n")
                        .text();
        var milk = bob.append("Subject: Milk\nFrom: Moe <moe@x>\n\n=?utf-8?q?x?= cow\n").text();
        assertThat(ids("'filter':{'body':'LEAVES'}")).containsExactlyInAnyOrder(tea, answer);
        assertThat(ids("'filter':{'text':'green tea'}")).containsExactly(tea);
        assertThat(ids("'filter':{'from':'moe'}")).containsExactly(milk);
        assertThat(ids("'filter':{'operator':'NOT','conditions':[{'subject':'tea'}]}"))
                .containsExactly(milk);
        assertThat(ids("'sort':[{'property':'from','isAscending':false}]"))
                .containsExactly(answer, milk, tea);
        assertThat(ids("'collapseThreads':true,'sort':[{'property':'from'}]"))
                .containsExactly(tea, milk);
        assertThat(ids("'filter':{'inMailbox':'" + bob.mailbox("Sent") + "'}")).isEmpty();
        assertThat(ids("'filter':{'header':['subject','milk']}")).containsExactly(milk);
        bob.call("Email/set", "'update':{'" + tea + "':{'keywords/$flagged':true}}");
        assertThat(ids("'filter':{'someInThreadHaveKeyword':'$flagged'}"))
                .containsExactlyInAnyOrder(tea, answer);
        assertThat(ids("'filter':{'hasKeyword':'$flagged'}")).containsExactly(tea);
        var page =
                bob.call(
                        "Email/query",
                        "'sort':[{'property':'from'}],'anchor':'"
                                + milk
                                + "','anchorOffset':-1,'limit':1,'calculateTotal':true");
        assertThat(Talk.texts(page.get("ids"))).containsExactly(tea);
        assertThat(page.get("total").intValue()).isEqualTo(3);
        assertThat(bob.error("Email/query", "'anchor':'M9999999'")).isEqualTo("anchorNotFound");
        assertThat(bob.error("Email/query", "'filter':{'nonsense':1}"))
                .isEqualTo("unsupportedFilter");
        assertThat(bob.error("Email/query", "'sort':[{'property':'x'}]"))
                .isEqualTo("unsupportedSort");
        var snippets =
                bob.call(
                        "SearchSnippet/get",
                        "'filter':{'text':'leaves'},'emailIds':['" + tea + "']");
        assertThat(snippets.get("list").get(0).get("preview").stringValue())
                .isEqualTo("Green <mark>leaves</mark>");
    }

    private java.util.List<String> ids(String query) {
        return Talk.texts(bob.call("Email/query", query).get("ids"));
    }

    // RFC 8620 §5.6
    @Test
    void whatAQueryHasNowComesOfWhatItHadThen() throws Exception {
        String unseen = "'filter':{'notKeyword':'$seen'},'sort':[{'property':'subject'}]";
        var a = bob.append("Subject: a\n\n.\n").text();
        var c = bob.append("Subject: c\n\n.\n").text();
        var d = bob.append("Subject: d\n\n.\n").text();
        var before = bob.call("Email/query", unseen);
        var b = bob.append("Subject: b\n\n.\n").text();
        bob.call("Email/set", "'update':{'" + c + "':{'keywords/$seen':true}}");
        var changes =
                bob.call(
                        "Email/queryChanges",
                        unseen + ",'sinceQueryState':" + before.get("queryState"));
        var list = new java.util.ArrayList<>(Talk.texts(before.get("ids")));
        assertThat(list).containsExactly(a, c, d);
        list.removeAll(Talk.texts(changes.get("removed")));
        for (var added : changes.get("added"))
            list.add(added.get("index").intValue(), added.get("id").stringValue());
        assertThat(list).containsExactly(a, b, d).isEqualTo(ids(unseen));
    }

    // RFC 8621 §4.8, §4.9
    @Test
    void whatWasUploadedIsParsedAndImported() {
        var upload =
                bob.call(
                        "Blob/upload",
                        "'create':{'a':{'data':[{'data:asText':'Subject: Up\\nFrom:"
                                + " a@x\\n\\nHello'}]},'b':{'data':[{'data:asText':'no mail'}]}}");
        String blob = upload.get("created").get("a").get("id").stringValue();
        var parsed = bob.call("Email/parse", "'blobIds':['" + blob + "','U0']");
        assertThat(parsed.get("parsed").get(blob).get("subject").stringValue()).isEqualTo("Up");
        assertThat(parsed.get("notFound").size()).isEqualTo(1);
        var imported =
                bob.call(
                        "Email/import",
                        "'emails':{'k':{'blobId':'%s','mailboxIds':{'%s':true},'keywords':{'$seen':true}},'l':{'blobId':'%s','mailboxIds':{'%s':true}}}"
                                .formatted(
                                        blob,
                                        bob.mailbox("INBOX"),
                                        upload.get("created").get("b").get("id").stringValue(),
                                        bob.mailbox("INBOX")));
        String id = imported.get("created").get("k").get("id").stringValue();
        assertThat(get(id, "'properties':['subject']").get("subject").stringValue())
                .isEqualTo("Up");
        assertThat(imported.get("notCreated").get("l").get("type").stringValue())
                .isEqualTo("invalidEmail");
    }
}
