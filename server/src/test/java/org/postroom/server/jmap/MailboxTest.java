package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

class MailboxTest {

    private Talk bob;

    @BeforeEach
    void open() throws Exception {
        bob = new Talk();
    }

    @AfterEach
    void close() throws Exception {
        bob.close();
    }

    private JsonNode get(String id) {
        return bob.call("Mailbox/get", "'ids':['" + id + "']").get("list").get(0);
    }

    @Test
    void theSixOfABirthHaveTheirRoles() {
        var query =
                bob.call(
                        "Mailbox/query",
                        "'filter':{'hasAnyRole':true},'sort':[{'property':'name'}]");
        assertThat(query.get("ids").size()).isEqualTo(6);
        var inbox = get(bob.mailbox("INBOX"));
        assertThat(inbox.get("role").stringValue()).isEqualTo("inbox");
        assertThat(inbox.get("name").stringValue()).isEqualTo("Inbox");
        assertThat(inbox.get("myRights").get("mayDelete").booleanValue()).isFalse();
        assertThat(get(bob.mailbox("Trash")).get("role").stringValue()).isEqualTo("trash");
    }

    // RFC 8621 §2.5
    @Test
    void oneLiesInAnotherOfTheSameCallAndGoesWithItsEmailsOnly() throws Exception {
        var set =
                bob.call(
                        "Mailbox/set",
                        "'create':{'b':{'name':'Below','parentId':'#a'},'a':{'name':'Above','sortOrder':7}}");
        String above = set.get("created").get("a").get("id").stringValue();
        String below = set.get("created").get("b").get("id").stringValue();
        assertThat(get(below).get("parentId").stringValue()).isEqualTo(above);
        assertThat(get(above).get("sortOrder").intValue()).isEqualTo(7);
        var refused = bob.call("Mailbox/set", "'destroy':['" + above + "']");
        assertThat(refused.get("notDestroyed").get(above).get("type").stringValue())
                .isEqualTo("mailboxHasChild");
        var email = bob.append("Subject: Tea\n\nHello\n").text();
        bob.call("Email/set", "'update':{'" + email + "':{'mailboxIds':{'" + below + "':true}}}");
        refused = bob.call("Mailbox/set", "'destroy':['" + below + "']");
        assertThat(refused.get("notDestroyed").get(below).get("type").stringValue())
                .isEqualTo("mailboxHasEmail");
        var done =
                bob.call(
                        "Mailbox/set",
                        "'destroy':['" + above + "','" + below + "'],'onDestroyRemoveEmails':true");
        assertThat(done.get("destroyed").size()).isEqualTo(2);
        assertThat(bob.call("Email/get", "'ids':['" + email + "']").get("notFound").size())
                .isEqualTo(1);
    }

    @Test
    void whatNoMailboxCanBeIsSaidByProperty() {
        var set =
                bob.call(
                        "Mailbox/set",
                        "'create':{'a':{'name':'a/b'},'b':{'name':'Sent'},'c':{'name':'x','parentId':'F999'},'d':{'name':'y','role':'sent'}},"
                            + "'destroy':['"
                                + bob.mailbox("INBOX")
                                + "'],'update':{'"
                                + bob.mailbox("INBOX")
                                + "':{'name':'Elsewhere'}}");
        for (var creation : set.get("notCreated").properties())
            assertThat(creation.getValue().get("type").stringValue())
                    .isEqualTo(
                            creation.getKey().equals("b") ? "alreadyExists" : "invalidProperties");
        assertThat(set.get("notCreated").size()).isEqualTo(4);
        assertThat(set.get("notDestroyed").size()).isEqualTo(1);
        assertThat(set.get("notUpdated").size()).isEqualTo(1);
    }

    // RFC 8621 §2.2
    @Test
    void countsAloneAreToldAsCounts() throws Exception {
        var before = bob.call("Mailbox/get", "").get("state").stringValue();
        bob.append("Subject: Tea\n\nHello\n");
        var changes = bob.call("Mailbox/changes", "'sinceState':'" + before + "'");
        assertThat(Talk.texts(changes.get("updated"))).containsExactly(bob.mailbox("INBOX"));
        assertThat(Talk.texts(changes.get("updatedProperties"))).contains("unreadEmails");
        var inbox = get(bob.mailbox("INBOX"));
        assertThat(inbox.get("unreadEmails").intValue()).isEqualTo(1);
        assertThat(inbox.get("unreadThreads").intValue()).isEqualTo(1);
        bob.call("Mailbox/set", "'create':{'a':{'name':'New'}}");
        changes = bob.call("Mailbox/changes", "'sinceState':'" + before + "'");
        assertThat(changes.get("created").size()).isEqualTo(1);
        assertThat(changes.get("updatedProperties").isNull()).isTrue();
        assertThat(bob.error("Mailbox/changes", "'sinceState':'nonsense'"))
                .isEqualTo("cannotCalculateChanges");
    }
}
