package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Order;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.store.Kind;
import org.postroom.store.Refused;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// ContactCard/get, /changes, /query and /set (RFC 9610 §3): JSContact cards (RFC 9553), kept whole, what
/// we do not know of them, too.
final class Cards extends Records implements RecordQuery.Terms {

    private static final int LARGEST = 256 << 10;

    Cards(Visit visit) {
        super(visit, Kind.CARD, 'C', Set.of());
    }

    @Override
    ObjectNode checked(@Nullable ObjectNode before, ObjectNode after) throws SetError {
        var card = after.deepCopy();
        var books = card.get("addressBookIds");
        if (books == null || !books.isObject() || books.isEmpty())
            throw SetError.properties("A card is in an address book", "addressBookIds");
        var known = new AddressBooks(visit);
        var all = known.all();
        var meant = Json.object();
        for (var book : books.properties()) {
            String id = visit.id(book.getKey());
            if (!book.getValue().booleanValue(false)
                    || known.number(id).filter(all::containsKey).isEmpty())
                throw SetError.properties("No such address book", "addressBookIds");
            meant.put(id, true);
        }
        card.set("addressBookIds", meant);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        // RFC 9553 §2.1.1, §2.1.2, §2.1.9
        if (!card.has("@type")) card.put("@type", "Card");
        if (!card.has("version")) card.put("version", "1.0");
        if (!card.has("uid")) card.put("uid", "urn:uuid:" + UUID.randomUUID());
        if (!card.path("@type").stringValue("").equals("Card"))
            throw SetError.properties("Card", "@type");
        for (var text : List.of("uid", "version"))
            if (!card.path(text).isString()) throw SetError.properties("A text", text);
        for (var map : List.of("emails", "phones", "addresses", "members", "name"))
            if (card.has(map) && !card.get(map).isObject())
                throw SetError.properties("An object", map);
        if (before == null) {
            demandNew(card.get("uid"));
            if (!card.has("created")) card.put("created", now);
        } else if (!card.get("uid").equals(before.get("uid")))
            throw SetError.properties("It can't change", "uid");
        if (before == null ? !card.has("updated") : same(before, card, "updated"))
            card.put("updated", now);
        if (Json.octets(card).length > LARGEST) throw new SetError(Type.TOO_LARGE);
        return card;
    }

    private static boolean same(ObjectNode before, ObjectNode after, String name) {
        return before.path(name).equals(after.path(name));
    }

    private void demandNew(JsonNode uid) throws SetError {
        for (var each : all().entrySet())
            if (uid.equals(each.getValue().get("uid")))
                throw new SetError(Type.ALREADY_EXISTS).with("existingId", id(each.getKey()));
    }

    /// An address book goes.
    void leave(String book, boolean withContents) throws SetError, Refused {
        var within = new ArrayList<Long>();
        var all = all();
        all.forEach((id, card) -> {
            if (card.path("addressBookIds").has(book)) within.add(id);
        });
        if (!within.isEmpty() && !withContents) throw new SetError(Type.ADDRESS_BOOK_HAS_CONTENTS);
        for (var id : within) {
            var card = all.get(id);
            if (card == null || !(card.get("addressBookIds") instanceof ObjectNode books)) continue;
            books.remove(book);
            visit.account().putRecord(kind, id, books.isEmpty() ? null : Json.octets(card));
        }
    }

    ObjectNode query(Call.Query query) throws Refusal {
        return new RecordQuery(visit, this, this).query(query);
    }

    ObjectNode queryChanges(Call.QueryChanges changes) throws Refusal, Refused {
        return new RecordQuery(visit, this, this).changes(changes);
    }

    // RFC 9610 §3.3.1
    @Override
    public boolean holds(String member, JsonNode value, long id, ObjectNode card) throws Refusal {
        if (!value.isString()) throw RecordQuery.unsupportedFilter(member);
        String text = value.stringValue();
        return switch (member) {
            case "inAddressBook" -> card.path("addressBookIds").has(visit.id(text));
            case "uid", "kind" ->
                    card.path(member)
                            .stringValue(member.equals("kind") ? "individual" : "")
                            .equals(text);
            case "hasMember" -> card.path("members").has(text);
            case "createdBefore" -> card.path("created").stringValue("").compareTo(text) < 0;
            case "createdAfter" -> card.path("created").stringValue("").compareTo(text) >= 0;
            case "updatedBefore" -> card.path("updated").stringValue("").compareTo(text) < 0;
            case "updatedAfter" -> card.path("updated").stringValue("").compareTo(text) >= 0;
            case "text" -> has(text, texts(card));
            case "name" -> has(text, texts(card.path("name")));
            case "name/given", "name/surname", "name/surname2" ->
                    has(text, component(card, member.substring("name/".length())));
            case "nickname" -> has(text, texts(card.path("nicknames")));
            case "organization" -> has(text, texts(card.path("organizations")));
            case "email" -> has(text, texts(card.path("emails")));
            case "phone" -> has(text, texts(card.path("phones")));
            case "onlineService" -> has(text, texts(card.path("onlineServices")));
            case "address" -> has(text, texts(card.path("addresses")));
            case "note" -> has(text, texts(card.path("notes")));
            default -> throw RecordQuery.unsupportedFilter(member);
        };
    }

    private static boolean has(String wanted, List<String> texts) {
        for (var term : EmailConditions.terms(wanted)) {
            String lower = term.toLowerCase(Locale.ROOT);
            if (texts.stream().noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(lower)))
                return false;
        }
        return true;
    }

    private static List<String> component(ObjectNode card, String kind) {
        var all = new ArrayList<String>();
        for (var each : card.path("name").path("components"))
            if (each.path("kind").stringValue("").equals(kind))
                all.add(each.path("value").stringValue(""));
        return all;
    }

    /// All texts in it but those that say what they are. As deep as JSON is read.
    private static List<String> texts(JsonNode node) {
        var all = new ArrayList<String>();
        gather(node, all);
        return all;
    }

    private static void gather(JsonNode node, List<String> into) {
        if (node.isString()) into.add(node.stringValue());
        else if (node instanceof ObjectNode object) {
            for (var each : object.properties())
                if (!each.getKey().equals("kind") && !each.getKey().startsWith("@"))
                    gather(each.getValue(), into);
        } else for (var each : node) gather(each, into);
    }

    // RFC 9610 §3.3.2
    @Override
    public Comparator<ObjectNode> order(Order order) throws Refusal {
        return switch (order.property()) {
            case "created", "updated" -> RecordQuery.byText(order.property());
            case "name/given", "name/surname", "name/surname2" -> {
                String kind = order.property().substring("name/".length());
                yield Comparator.comparing(card -> {
                    var found = component(card, kind);
                    return found.isEmpty() ? "" : found.getFirst().toLowerCase(Locale.ROOT);
                });
            }
            default -> throw RecordQuery.unsupportedSort(order.property());
        };
    }
}
