package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactsTest {

    private Talk bob;

    @BeforeEach
    void open() throws Exception {
        bob = new Talk();
    }

    @AfterEach
    void close() throws Exception {
        bob.close();
    }

    // RFC 9610 §3, RFC 9553
    @Test
    void cardsAndGroupsAreKeptWholeFoundAndChanged() {
        var book = bob.call("AddressBook/get", "").get("list").get(0);
        assertThat(book.get("isDefault").booleanValue()).isTrue();
        String id = book.get("id").stringValue();
        var set =
                bob.call(
                        "ContactCard/set",
                        """
                        'create':{'a':{'addressBookIds':{'%s':true},'uid':'u1','name':{'components':[{'kind':'given','value':'Ann'},{'kind':'surname','value':'Lee'}]},
                        'emails':{'e':{'address':'ann@x.test'}},'vendor.example:x':{'y':1}},
                        'g':{'addressBookIds':{'%s':true},'kind':'group','name':{'full':'Friends'},'members':{'u1':true}},
                        'n':{'name':{'full':'Nowhere'}}}
                        """
                                .formatted(id, id));
        assertThat(set.get("notCreated").has("n")).isTrue();
        String ann = set.get("created").get("a").get("id").stringValue();
        String group = set.get("created").get("g").get("id").stringValue();
        var card = bob.call("ContactCard/get", "'ids':['" + ann + "']").get("list").get(0);
        assertThat(card.get("vendor.example:x").toString()).isEqualTo("{\"y\":1}");
        assertThat(card.get("@type").stringValue()).isEqualTo("Card");
        assertThat(ids("'filter':{'text':'lee ann'}")).containsExactly(ann);
        assertThat(ids("'filter':{'hasMember':'u1'}")).containsExactly(group);
        assertThat(ids("'filter':{'email':'ANN@'}")).containsExactly(ann);
        String state = bob.call("ContactCard/get", "'ids':[]").get("state").stringValue();
        bob.call(
                "ContactCard/set",
                "'update':{'"
                        + ann
                        + "':{'emails/f':{'address':'lee@x.test'}}},'destroy':['"
                        + group
                        + "']");
        var changes = bob.call("ContactCard/changes", "'sinceState':'" + state + "'");
        assertThat(Talk.texts(changes.get("updated"))).containsExactly(ann);
        assertThat(Talk.texts(changes.get("destroyed"))).containsExactly(group);
        card = bob.call("ContactCard/get", "'ids':['" + ann + "']").get("list").get(0);
        assertThat(card.get("emails").size()).isEqualTo(2);
        var twin =
                bob.call(
                        "ContactCard/set",
                        "'create':{'t':{'addressBookIds':{'" + id + "':true},'uid':'u1'}}");
        assertThat(twin.get("notCreated").get("t").get("type").stringValue())
                .isEqualTo("alreadyExists");
    }

    private java.util.List<String> ids(String query) {
        return Talk.texts(bob.call("ContactCard/query", query).get("ids"));
    }

    // RFC 9610 §2.3
    @Test
    void anAddressBookGoesWithItsCardsOnlyIfThatIsSaid() {
        var set =
                bob.call(
                        "AddressBook/set",
                        "'create':{'b':{'name':'Work'}},'onSuccessSetIsDefault':'#b'");
        String book = set.get("created").get("b").get("id").stringValue();
        int chosen = 0;
        for (var each : bob.call("AddressBook/get", "").get("list"))
            if (each.get("isDefault").booleanValue()) chosen++;
        assertThat(chosen).isEqualTo(1);
        bob.call("ContactCard/set", "'create':{'a':{'addressBookIds':{'" + book + "':true}}}");
        var refused = bob.call("AddressBook/set", "'destroy':['" + book + "']");
        assertThat(refused.get("notDestroyed").get(book).get("type").stringValue())
                .isEqualTo("addressBookHasContents");
        bob.call("AddressBook/set", "'destroy':['" + book + "'],'onDestroyRemoveContents':true");
        assertThat(bob.call("ContactCard/get", "").get("list").isEmpty()).isTrue();
    }

    // RFC 9425 §4
    @Test
    void theQuotaIsTheAccounts() throws Exception {
        assertThat(bob.call("Quota/get", "").get("list").isEmpty()).isTrue();
        bob.account.limit(1_000_000L);
        var quota = bob.call("Quota/get", "").get("list").get(0);
        assertThat(quota.get("hardLimit").intValue()).isEqualTo(1_000_000);
        var state = bob.call("Quota/get", "").get("state").stringValue();
        bob.append("Subject: Tea\n\nHello\n");
        var changes = bob.call("Quota/changes", "'sinceState':'" + state + "'");
        assertThat(Talk.texts(changes.get("updatedProperties"))).containsExactly("used");
    }
}
