package org.postroom.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call.BlobCopy;
import org.postroom.jmap.Call.BlobGet;
import org.postroom.jmap.Call.BlobLookup;
import org.postroom.jmap.Call.BlobUpload;
import org.postroom.jmap.Call.Changes;
import org.postroom.jmap.Call.Copy;
import org.postroom.jmap.Call.Echo;
import org.postroom.jmap.Call.Get;
import org.postroom.jmap.Call.Import;
import org.postroom.jmap.Call.Parse;
import org.postroom.jmap.Call.Query;
import org.postroom.jmap.Call.QueryChanges;
import org.postroom.jmap.Call.Snippets;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a method's arguments into its record. A member of the wrong type, or one that the method does
/// not have, is `invalidArguments` (RFC 8620 §3.6.2).
public final class Arguments {

    private static final int FILTER_DEPTH = 16;
    private static final int CONDITIONS = 1_000;

    private final ObjectNode node;
    private final Set<String> seen = new HashSet<>();
    private int conditions;

    private Arguments(ObjectNode node) {
        this.node = node;
    }

    public static Call read(Method method, ObjectNode node) throws Refusal {
        var in = new Arguments(node);
        var call = in.call(method);
        if (!(call instanceof Echo)) in.end();
        return call;
    }

    private Call call(Method method) throws Refusal {
        return switch (method) {
            case CORE_ECHO -> new Echo(node);
            case MAILBOX_GET,
                    THREAD_GET,
                    EMAIL_GET,
                    IDENTITY_GET,
                    EMAIL_SUBMISSION_GET,
                    VACATION_RESPONSE_GET,
                    QUOTA_GET,
                    ADDRESS_BOOK_GET,
                    CONTACT_CARD_GET ->
                    new Get(
                            method,
                            account(),
                            texts("ids"),
                            texts("properties"),
                            method == Method.EMAIL_GET ? bodies() : Bodies.NONE);
            case MAILBOX_CHANGES,
                    THREAD_CHANGES,
                    EMAIL_CHANGES,
                    IDENTITY_CHANGES,
                    EMAIL_SUBMISSION_CHANGES,
                    QUOTA_CHANGES,
                    ADDRESS_BOOK_CHANGES,
                    CONTACT_CARD_CHANGES ->
                    new Changes(method, account(), text("sinceState"), positive("maxChanges"));
            case MAILBOX_SET,
                    EMAIL_SET,
                    IDENTITY_SET,
                    EMAIL_SUBMISSION_SET,
                    VACATION_RESPONSE_SET,
                    ADDRESS_BOOK_SET,
                    CONTACT_CARD_SET ->
                    new Call.Set(
                            method,
                            account(),
                            textOrNull("ifInState"),
                            objects("create"),
                            objects("update"),
                            textsOrNone("destroy"),
                            setExtra(method));
            case MAILBOX_QUERY,
                    EMAIL_QUERY,
                    EMAIL_SUBMISSION_QUERY,
                    QUOTA_QUERY,
                    CONTACT_CARD_QUERY ->
                    query(method);
            case MAILBOX_QUERY_CHANGES,
                    EMAIL_QUERY_CHANGES,
                    EMAIL_SUBMISSION_QUERY_CHANGES,
                    QUOTA_QUERY_CHANGES,
                    CONTACT_CARD_QUERY_CHANGES ->
                    new QueryChanges(
                            method,
                            account(),
                            filter(),
                            sort(),
                            text("sinceQueryState"),
                            positive("maxChanges"),
                            textOrNull("upToId"),
                            flag("calculateTotal"),
                            queryExtra(method));
            case EMAIL_COPY, CONTACT_CARD_COPY ->
                    new Copy(
                            method,
                            text("fromAccountId"),
                            textOrNull("ifFromInState"),
                            account(),
                            textOrNull("ifInState"),
                            objects("create"),
                            flag("onSuccessDestroyOriginal"),
                            textOrNull("destroyFromIfInState"));
            case BLOB_COPY -> new BlobCopy(text("fromAccountId"), account(), required("blobIds"));
            case EMAIL_IMPORT -> new Import(account(), textOrNull("ifInState"), objects("emails"));
            case EMAIL_PARSE ->
                    new Parse(account(), required("blobIds"), texts("properties"), bodies());
            case SEARCH_SNIPPET_GET -> new Snippets(account(), filter(), required("emailIds"));
            case BLOB_UPLOAD -> new BlobUpload(account(), objects("create"));
            case BLOB_GET ->
                    new BlobGet(
                            account(),
                            required("ids"),
                            texts("properties"),
                            unsigned("offset", 0),
                            unsigned("length", -1));
            case BLOB_LOOKUP -> new BlobLookup(account(), required("typeNames"), required("ids"));
        };
    }

