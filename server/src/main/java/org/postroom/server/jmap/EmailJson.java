package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Bodies;
import org.postroom.jmap.Json;
import org.postroom.jmap.Refusal;
import org.postroom.mime.Address;
import org.postroom.mime.Dates;
import org.postroom.mime.Fields;
import org.postroom.mime.Part;
import org.postroom.mime.Words;
import org.postroom.server.jmap.BlobIds.Legible;
import org.postroom.server.jmap.MessageParts.Numbered;
import org.postroom.wire.Fault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What an Email object says of a message (RFC 8621 §4.1.2 to §4.1.4): those properties that a client
/// wants, each told without reading the message where the summary knows it.
final class EmailJson {

    static final List<String> METADATA =
            List.of("id", "blobId", "threadId", "mailboxIds", "keywords", "size", "receivedAt");

    private static final Set<String> OF_HEADER =
            Set.of(
                    "messageId",
                    "inReplyTo",
                    "references",
                    "sender",
                    "from",
                    "to",
                    "cc",
                    "bcc",
                    "replyTo",
                    "subject",
                    "sentAt",
                    "headers");

    private static final Set<String> OF_BODY =
            Set.of(
                    "bodyStructure",
                    "bodyValues",
                    "textBody",
                    "htmlBody",
                    "attachments",
                    "hasAttachment",
                    "preview");

    private static final Set<String> OF_PART =
            Set.of(
                    "partId",
                    "blobId",
                    "size",
                    "headers",
                    "name",
                    "type",
                    "charset",
                    "disposition",
                    "cid",
                    "language",
                    "location",
                    "subParts");

    // RFC 8621 §4.2
    private static final List<String> DEFAULT =
            List.of(
                    "id",
                    "blobId",
                    "threadId",
                    "mailboxIds",
                    "keywords",
                    "size",
                    "receivedAt",
                    "messageId",
                    "inReplyTo",
                    "references",
                    "sender",
                    "from",
                    "to",
                    "cc",
                    "bcc",
                    "replyTo",
                    "subject",
                    "sentAt",
                    "hasAttachment",
                    "preview",
                    "bodyValues",
                    "textBody",
                    "htmlBody",
                    "attachments");

    private static final List<String> DEFAULT_OF_PART =
            List.of(
                    "partId",
                    "blobId",
                    "size",
                    "name",
                    "type",
                    "charset",
                    "disposition",
                    "cid",
                    "language",
                    "location");

    /// How much of a header section is read for its fields, in octets.
    private static final int MOST_HEADER = 1 << 20;

    private final Set<String> properties = new LinkedHashSet<>();
    private final List<HeaderForm> forms = new ArrayList<>();
    private final Set<String> ofParts = new LinkedHashSet<>();
    private final List<HeaderForm> formsOfParts = new ArrayList<>();
    private final Bodies bodies;

    /// @throws Refusal invalidArguments
    EmailJson(@Nullable List<String> wanted, Bodies bodies, List<String> metadata) throws Refusal {
        this.bodies = bodies;
        for (var property : wanted == null ? DEFAULT : wanted)
            if (HeaderForm.isOne(property)) forms.add(HeaderForm.parse(property));
            else if (metadata.contains(property)
                    || OF_HEADER.contains(property)
                    || OF_BODY.contains(property)) properties.add(property);
            else if (wanted != null) throw Refusal.arguments("No property " + property);
        var parts = bodies.properties();
        for (var property : parts == null ? DEFAULT_OF_PART : parts)
            if (HeaderForm.isOne(property)) formsOfParts.add(HeaderForm.parse(property));
            else if (OF_PART.contains(property)) ofParts.add(property);
            else throw Refusal.arguments("No property " + property + " of a part");
    }

    boolean wants(String property) {
        return properties.contains(property);
    }

    /// Whether the message itself has to be read.
    boolean isReading() {
        return !forms.isEmpty()
                || wants("headers")
                || wants("sender")
                || wants("replyTo")
                || wants("bodyStructure")
                || wants("bodyValues")
                || wants("textBody")
                || wants("htmlBody")
                || wants("attachments");
    }

    /// Writes all but the metadata.
    void write(Legible message, ObjectNode into) {
        new Writing(message, into).write();
    }

    /// One message being told of.
    private final class Writing {

        private final Legible message;
        private final ObjectNode into;
        private @Nullable Fields fields;
        private @Nullable List<Numbered> parts;

        Writing(Legible message, ObjectNode into) {
            this.message = message;
            this.into = into;
        }

        void write() {
            header();
            for (var form : forms) into.set(form.property(), form.of(fields()));
            var summary = message.summary();
            if (wants("hasAttachment")) into.put("hasAttachment", summary.hasAttachment());
            if (wants("preview")) into.put("preview", summary.preview());
            if (wants("bodyStructure")) into.set("bodyStructure", structure(parts().getFirst()));
            boolean listed =
                    wants("textBody")
                            || wants("htmlBody")
                            || wants("attachments")
                            || wants("bodyValues");
            if (!listed) return;
            var lists = MessageParts.lists(summary);
            if (wants("bodyValues")) into.set("bodyValues", values(lists));
            if (wants("textBody")) into.set("textBody", list(lists.text()));
            if (wants("htmlBody")) into.set("htmlBody", list(lists.html()));
            if (wants("attachments")) into.set("attachments", list(lists.attachments()));
        }

        private Fields fields() {
            var known = fields;
            if (known == null) fields = known = fields(message.summary().root());
            return known;
        }

        private Fields fields(Part part) {
            var header = part.header();
            var source =
                    message.source().slice(header.offset(), Math.min(header.length(), MOST_HEADER));
            try (var in = source.open()) {
                return Fields.of(in.readAllBytes());
            } catch (IOException e) {
                throw new Fault("reading a header", e);
            }
        }

