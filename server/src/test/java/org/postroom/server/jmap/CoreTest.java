package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.jmap.Limits;

class CoreTest {

    private Talk bob;

    @BeforeEach
    void open() throws Exception {
        bob = new Talk();
    }

    @AfterEach
    void close() throws Exception {
        bob.close();
    }

    // RFC 8620 §4
    @Test
    void echoSaysWhatItHeard() {
        var responses =
                bob.calls("['Core/echo',{'hello':true,'high':5.5,'deep':{'a':[1,null]}},'b3ff']");
        assertThat(responses.toString())
                .isEqualTo(
                        "[[\"Core/echo\",{\"hello\":true,\"high\":5.5,\"deep\":{\"a\":[1,null]}},\"b3ff\"]]");
    }

    // RFC 8620 §3.6.1
    @Test
    void whatIsNoRequestIsAProblem() {
        assertProblem("{'using':[]", "notJSON");
        assertProblem("{'using':[],'using':[],'methodCalls':[]}", "notJSON");
        assertProblem("[]", "notRequest");
        assertProblem("{'using':[],'methodCalls':[['x']]}", "notRequest");
        assertProblem("{'using':['urn:nobody'],'methodCalls':[]}", "unknownCapability");
        assertProblem("['".repeat(100_000), "notJSON");
        assertProblem("{'using':[],'methodCalls':[],'x':" + "9".repeat(5000) + "}", "notJSON");
        var calls = "['Core/echo',{},'0'],".repeat(Limits.STANDARD.callsInRequest() + 1);
        assertProblem(
                "{'using':[],'methodCalls':[" + calls.substring(0, calls.length() - 1) + "]}",
                "limit");
    }

    private void assertProblem(String request, String type) {
        var answer = bob.answer(request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").stringValue())
                .isEqualTo("urn:ietf:params:jmap:error:" + type);
    }

    // RFC 8620 §3.6.2
    @Test
    void aMethodIsKnownOnlyToWhomUsesItsCapability() {
        var answer =
                bob.answer(
                        "{'using':['urn:ietf:params:jmap:core'],'methodCalls':[['Mailbox/get',{'accountId':'$A'},'0'],['No/such',{},'1']]}");
        assertThat(answer.json().get("methodResponses").toString())
                .isEqualTo(
                        "[[\"error\",{\"type\":\"unknownMethod\"},\"0\"],[\"error\",{\"type\":\"unknownMethod\"},\"1\"]]");
    }

    @Test
    void argumentsOfAnotherTypeAreInvalid() {
        assertThat(bob.error("Mailbox/get", "'ids':'B1'")).isEqualTo("invalidArguments");
        assertThat(bob.error("Mailbox/get", "'nonsense':1")).isEqualTo("invalidArguments");
        assertThat(bob.error("Email/changes", "'sinceState':'1.0','maxChanges':0"))
                .isEqualTo("invalidArguments");
        assertThat(bob.error("Email/query", "'position':1e99")).isEqualTo("invalidArguments");
        assertThat(bob.error("Email/get", "'ids':[],'properties':['nothing']"))
                .isEqualTo("invalidArguments");
    }

    // RFC 8620 §3.7
    @Test
    void aReferenceTakesWhatAnEarlierCallFound() throws Exception {
        bob.append("Subject: Tea\n\nHello\n");
        bob.append("Subject: Milk\n\nHello\n");
        var responses =
                bob.calls(
                        """
                        ['Email/query',{'accountId':'$A','sort':[{'property':'subject'}]},'q'],
                        ['Email/get',{'accountId':'$A','#ids':{'resultOf':'q','name':'Email/query','path':'/ids'},'properties':['subject','threadId']},'g'],
                        ['Thread/get',{'accountId':'$A','#ids':{'resultOf':'g','name':'Email/get','path':'/list/*/threadId'}},'t'],
                        ['Email/get',{'accountId':'$A','#ids':{'resultOf':'q','name':'Email/get','path':'/ids'}},'x'],
                        ['Email/get',{'accountId':'$A','ids':[],'#ids':{'resultOf':'q','name':'Email/query','path':'/ids'}},'y']
                        """);
        assertThat(responses.get(1).get(1).get("list").get(0).get("subject").stringValue())
                .isEqualTo("Milk");
        assertThat(responses.get(2).get(1).get("list").size()).isEqualTo(2);
        assertThat(responses.get(3).get(1).get("type").stringValue())
                .isEqualTo("invalidResultReference");
        assertThat(responses.get(4).get(1).get("type").stringValue()).isEqualTo("invalidArguments");
    }

    @Test
    void anothersIdsAreAsThoseThatNeverWere() throws Exception {
        var alice = bob.other("alice@example.test");
        var email = alice.append("Subject: Secret\n\nHello\n");
        assertThat(bob.calls("['Email/get',{'accountId':'" + alice.id() + "'},'0']").toString())
                .isEqualTo("[[\"error\",{\"type\":\"accountNotFound\"},\"0\"]]");
        var response = bob.call("Email/get", "'ids':['" + email.text() + "']");
        assertThat(response.get("list").isEmpty()).isTrue();
        assertThat(response.get("notFound").get(0).stringValue()).isEqualTo(email.text());
        var upload =
                alice.call("Blob/upload", "'create':{'a':{'data':[{'data:asText':'secret'}]}}");
        String blob = upload.get("created").get("a").get("id").stringValue();
        assertThat(alice.call("Blob/get", "'ids':['" + blob + "']").get("list").size())
                .isEqualTo(1);
        assertThat(bob.call("Blob/get", "'ids':['" + blob + "']").get("list").isEmpty()).isTrue();
        assertThat(
                        bob.call("Blob/get", "'ids':['" + BlobIds.of(email) + "']")
                                .get("list")
                                .isEmpty())
                .isTrue();
    }

    @Test
    void theSessionSaysWhatTheServerCan() {
        var session = bob.jmap.session(bob.who, "https://mail.example.test");
        assertThat(session.get("primaryAccounts").get("urn:ietf:params:jmap:mail").stringValue())
                .isEqualTo(bob.id());
        assertThat(session.get("apiUrl").stringValue())
                .isEqualTo("https://mail.example.test/jmap/api");
    }

    @Test
    void whatIsTooMuchIsRefused() {
        var ids = new StringBuilder();
        for (int i = 0; i <= Limits.STANDARD.objectsInGet(); i++)
            ids.append(",'M").append(i).append('\'');
        assertThat(bob.error("Email/get", "'ids':[" + ids.substring(1) + "]"))
                .isEqualTo("requestTooLarge");
        var all = new StringBuilder();
        for (int i = 0; i <= Limits.STANDARD.objectsInSet(); i++)
            all.append(",'M").append(i).append('\'');
        assertThat(bob.error("Email/set", "'destroy':[" + all.substring(1) + "]"))
                .isEqualTo("requestTooLarge");
        assertThat(
                        bob.error(
                                "Email/query",
                                "'filter':"
                                        + "{'operator':'NOT','conditions':[".repeat(20)
                                        + "{}"
                                        + "]}".repeat(20)))
                .isEqualTo("unsupportedFilter");
    }
}
