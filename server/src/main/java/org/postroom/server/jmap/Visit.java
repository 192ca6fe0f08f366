package org.postroom.server.jmap;

import org.postroom.jmap.Json;
import org.postroom.jmap.Limits;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.server.Outbox;
import org.postroom.server.Slices;
import org.postroom.store.Account;
import org.postroom.store.Catalog;
import org.postroom.store.Kind;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One request of somebody who has signed in: what its methods share.
///
/// @param created what creation ids of this request mean (RFC 8620 §5.3)
record Visit(
        House house,
        Admitted who,
        Account account,
        Slices.Share share,
        Outbox outbox,
        Limits limits,
        Map<String, String> created) {

    static Visit of(House house, Outbox outbox, Admitted who, Limits limits) throws Refused {
        return new Visit(
                house,
                who,
                house.store().account(who.account()),
                house.slices().of(who.account()),
                outbox,
                limits,
                new HashMap<>());
    }

    static String accountId(Admitted who) {
        return "A" + who.account();
    }

    String accountId() {
        return accountId(who);
    }

    /// RFC 8620 §3.6.2: another's account is one that there is not.
    void demand(String account) throws Refusal {
        if (!account.equals(accountId())) throw new Refusal(MethodError.ACCOUNT_NOT_FOUND);
    }

    /// The id that is meant: `#` and a creation id stand for what was created in this request.
    String id(String given) {
        return given.startsWith("#") ? created.getOrDefault(given.substring(1), given) : given;
    }

    String state(Kind kind) {
        var states = account.states();
        return new State(states.epoch(), states.of(kind)).text();
    }

    /// A type's state at a catalog's version, if not earlier.
    State state(Kind kind, Catalog catalog) {
        var states = account.states();
        return new State(states.epoch(), Math.min(states.of(kind), catalog.version()));
    }

    void demandState(String expected, Kind kind) throws Refusal {
        if (!expected.equals(state(kind))) throw new Refusal(MethodError.STATE_MISMATCH);
    }

    /// RFC 8620 §5.1
    void demandFewToGet(int count) throws Refusal {
        if (count > limits.objectsInGet()) throw new Refusal(MethodError.REQUEST_TOO_LARGE);
    }

    /// RFC 8620 §5.3
    void demandFewToSet(int count) throws Refusal {
        if (count > limits.objectsInSet()) throw new Refusal(MethodError.REQUEST_TOO_LARGE);
    }

    ObjectNode response() {
        return Json.object().put("accountId", accountId());
    }

    /// The frame of a /get (RFC 8620 §5.1).
    ObjectNode got(String state, List<ObjectNode> list, List<String> notFound) {
        var response = response().put("state", state);
        var array = response.putArray("list");
        list.forEach(array::add);
        response.set("notFound", Json.array(notFound));
        return response;
    }
}