        private List<Numbered> parts() {
            var known = parts;
            if (known == null) parts = known = MessageParts.of(message.summary());
            return known;
        }

        /// RFC 8621 §4.1.3: convenience properties, each a form of a field.
        private void header() {
            var envelope = message.summary().envelope();
            var ids = message.summary().identification();
            if (wants("messageId")) {
                String id = ids.messageId();
                into.set("messageId", HeaderForm.ids(id == null ? List.of() : List.of(id)));
            }
            if (wants("inReplyTo")) into.set("inReplyTo", HeaderForm.ids(ids.inReplyTo()));
            if (wants("references")) into.set("references", HeaderForm.ids(ids.references()));
            addresses("from", "From", envelope.from());
            addresses("to", "To", envelope.to());
            addresses("cc", "Cc", envelope.cc());
            addresses("bcc", "Bcc", envelope.bcc());
            // the envelope says who it is from where these are absent
            if (wants("sender")) into.set("sender", addresses("Sender"));
            if (wants("replyTo")) into.set("replyTo", addresses("Reply-To"));
            if (wants("subject")) {
                String subject = envelope.subject();
                into.put(
                        "subject", subject == null ? null : HeaderForm.text(Words.decode(subject)));
            }
            if (wants("sentAt")) {
                String date = envelope.date();
                into.put(
                        "sentAt",
                        date == null ? null : Dates.parse(date).map(HeaderForm::date).orElse(null));
            }
            if (wants("headers")) into.set("headers", headers(fields()));
        }

        private void addresses(String property, String field, List<Address> known) {
            if (!wants(property)) return;
            long count =
                    message.summary().fields().stream()
                            .filter(place -> place.name().equalsIgnoreCase(field))
                            .count();
            if (count == 0) into.putNull(property);
            else into.set(property, count == 1 ? HeaderForm.addresses(known) : addresses(field));
        }

        private JsonNode addresses(String field) {
            return new HeaderForm("", field, HeaderForm.Kind.ADDRESSES, false).of(fields());
        }

        private static ArrayNode headers(Fields fields) {
            var array = Json.array();
            for (var field : fields)
                array.addObject()
                        .put("name", HeaderForm.octets(field.name()))
                        .put("value", HeaderForm.raw(field));
            return array;
        }

        private ArrayNode list(List<Numbered> some) {
            var array = Json.array();
            for (var part : some) array.add(json(part));
            return array;
        }

        /// As deep as the structure, which is bounded.
        private ObjectNode structure(Numbered part) {
            var json = json(part);
            if (part.isMultipart()) {
                var subParts = json.putArray("subParts");
                for (var child : MessageParts.within(part, parts())) subParts.add(structure(child));
            }
            return json;
        }

        // RFC 8621 §4.1.4
        private ObjectNode json(Numbered numbered) {
            var part = numbered.part();
            boolean leaf = !part.isMultipart();
            var json = Json.object();
            for (var property : ofParts)
                switch (property) {
                    case "partId" ->
                            json.put(property, leaf ? String.valueOf(numbered.number()) : null);
                    case "blobId" ->
                            json.put(
                                    property,
                                    leaf ? message.blob() + "." + numbered.number() : null);
                    case "size" -> json.put(property, leaf ? size(numbered) : 0);
                    case "headers" -> json.set(property, headers(fields(part)));
                    case "name" -> json.put(property, part.fileName().orElse(null));
                    case "type" -> json.put(property, numbered.type());
                    case "charset" -> json.put(property, charset(part));
                    case "disposition" -> {
                        var disposition = part.disposition();
                        json.put(property, disposition == null ? null : disposition.type());
                    }
                    case "cid" -> json.put(property, cid(part));
                    case "language" -> {
                        if (part.languages().isEmpty()) json.putNull(property);
                        else json.set(property, Json.array(part.languages()));
                    }
                    case "location" -> {
                        String location = part.location();
                        json.put(property, location == null ? null : HeaderForm.octets(location));
                    }
                    default -> {} // subParts stand in the structure alone
                }
            for (var form : formsOfParts) json.set(form.property(), form.of(fields(part)));
            return json;
        }

        /// Known without reading where nothing is encoded.
        private long size(Numbered numbered) {
            var part = numbered.part();
            switch (part.transferEncoding()) {
                case IDENTITY, UNKNOWN -> {
                    return part.body().length();
                }
                case BASE64, QUOTED_PRINTABLE, UUENCODE -> {}
            }
            return new BlobIds.Found("", () -> BlobIds.decoded(message.source(), part), "").size();
        }

        private static @Nullable String charset(Part part) {
            if (!part.type().type().equals("text")) return null;
            return part.type().parameter("charset").orElse("us-ascii");
        }

        private static @Nullable String cid(Part part) {
            String id = part.id();
            if (id == null) return null;
            String text = HeaderForm.octets(id).strip();
            return text.startsWith("<") && text.endsWith(">") && text.length() > 2
                    ? text.substring(1, text.length() - 1)
                    : text;
        }

        private ObjectNode values(MessageParts.Lists lists) {
            var wanted = new LinkedHashSet<Numbered>();
            if (bodies.all()) wanted.addAll(parts());
            if (bodies.text()) wanted.addAll(lists.text());
            if (bodies.html()) wanted.addAll(lists.html());
            var values = Json.object();
            for (var each : wanted)
                if (each.part().type().type().equals("text"))
                    values.set(
                            String.valueOf(each.number()),
                            BodyText.of(message.source(), each.part(), bodies.most()).json());
            return values;
        }
    }
}
