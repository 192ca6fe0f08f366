package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

class SubmissionTest {

    private Talk bob;
    private Talk alice;

    @BeforeEach
    void open() throws Exception {
        bob = new Talk();
        alice = bob.other("alice@example.test");
    }

    @AfterEach
    void close() throws Exception {
        bob.close();
    }

    private String draft(String from) {
        var set =
                bob.call(
                        "Email/set",
                        """
                        'create':{'k':{'mailboxIds':{'%s':true},'keywords':{'$draft':true},'from':[{'email':'%s'}],
                        'to':[{'email':'alice@example.test'}],'bcc':[{'email':'bob@example.test'}],'subject':'Tea',
                        'textBody':[{'partId':'t'}],'bodyValues':{'t':{'value':'At five?'}}}}
                        """
                                .formatted(bob.mailbox("Drafts"), from));
        return set.get("created").get("k").get("id").stringValue();
    }

    private String identity() {
        return bob.call("Identity/get", "").get("list").get(0).get("id").stringValue();
    }

    private JsonNode inbox(Talk who) {
        var responses =
                who.calls(
                        """
                        ['Email/query',{'accountId':'$A','filter':{'inMailbox':'%s'}},'q'],
                        ['Email/get',{'accountId':'$A','#ids':{'resultOf':'q','name':'Email/query','path':'/ids'},'properties':['subject','bcc','keywords','header:Auto-Submitted']},'g']
                        """
                                .formatted(who.mailbox("INBOX")));
        return responses.get(1).get(1).get("list");
    }

    // RFC 8621 §7.5
    @Test
    void aDraftIsSentWithoutItsBccAndFiledAsSent() {
        String email = draft("bob@example.test");
        var responses =
                bob.calls(
                        """
                        ['EmailSubmission/set',{'accountId':'$A','create':{'s':{'identityId':'%s','emailId':'%s'}},
                        'onSuccessUpdateEmail':{'#s':{'mailboxIds':{'%s':true},'keywords/$draft':null}}},'0']
                        """
                                .formatted(identity(), email, bob.mailbox("Sent")));
        assertThat(responses.size()).as(responses.toString()).isEqualTo(2);
        assertThat(responses.get(1).get(0).stringValue()).isEqualTo("Email/set");
        assertThat(responses.get(1).get(1).get("updated").has(email)).isTrue();
        await().untilAsserted(() -> assertThat(inbox(alice).size()).isEqualTo(1));
        var letter = inbox(alice).get(0);
        assertThat(letter.get("subject").stringValue()).isEqualTo("Tea");
        assertThat(letter.get("bcc").isNull()).isTrue();
        await().untilAsserted(() -> assertThat(inbox(bob).size()).isEqualTo(1));
        var submission = bob.call("EmailSubmission/get", "").get("list").get(0);
        assertThat(submission.get("undoStatus").stringValue()).isEqualTo("final");
        assertThat(submission.has("journey")).isFalse();
    }

    // RFC 4865
    @Test
    void whatIsToBeSentLaterCanBeTakenBack() {
        var set =
                bob.call(
                        "EmailSubmission/set",
                        """
                        'create':{'s':{'identityId':'%s','emailId':'%s','envelope':{'mailFrom':{'email':'bob@example.test','parameters':{'HOLDFOR':'3600'}},
                        'rcptTo':[{'email':'alice@example.test'}]}}}
                        """
                                .formatted(identity(), draft("bob@example.test")));
        assertThat(set.get("notCreated").isNull()).as(set.toString()).isTrue();
        String id = set.get("created").get("s").get("id").stringValue();
        assertThat(set.get("created").get("s").get("undoStatus").stringValue())
                .isEqualTo("pending");
        assertThat(bob.house.house.queue().waiting()).isEqualTo(1);
        var undone =
                bob.call(
                        "EmailSubmission/set", "'update':{'" + id + "':{'undoStatus':'canceled'}}");
        assertThat(undone.get("updated").has(id)).as(undone.toString()).isTrue();
        assertThat(bob.house.house.queue().waiting()).isZero();
        var again =
                bob.call("EmailSubmission/set", "'update':{'" + id + "':{'undoStatus':'pending'}}");
        assertThat(again.get("notUpdated").has(id)).isTrue();
        assertThat(
                        Talk.texts(
                                bob.call(
                                                "EmailSubmission/query",
                                                "'filter':{'undoStatus':'canceled'}")
                                        .get("ids")))
                .containsExactly(id);
    }

    @Test
    void nobodyWritesInAnothersName() {
        assertThat(error(draft("alice@example.test"), "")).isEqualTo("forbiddenFrom");
        String own = draft("bob@example.test");
        assertThat(
                        error(
                                own,
                                ",'envelope':{'mailFrom':{'email':'alice@example.test'},'rcptTo':[{'email':'a@x.test'}]}"))
                .isEqualTo("forbiddenMailFrom");
        assertThat(error(own, ",'envelope':{'mailFrom':{'email':'bob@example.test'},'rcptTo':[]}"))
                .isEqualTo("noRecipients");
        assertThat(
                        error(
                                own,
                                ",'envelope':{'mailFrom':{'email':'bob@example.test'},'rcptTo':[{'email':'nobody@example.test'},{'email':'x\\r\\nDATA'}]}"))
                .isEqualTo("invalidRecipients");
        var identity =
                bob.call(
                        "Identity/set", "'create':{'i':{'email':'alice@example.test','name':'A'}}");
        assertThat(identity.get("notCreated").get("i").get("type").stringValue())
                .isEqualTo("forbiddenFrom");
    }

    private String error(String email, String more) {
        var set =
                bob.call(
                        "EmailSubmission/set",
                        "'create':{'s':{'identityId':'%s','emailId':'%s'%s}}"
                                .formatted(identity(), email, more));
        return set.get("notCreated").get("s").get("type").stringValue();
    }

    // RFC 3834, RFC 5230 §4
    @Test
    void whoIsAwayAnswersOnce() {
        var set =
                alice.call(
                        "VacationResponse/set",
                        "'update':{'singleton':{'isEnabled':true,'subject':'Away','textBody':'Back"
                                + " in May'}}");
        assertThat(set.get("updated").has("singleton")).as(set.toString()).isTrue();
        for (int i = 0; i < 2; i++)
            bob.call(
                    "EmailSubmission/set",
                    "'create':{'s':{'identityId':'%s','emailId':'%s'}}"
                            .formatted(identity(), draft("bob@example.test")));
        await().untilAsserted(() -> assertThat(inbox(alice).size()).isEqualTo(2));
        await().untilAsserted(() -> assertThat(inbox(bob).size()).isEqualTo(3)); // two blind copies
        await().untilAsserted(() -> assertThat(bob.house.house.queue().waiting()).isZero());
        int answers = 0;
        for (var letter : inbox(bob))
            if (letter.get("subject").stringValue().equals("Away")) {
                answers++;
                assertThat(letter.get("header:Auto-Submitted").stringValue().strip())
                        .isEqualTo("auto-replied");
            }
        assertThat(answers).isEqualTo(1);
    }
}
