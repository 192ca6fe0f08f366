package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.store.EmailId;
import org.postroom.store.Refused;
import org.postroom.store.engine.Draft;
import org.postroom.wire.Fault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Blob/upload, /get and /lookup (RFC 9404 §4).
final class BlobMethods {

    static final int MOST_SOURCES = 100;

    /// Octets that Blob/get tells of one blob.
    private static final int MOST_TOLD = 4 << 20;

    /// The algorithms by their names in IANA's registry, and in the JDK.
    static final Map<String, String> DIGESTS =
            new LinkedHashMap<>(Map.of("sha", "SHA-1", "sha-256", "SHA-256", "sha-512", "SHA-512"));

    private static final Set<String> OTHERS =
            Set.of("data", "data:asText", "data:asBase64", "size", "id");

    private final Visit visit;

    BlobMethods(Visit visit) {
        this.visit = visit;
    }

    ObjectNode upload(Call.BlobUpload upload) throws Refused {
        var created = Json.object();
        var notCreated = Json.object();
        for (var each : upload.create().entrySet())
            try {
                var json = upload(each.getValue());
                created.set(each.getKey(), json);
                visit.created().put(each.getKey(), json.get("id").stringValue());
            } catch (SetError why) {
                notCreated.set(each.getKey(), why.json());
            }
        var response = visit.response();
        if (created.isEmpty()) response.putNull("created");
        else response.set("created", created);
        if (notCreated.isEmpty()) response.putNull("notCreated");
        else response.set("notCreated", notCreated);
        return response;
    }

    // RFC 9404 §4.1
    private ObjectNode upload(ObjectNode wanted) throws SetError, Refused {
        var data = wanted.get("data");
        if (data == null || !data.isArray() || data.size() > MOST_SOURCES)
            throw SetError.properties("A list of sources, not too many", "data");
        try (var draft = visit.house().store().blobs().draft()) {
            for (var source : data) append(draft, source);
            if (draft.size() > visit.limits().upload()) throw new SetError(Type.TOO_LARGE);
            var sealed = draft.seal();
            var id = visit.account().keep(sealed);
            var type = wanted.get("type");
            return Json.object()
                    .put("id", BlobIds.of(id))
                    .put("type", type == null || !type.isString() ? null : type.stringValue())
                    .put("size", sealed.size());
        } catch (Refused refused) {
            if (refused.reason() == Refused.Reason.OVER_QUOTA) throw new SetError(Type.OVER_QUOTA);
            throw refused;
        }
    }

    private void append(Draft draft, JsonNode source) throws SetError {
        var text = source.get("data:asText");
        var base64 = source.get("data:asBase64");
        var blob = source.get("blobId");
        if (text != null && text.isString())
            draft.write(text.stringValue().getBytes(StandardCharsets.UTF_8));
        else if (base64 != null && base64.isString())
            try {
                draft.write(Base64.getDecoder().decode(base64.stringValue()));
            } catch (IllegalArgumentException none) {
                throw SetError.properties("No base64", "data:asBase64");
            }
        else if (blob != null && blob.isString()) copy(draft, blob.stringValue(), source);
        else throw SetError.properties("A source has data", "data");
    }

