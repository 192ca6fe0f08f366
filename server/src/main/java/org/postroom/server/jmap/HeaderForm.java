package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Json;
import org.postroom.jmap.Refusal;
import org.postroom.mime.Address;
import org.postroom.mime.Addresses;
import org.postroom.mime.Dates;
import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.MessageIds;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A header field in the form that a client wants (RFC 8621 §4.1.2), named by a property such as
/// `header:Subject:asText:all`.
record HeaderForm(String property, String field, Kind kind, boolean all) {

    /// The forms, in the section's order.
    enum Kind {
        RAW("asRaw"),
        TEXT("asText"),
        ADDRESSES("asAddresses"),
        GROUPED_ADDRESSES("asGroupedAddresses"),
        MESSAGE_IDS("asMessageIds"),
        DATE("asDate"),
        URLS("asURLs");

        final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /// RFC 3339 with the offset that the field has.
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

    private static final Set<String> TEXTS = Set.of("subject", "comments", "keywords", "list-id");

    private static final Set<String> ADDRESSES =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "to",
                    "cc",
                    "bcc",
                    "resent-from",
                    "resent-sender",
                    "resent-reply-to",
                    "resent-to",
                    "resent-cc",
                    "resent-bcc");

    private static final Set<String> IDS =
            Set.of("message-id", "in-reply-to", "references", "resent-message-id");

    private static final Set<String> DATES = Set.of("date", "resent-date");

    private static final Set<String> URLS =
            Set.of(
                    "list-help",
                    "list-unsubscribe",
                    "list-subscribe",
                    "list-post",
                    "list-owner",
                    "list-archive");

    /// Those of RFC 5322 that have a form of their own, which is none of the above.
    private static final Set<String> RAW_ONLY = Set.of("return-path", "received");

    static boolean isOne(String property) {
        return property.startsWith("header:");
    }

    /// @throws Refusal invalidArguments
    static HeaderForm parse(String property) throws Refusal {
        var parts = List.of(property.split(":", 5));
        if (parts.size() < 2 || parts.size() > 4 || !isName(parts.get(1))) throw wrong(property);
        var kind = Kind.RAW;
        boolean all = false;
        for (var suffix : parts.subList(2, parts.size())) {
            if (all) throw wrong(property);
            if (suffix.equals("all")) all = true;
            else if (suffix.equals(parts.get(2))) kind = kind(suffix, property);
            else throw wrong(property);
        }
        var form = new HeaderForm(property, parts.get(1), kind, all);
        if (!form.isAllowed()) throw wrong(property);
        return form;
    }

    private static Kind kind(String suffix, String property) throws Refusal {
        for (var kind : Kind.values()) if (kind.suffix.equals(suffix)) return kind;
        throw wrong(property);
    }

    // RFC 5322 §3.6.8: field-name = 1*ftext
    static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':');
    }

    private static Refusal wrong(String property) {
        return Refusal.arguments("No property " + property);
    }

    /// RFC 8621 §4.1.2: a field that the RFCs define has the forms of its kind, others have all.
    private boolean isAllowed() {
        String name = field.toLowerCase(Locale.ROOT);
        boolean known =
                TEXTS.contains(name)
                        || ADDRESSES.contains(name)
                        || IDS.contains(name)
                        || DATES.contains(name)
                        || URLS.contains(name)
                        || RAW_ONLY.contains(name);
        return switch (kind) {
            case RAW -> true;
            case TEXT -> !known || TEXTS.contains(name);
            case ADDRESSES, GROUPED_ADDRESSES -> !known || ADDRESSES.contains(name);
            case MESSAGE_IDS -> !known || IDS.contains(name);
            case DATE -> !known || DATES.contains(name);
            case URLS -> !known || URLS.contains(name);
        };
    }

    /// The value in a header section: of several fields the last, or all of them.
    JsonNode of(Fields fields) {
        var found = fields.all(field);
        if (!all) return found.isEmpty() ? Json.object().nullNode() : one(found.getLast());
        var array = Json.array();
        for (var each : found) array.add(one(each));
        return array;
    }

    private JsonNode one(Field field) {
        var nodes = Json.object();
        return switch (kind) {
            case RAW -> nodes.stringNode(raw(field));
            case TEXT -> nodes.stringNode(text(field.text()));
            case ADDRESSES -> addresses(Addresses.parse(field.value()));
            case GROUPED_ADDRESSES -> groups(Addresses.parse(field.value()));
            case MESSAGE_IDS -> ids(MessageIds.parse(field.value()));
            case DATE ->
                    Dates.parse(field.value())
                            .<JsonNode>map(date -> nodes.stringNode(date(date)))
                            .orElseGet(nodes::nullNode);
            case URLS -> urls(field.value());
        };
    }

    static String raw(Field field) {
        return octets(field.raw()).replace("\0", "");
    }

    /// What was octets as ISO 8859-1, read as UTF-8.
    static String octets(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String text(String decoded) {
        return Normalizer.normalize(decoded.strip(), Normalizer.Form.NFC);
    }

    static String date(OffsetDateTime date) {
        return DATE.format(date);
    }

    // RFC 8621 §4.1.2.3: groups are left out, their members are not
    static ArrayNode addresses(List<Address> addresses) {
        var array = Json.array();
        for (var address : addresses)
            if (!address.isGroupStart() && !address.isGroupEnd()) add(array, address);
        return array;
    }

    private static void add(ArrayNode array, Address address) {
        var json = array.addObject();
        String name = address.displayName();
        if (name.isEmpty()) json.putNull("name");
        else json.put("name", text(name));
        json.put("email", address.addrSpec());
    }

    // RFC 8621 §4.1.2.4: what is in no group is in one without a name
    private static ArrayNode groups(List<Address> addresses) {
        var array = Json.array();
        @Nullable ArrayNode open = null;
        for (var address : addresses) {
            if (address.isGroupStart()) {
                var group = array.addObject();
                String name = address.mailbox();
                group.put("name", name == null ? null : text(org.postroom.mime.Words.decode(name)));
                open = group.putArray("addresses");
            } else if (address.isGroupEnd()) open = null;
            else {
                if (open == null) open = array.addObject().putNull("name").putArray("addresses");
                add(open, address);
            }
        }
        return array;
    }

    static JsonNode ids(List<String> ids) {
        if (ids.isEmpty()) return Json.object().nullNode();
        var array = Json.array();
        for (var id : ids) array.add(octets(id));
        return array;
    }

    // RFC 2369 §2: angle brackets around each, comments beside them
    private static JsonNode urls(String value) {
        var array = Json.array();
        for (int at = value.indexOf('<'); at >= 0; at = value.indexOf('<', at)) {
            int end = value.indexOf('>', at);
            if (end < 0) break;
            array.add(octets(value.substring(at + 1, end)).replaceAll("[ \t]", ""));
            at = end;
        }
        return array.isEmpty() ? Json.object().nullNode() : array;
    }
}