    private Query query(Method method) throws Refusal {
        var limit = member("limit");
        return new Query(
                method,
                account(),
                filter(),
                sort(),
                integer("position", 0),
                textOrNull("anchor"),
                integer("anchorOffset", 0),
                (int) Math.min(Integer.MAX_VALUE, unsigned("limit", 0)),
                limit != null,
                flag("calculateTotal"),
                queryExtra(method));
    }

    private ObjectNode setExtra(Method method) throws Refusal {
        var extra = Json.object();
        switch (method) {
            case MAILBOX_SET -> extra.put("onDestroyRemoveEmails", flag("onDestroyRemoveEmails"));
            case EMAIL_SUBMISSION_SET -> {
                var update = member("onSuccessUpdateEmail");
                if (update != null) extra.set("onSuccessUpdateEmail", object(update));
                extra.set(
                        "onSuccessDestroyEmail", Json.array(textsOrNone("onSuccessDestroyEmail")));
            }
            case ADDRESS_BOOK_SET -> {
                extra.put("onDestroyRemoveContents", flag("onDestroyRemoveContents"));
                var id = textOrNull("onSuccessSetIsDefault");
                if (id != null) extra.put("onSuccessSetIsDefault", id);
            }
            default -> {}
        }
        return extra;
    }

    private ObjectNode queryExtra(Method method) throws Refusal {
        var extra = Json.object();
        switch (method) {
            case MAILBOX_QUERY, MAILBOX_QUERY_CHANGES -> {
                extra.put("sortAsTree", flag("sortAsTree"));
                extra.put("filterAsTree", flag("filterAsTree"));
            }
            case EMAIL_QUERY, EMAIL_QUERY_CHANGES ->
                    extra.put("collapseThreads", flag("collapseThreads"));
            default -> {}
        }
        return extra;
    }

    private Bodies bodies() throws Refusal {
        return new Bodies(
                texts("bodyProperties"),
                flag("fetchTextBodyValues"),
                flag("fetchHTMLBodyValues"),
                flag("fetchAllBodyValues"),
                (int) Math.min(Integer.MAX_VALUE, unsigned("maxBodyValueBytes", 0)));
    }

    // RFC 8620 §5.5: FilterOperator or FilterCondition
    private @Nullable Filter filter() throws Refusal {
        var filter = member("filter");
        return filter == null ? null : filter(filter, 0);
    }

    private Filter filter(JsonNode json, int depth) throws Refusal {
        if (depth == FILTER_DEPTH || conditions++ == CONDITIONS)
            throw new Refusal(MethodError.UNSUPPORTED_FILTER, "The filter is too large");
        var object = object(json);
        var operator = object.get("operator");
        if (operator == null) return new Filter.Condition(object);
        var of = object.get("conditions");
        if (of == null || !of.isArray() || object.size() != 2)
            throw Refusal.arguments("A filter's operator has conditions");
        var all = new ArrayList<Filter>();
        for (var each : of) all.add(filter(each, depth + 1));
        return new Filter.Operation(operator(operator), all);
    }

    private static Filter.Operator operator(JsonNode json) throws Refusal {
        for (var operator : Filter.Operator.values())
            if (json.isString() && json.stringValue().equals(operator.name())) return operator;
        throw Refusal.arguments("A filter's operator is AND, OR or NOT");
    }

