package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Entity;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Labels;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.Party;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An email that a client creates, as a message to be written (RFC 8621 §4.6).
final class Drafting {

    private static final Set<String> METADATA = Set.of("mailboxIds", "keywords", "receivedAt");

    private static final Set<String> BODY =
            Set.of("bodyStructure", "textBody", "htmlBody", "attachments", "bodyValues");

    private static final int DEPTH = 50;
    private static final int PARTS = 1_000;

    private final Visit visit;
    private final ObjectNode email;
    private final Composer composer;
    private final List<String> missing = new ArrayList<>();
    private int parts;

    Drafting(Visit visit, ObjectNode email) {
        this.visit = visit;
        this.email = email;
        this.composer = Composer.of(ZoneOffset.UTC, visit.house().settings().get().server().name());
    }

    Message message() throws SetError {
        try {
            var header = header();
            var content = content();
            if (!missing.isEmpty())
                throw new SetError(Type.BLOB_NOT_FOUND).with("notFound", missing);
            return new Message(header, content);
        } catch (IllegalArgumentException unwritable) {
            throw new SetError(Type.INVALID_PROPERTIES, "Something in it can't be written");
        }
    }

    private List<Header> header() throws SetError {
        var header = new ArrayList<Header>();
        var names = new HashSet<String>();
        for (var each : email.properties()) {
            String property = each.getKey();
            if (METADATA.contains(property) || BODY.contains(property)) continue;
            var name = field(property);
            if (name.toLowerCase(Locale.ROOT).startsWith("content-"))
                throw SetError.properties("A part has it", property);
            if (!names.add(name.toLowerCase(Locale.ROOT)))
                throw SetError.properties("It is there twice", property);
            if (!each.getValue().isNull()) add(header, property, name, each.getValue());
        }
        // RFC 8621 §4.6: what an email must have, and the client left to us
        if (!names.contains("message-id"))
            header.add(new Header.Ids("Message-ID", List.of(composer.id())));
        if (!names.contains("date"))
            header.add(new Header.Date("Date", OffsetDateTime.now(ZoneOffset.UTC).withNano(0)));
        return header;
    }

    /// The field that a property is about.
    private static String field(String property) throws SetError {
        return switch (property) {
            case "messageId" -> "Message-ID";
            case "inReplyTo" -> "In-Reply-To";
            case "references" -> "References";
            case "sender" -> "Sender";
            case "from" -> "From";
            case "to" -> "To";
            case "cc" -> "Cc";
            case "bcc" -> "Bcc";
            case "replyTo" -> "Reply-To";
            case "subject" -> "Subject";
            case "sentAt" -> "Date";
            default -> form(property).field();
        };
    }

    private static HeaderForm form(String property) throws SetError {
        if (HeaderForm.isOne(property))
            try {
                return HeaderForm.parse(property);
            } catch (org.postroom.jmap.Refusal wrong) {
                throw SetError.properties("No such form", property);
            }
        throw SetError.properties("The server sets it, or there is none", property);
    }

    private static void add(List<Header> header, String property, String name, JsonNode value)
            throws SetError {
        if (!HeaderForm.isOne(property)) {
            header.add(
                    switch (property) {
                        case "subject" -> new Header.Unstructured(name, text(property, value));
                        case "messageId", "inReplyTo", "references" ->
                                new Header.Ids(name, texts(property, value));
                        case "sentAt" -> date(property, name, value);
                        default -> new Header.Parties(name, parties(property, value));
                    });
            return;
        }
        var form = form(property);
        if (!form.all()) header.add(one(form, value));
        else for (var each : array(property, value)) header.add(one(form, each));
    }

    private static Header one(HeaderForm form, JsonNode value) throws SetError {
        String property = form.property();
        String name = form.field();
        return switch (form.kind()) {
            case RAW -> new Header.Copied(name, raw(property, text(property, value)));
            case TEXT -> new Header.Unstructured(name, text(property, value));
            case ADDRESSES -> new Header.Parties(name, parties(property, value));
            case GROUPED_ADDRESSES -> new Header.Parties(name, groups(property, value));
            case MESSAGE_IDS -> new Header.Ids(name, texts(property, value));
            case DATE -> date(property, name, value);
            case URLS ->
                    new Header.Tokens(
                            name,
                            String.join(
                                    ", ",
                                    texts(property, value).stream()
                                            .map(url -> "<" + url.replaceAll("[<>\\s]", "") + ">")
                                            .toList()));
        };
    }

