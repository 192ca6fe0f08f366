package org.postroom.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.postroom.jmap.Capability;
import org.postroom.jmap.Json;
import org.postroom.jmap.Limits;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.server.smtp.Submitter;
import org.postroom.store.Account;
import org.postroom.store.Addressee;
import org.postroom.store.EmailId;
import org.postroom.store.Flags;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// A client of one account. What it says is JSON with `'` for `"`, and `$A` for its account's id.
final class Talk implements AutoCloseable {

    static final Instant WHEN = Instant.ofEpochSecond(1_000_000_000);

    final TestHouse house;
    final Account account;
    final Admitted who;
    final Jmap jmap;
    private final boolean owner;

    Talk() throws Exception {
        this(new TestHouse(), "bob@example.test", true);
    }

    private Talk(TestHouse house, String name, boolean owner) throws Refused {
        this.house = house;
        this.owner = owner;
        account = house.account(name);
        who = new Admitted(account.id(), Addressee.of(name));
        jmap = new Jmap(house.house, new Submitter(house.house), Limits.STANDARD);
    }

    /// Somebody else in the same house.
    Talk other(String name) throws Refused {
        return new Talk(house, name, false);
    }

    String id() {
        return Visit.accountId(who);
    }

    private String said(String text) {
        return text.replace('\'', '"').replace("$A", id());
    }

    Jmap.Answer answer(String request) {
        return jmap.answer(who, said(request).getBytes(StandardCharsets.UTF_8));
    }

    /// The responses to some calls.
    JsonNode calls(String calls) {
        var using = Json.array();
        for (var capability : Capability.values()) using.add(capability.uri);
        var answer = answer("{'using':" + using + ",'methodCalls':[" + calls + "]}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json().get("methodResponses");
    }

    /// The arguments of the one response to a method of this account.
    ObjectNode call(String method, String arguments) {
        var response = any(method, arguments);
        assertThat(response.get(0).stringValue()).as(response.toString()).isEqualTo(method);
        return (ObjectNode) response.get(1);
    }

    private JsonNode any(String method, String arguments) {
        String more = arguments.isEmpty() ? "" : "," + arguments;
        return calls("['" + method + "',{'accountId':'$A'" + more + "},'0']").get(0);
    }

    /// The type of the error that a method gets.
    String error(String method, String arguments) {
        var response = any(method, arguments);
        assertThat(response.get(0).stringValue()).as(response.toString()).isEqualTo("error");
        return response.get(1).get("type").stringValue();
    }

    EmailId append(String letter) throws Refused {
        return append(letter, Flags.NONE);
    }

    EmailId append(String letter, Flags flags) throws Refused {
        try (var draft = house.house.store().draft()) {
            byte[] octets = letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            draft.write(octets, 0, octets.length);
            return account.append(
                            account.inbox().id(),
                            List.of(new NewMessage(draft.seal(), new byte[0], flags, WHEN)))
                    .emails()
                    .getFirst();
        }
    }

    String mailbox(String name) {
        return account.mailbox(name).orElseThrow().id().text();
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    @Override
    public void close() throws java.io.IOException {
        if (owner) house.close();
    }
}