    private void copy(Draft draft, String blob, JsonNode source) throws SetError {
        var found = BlobIds.find(visit, visit.id(blob));
        if (found.isEmpty())
            throw new SetError(Type.BLOB_NOT_FOUND).with("notFound", List.of(blob));
        long offset = number(source, "offset", 0);
        long length = number(source, "length", Long.MAX_VALUE);
        try (var in = found.get().source().open()) {
            in.skipNBytes(offset);
            byte[] buffer = new byte[64 << 10];
            long left = length;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (n < 0) break;
                if (draft.size() > visit.limits().upload()) throw new SetError(Type.TOO_LARGE);
                draft.write(buffer, 0, n);
                left -= n;
            }
            if (left > 0 && length != Long.MAX_VALUE)
                throw SetError.properties("The blob is shorter", "length");
        } catch (java.io.EOFException past) {
            throw SetError.properties("The blob is shorter", "offset");
        } catch (IOException e) {
            throw new Fault("reading a blob", e);
        }
    }

    private static long number(JsonNode source, String name, long otherwise) throws SetError {
        var value = source.get(name);
        if (value == null || value.isNull()) return otherwise;
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0)
            throw SetError.properties("A number", name);
        return value.longValue();
    }

    // RFC 9404 §4.2
    ObjectNode get(Call.BlobGet get) throws Refusal {
        var wanted = get.properties() == null ? List.of("data", "size") : get.properties();
        for (var property : wanted)
            if (!OTHERS.contains(property)
                    && !(property.startsWith("digest:")
                            && DIGESTS.containsKey(property.substring("digest:".length()))))
                throw Refusal.arguments("No property " + property);
        var list = Json.array();
        var notFound = new ArrayList<String>();
        for (var id : new LinkedHashSet<>(get.ids())) {
            var found = BlobIds.find(visit, visit.id(id));
            if (found.isEmpty()) notFound.add(id);
            else list.add(visit.share().<ObjectNode>run(_ -> json(id, found.get(), wanted, get)));
        }
        var response = visit.response();
        response.set("list", list);
        response.set("notFound", Json.array(notFound));
        return response;
    }

    private static ObjectNode json(
            String id, BlobIds.Found found, List<String> wanted, Call.BlobGet get) {
        var json = Json.object().put("id", id);
        var digests = new LinkedHashMap<String, MessageDigest>();
        for (var property : wanted)
            if (property.startsWith("digest:"))
                digests.put(property, digest(property.substring("digest:".length())));
        var kept = new ByteArrayOutputStream();
        long from = get.offset();
        long to = get.length() < 0 ? Long.MAX_VALUE : from + get.length();
        long size = 0;
        boolean data = wanted.stream().anyMatch(name -> name.startsWith("data"));
        boolean cut = false;
        try (var in = found.source().open()) {
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int first = Math.clamp(from - size, 0, n);
                int last = Math.clamp(to - size, first, n);
                for (var digest : digests.values()) digest.update(buffer, first, last - first);
                int room = MOST_TOLD - kept.size();
                if (data) kept.write(buffer, first, Math.min(room, last - first));
                cut |= data && last - first > room;
                size += n;
            }
        } catch (IOException e) {
            throw new Fault("reading a blob", e);
        }
        boolean truncated = cut || from > size || (to != Long.MAX_VALUE && to > size);
        if (wanted.contains("size")) json.put("size", size);
        digests.forEach((name, digest) ->
                json.put(name, Base64.getEncoder().encodeToString(digest.digest())));
        if (data) data(json, kept.toByteArray(), wanted);
        if (truncated) json.put("isTruncated", true);
        return json;
    }

    private static void data(ObjectNode json, byte[] octets, List<String> wanted) {
        var text = text(octets);
        boolean either = wanted.contains("data");
        if (either || wanted.contains("data:asText")) {
            if (text != null) json.put("data:asText", text);
            else {
                if (!either) json.putNull("data:asText");
                json.put("isEncodingProblem", true);
            }
        }
        if (wanted.contains("data:asBase64") || (either && text == null))
            json.put("data:asBase64", Base64.getEncoder().encodeToString(octets));
    }

    private static @Nullable String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(String.valueOf(DIGESTS.get(name)));
        } catch (NoSuchAlgorithmException e) {
            throw new Fault("hashing", e);
        }
    }

    // RFC 9404 §4.3
    ObjectNode lookup(Call.BlobLookup lookup) throws Refusal {
        for (var name : lookup.typeNames())
            if (!List.of("Email", "Thread", "Mailbox").contains(name))
                throw new Refusal(MethodError.UNKNOWN_DATA_TYPE, name);
        var list = Json.array();
        var notFound = new ArrayList<String>();
        for (var id : new LinkedHashSet<>(lookup.ids())) {
            if (BlobIds.find(visit, visit.id(id)).isEmpty()) {
                notFound.add(id);
                continue;
            }
            String whole = id.contains(".") ? id.substring(0, id.indexOf('.')) : id;
            var email =
                    whole.startsWith("R")
                            ? EmailId.parse(whole.substring(1))
                                    .map(it -> visit.account().placed(List.of(it)).getFirst())
                                    .orElse(null)
                            : null;
            var json = list.addObject().put("id", id);
            var matched = json.putObject("matchedIds");
            for (var name : lookup.typeNames()) {
                var ids = matched.putArray(name);
                if (email == null) continue;
                switch (name) {
                    case "Email" -> ids.add(email.message().id().text());
                    case "Thread" -> ids.add(email.thread().text());
                    default -> email.mailboxes().forEach(box -> ids.add(box.text()));
                }
            }
        }
        var response = visit.response();
        response.set("list", list);
        response.set("notFound", Json.array(notFound));
        return response;
    }
}