    /// Nothing in it ends the field or begins another.
    private static String raw(String property, String value) throws SetError {
        String octets =
                new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String unfolded = octets.replace("\r\n ", "").replace("\r\n\t", "");
        if (unfolded.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0))
            throw SetError.properties("A line may not end here", property);
        return octets.startsWith(" ") || octets.startsWith("\t") ? octets : " " + octets;
    }

    private static Header date(String property, String name, JsonNode value) throws SetError {
        try {
            return new Header.Date(name, OffsetDateTime.parse(text(property, value)).withNano(0));
        } catch (DateTimeException none) {
            throw SetError.properties("No date", property);
        }
    }

    private static List<Party> parties(String property, JsonNode value) throws SetError {
        var parties = new ArrayList<Party>();
        for (var each : array(property, value)) parties.add(person(property, each));
        return parties;
    }

    private static Party.Person person(String property, JsonNode value) throws SetError {
        var address = value.get("email");
        if (address == null || !address.isString())
            throw SetError.properties("An address has an email", property);
        var name = value.get("name");
        String email = address.stringValue();
        int at = email.lastIndexOf('@');
        if (at < 1) throw SetError.properties("No address: " + email, property);
        String local = email.substring(0, at);
        if (local.length() > 1 && local.startsWith("\"") && local.endsWith("\""))
            local = local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1");
        return new Party.Person(
                name == null || !name.isString() ? "" : name.stringValue(),
                local,
                email.substring(at + 1));
    }

    private static List<Party> groups(String property, JsonNode value) throws SetError {
        var parties = new ArrayList<Party>();
        for (var each : array(property, value)) {
            var name = each.get("name");
            var addresses = each.get("addresses");
            var members = new ArrayList<Party.Person>();
            if (addresses != null)
                for (var member : array(property, addresses)) members.add(person(property, member));
            if (name == null || name.isNull()) parties.addAll(members);
            else parties.add(new Party.Group(text(property, name), members));
        }
        return parties;
    }

    private static JsonNode array(String property, JsonNode value) throws SetError {
        if (!value.isArray()) throw SetError.properties("A list", property);
        return value;
    }

    private static String text(String property, JsonNode value) throws SetError {
        if (!value.isString()) throw SetError.properties("A text", property);
        return value.stringValue();
    }

    private static List<String> texts(String property, JsonNode value) throws SetError {
        var all = new ArrayList<String>();
        for (var each : array(property, value)) all.add(text(property, each));
        return all;
    }

    // The body

    private Entity content() throws SetError {
        var structure = email.get("bodyStructure");
        if (structure != null && !structure.isNull()) {
            for (var other : List.of("textBody", "htmlBody", "attachments"))
                if (email.has(other) && !email.get(other).isNull())
                    throw SetError.properties("There is a bodyStructure", other);
            return entity(structure, "bodyStructure", 0);
        }
        var text = single("textBody", "text/plain");
        var html = single("htmlBody", "text/html");
        var inline = new ArrayList<Entity>();
        var attached = new ArrayList<Entity>();
        var attachments = email.get("attachments");
        if (attachments != null && !attachments.isNull())
            for (var each : array("attachments", attachments)) {
                boolean within =
                        html != null && each.hasNonNull("cid") && isInline(each.get("disposition"));
                (within ? inline : attached).add(entity(each, "attachments", 0));
            }
        var body = body(text, html, inline);
        if (attached.isEmpty()) return body;
        var all = new ArrayList<Entity>();
        if (text != null || html != null) all.add(body);
        all.addAll(attached);
        return composer.multipart("mixed", all);
    }

    private static boolean isInline(@Nullable JsonNode disposition) {
        return disposition != null
                && disposition.isString()
                && disposition.stringValue().equalsIgnoreCase("inline");
    }

    private Entity body(@Nullable Entity text, @Nullable Entity html, List<Entity> inline) {
        var rich = html;
        if (rich != null && !inline.isEmpty()) {
            var all = new ArrayList<Entity>();
            all.add(rich);
            all.addAll(inline);
            var type = new Parameter("type", "text/html"); // RFC 2387 §3.1
            rich = composer.multipart("related", List.of(type), all);
        }
        if (rich == null) return text == null ? Entity.text("plain", "") : text;
        // RFC 2046 §5.1.4: the plainest first
        return text == null ? rich : composer.multipart("alternative", List.of(text, rich));
    }

    // RFC 8621 §4.6: exactly one part, of this type
    private @Nullable Entity single(String property, String type) throws SetError {
        var list = email.get(property);
        if (list == null || list.isNull()) return null;
        if (!list.isArray() || list.size() != 1)
            throw SetError.properties("A list of one part", property);
        var given = list.get(0).get("type");
        if (given != null && !given.isNull() && !text(property, given).equalsIgnoreCase(type))
            throw SetError.properties("A part of type " + type, property);
        return entity(list.get(0), property, type);
    }

    private Entity entity(JsonNode part, String property, String type) throws SetError {
        if (!(part instanceof ObjectNode object)) throw SetError.properties("A part", property);
        return entity(object.deepCopy().put("type", type), property, 0);
    }

    /// As deep as the structure, which is bounded here.
    private Entity entity(JsonNode node, String property, int depth) throws SetError {
        if (!(node instanceof ObjectNode part)) throw SetError.properties("A part", property);
        if (depth > DEPTH || parts++ > PARTS) throw new SetError(Type.TOO_LARGE);
        for (var name : part.propertyNames())
            if (name.toLowerCase(Locale.ROOT).startsWith("header:content-transfer-encoding")
                    || name.equals("headers"))
                throw SetError.properties("The server decides it", property + "/" + name);
        var given = part.get("type");
        var subParts = part.get("subParts");
        boolean multiple = subParts != null && !subParts.isNull();
        String type =
                given != null && !given.isNull()
                        ? text(property, given)
                        : multiple ? "multipart/mixed" : "text/plain";
        var media =
                MediaType.parse(type)
                        .orElseThrow(() -> SetError.properties("No type", property + "/type"));
        if (media.type().equals("multipart") || multiple)
            return multipart(part, media, property, depth);
        return leaf(part, media, property);
    }

    private Entity multipart(ObjectNode part, MediaType media, String property, int depth)
            throws SetError {
        var subParts = part.get("subParts");
        if (!media.type().equals("multipart")
                || subParts == null
                || !subParts.isArray()
                || subParts.isEmpty()
                || part.hasNonNull("partId")
                || part.hasNonNull("blobId"))
            throw SetError.properties("A multipart has parts and nothing else", property);
        var children = new ArrayList<Entity>();
        for (var child : subParts) children.add(entity(child, property + "/subParts", depth + 1));
        return composer.multipart(media.subtype(), children);
    }

    private Entity leaf(ObjectNode part, MediaType media, String property) throws SetError {
        var labels =
                new Labels(
                        word(part, "disposition", property),
                        word(part, "name", property),
                        null,
                        word(part, "cid", property));
        boolean value = part.hasNonNull("partId");
        if (value == part.hasNonNull("blobId"))
            throw SetError.properties("Either partId or blobId", property);
        if (value) {
            if (!media.type().equals("text"))
                throw SetError.properties("A value is text", property + "/type");
            if (part.hasNonNull("charset"))
                throw SetError.properties("The server decides it", property + "/charset");
            var text =
                    Entity.text(
                            media.subtype(), value(text(property, part.get("partId")), property));
            return new Entity.Leaf(text.type(), labels, text.source());
        }
        String id = visit.id(text(property, part.get("blobId")));
        var found = BlobIds.find(visit, id);
        if (found.isEmpty()) {
            missing.add(id);
            return Entity.text("plain", "");
        }
        if (media.is("message", "rfc822")) return new Entity.Enclosed(labels, found.get().source());
        var parameters = new ArrayList<Parameter>();
        String charset = word(part, "charset", property);
        if (charset != null && media.type().equals("text"))
            parameters.add(new Parameter("charset", charset));
        return new Entity.Leaf(
                new MediaType(media.type(), media.subtype(), parameters),
                labels,
                found.get().source());
    }

    private static @Nullable String word(ObjectNode part, String name, String property)
            throws SetError {
        var value = part.get(name);
        return value == null || value.isNull() ? null : text(property + "/" + name, value);
    }

    private String value(String part, String property) throws SetError {
        var values = email.get("bodyValues");
        var value = values == null ? null : values.get(part);
        var text = value == null ? null : value.get("value");
        if (value == null || text == null || !text.isString())
            throw SetError.properties("No value for " + part, property, "bodyValues");
        for (var flag : List.of("isEncodingProblem", "isTruncated"))
            if (value.hasNonNull(flag) && value.get(flag).booleanValue())
                throw SetError.properties(flag, "bodyValues");
        return text.stringValue();
    }
}