    // RFC 8620 §5.5: Comparator[]|null
    private List<Order> sort() throws Refusal {
        var sort = member("sort");
        if (sort == null) return List.of();
        if (!sort.isArray()) throw wrong("sort");
        var all = new ArrayList<Order>();
        for (var each : sort) {
            var object = object(each);
            var property = object.get("property");
            if (property == null || !property.isString()) throw wrong("sort");
            var ascending = object.get("isAscending");
            if (ascending != null && !ascending.isNull() && !ascending.isBoolean())
                throw wrong("sort");
            all.add(
                    new Order(
                            property.stringValue(),
                            ascending == null || ascending.isNull() || ascending.booleanValue(),
                            object));
        }
        return all;
    }

    // Members by type

    private @Nullable JsonNode member(String name) {
        seen.add(name);
        var member = node.get(name);
        return member == null || member.isNull() ? null : member;
    }

    private String account() throws Refusal {
        return text("accountId");
    }

    private String text(String name) throws Refusal {
        var text = textOrNull(name);
        if (text == null) throw Refusal.arguments(name + " is missing");
        return text;
    }

    private @Nullable String textOrNull(String name) throws Refusal {
        var member = member(name);
        if (member == null) return null;
        if (!member.isString()) throw wrong(name);
        return member.stringValue();
    }

    private boolean flag(String name) throws Refusal {
        var member = member(name);
        if (member == null) return false;
        if (!member.isBoolean()) throw wrong(name);
        return member.booleanValue();
    }

    private long integer(String name, long otherwise) throws Refusal {
        var member = member(name);
        if (member == null) return otherwise;
        if (!isInteger(member)) throw wrong(name);
        return member.longValue();
    }

    /// RFC 8620 §1.3: an Int lies within 2^53; 1.0 and 1e3 are integers, too.
    static boolean isInteger(JsonNode node) {
        return node.isNumber()
                && (node.isIntegralNumber()
                        ? node.canConvertToLong() && Math.abs(node.longValue()) <= Json.SAFE
                        : node.doubleValue() == Math.rint(node.doubleValue())
                                && Math.abs(node.doubleValue()) <= Json.SAFE);
    }

    private long unsigned(String name, long otherwise) throws Refusal {
        long number = integer(name, otherwise);
        if (number < Math.min(0, otherwise)) throw wrong(name);
        return number;
    }

    /// 0 when it is absent; it must not be 0 itself (RFC 8620 §5.2).
    private int positive(String name) throws Refusal {
        if (member(name) == null) return 0;
        long number = integer(name, 0);
        if (number <= 0) throw wrong(name);
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private @Nullable List<String> texts(String name) throws Refusal {
        var member = member(name);
        if (member == null) return null;
        if (!member.isArray()) throw wrong(name);
        var all = new ArrayList<String>();
        for (var each : member) {
            if (!each.isString()) throw wrong(name);
            all.add(each.stringValue());
        }
        return all;
    }

    private List<String> textsOrNone(String name) throws Refusal {
        var texts = texts(name);
        return texts == null ? List.of() : texts;
    }

    private List<String> required(String name) throws Refusal {
        var texts = texts(name);
        if (texts == null) throw Refusal.arguments(name + " is missing");
        return texts;
    }

    private Map<String, ObjectNode> objects(String name) throws Refusal {
        var member = member(name);
        var all = new LinkedHashMap<String, ObjectNode>();
        if (member == null) return all;
        for (var each : object(member).properties())
            all.put(each.getKey(), object(each.getValue()));
        return all;
    }

    private static ObjectNode object(JsonNode node) throws Refusal {
        if (node instanceof ObjectNode object) return object;
        throw Refusal.arguments("An object is missing");
    }

    private static Refusal wrong(String name) {
        return Refusal.arguments(name + " is of another type");
    }

    private void end() throws Refusal {
        for (var name : node.propertyNames())
            if (!seen.contains(name)) throw Refusal.arguments("There is no argument " + name);
    }
}
