package org.postroom.jmap;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.Optional;

/// JSON as JMAP wants it: I-JSON (RFC 7493), so no member twice, and bounded in depth and in the length
/// of its numbers and names.
public final class Json {

    private static final int DEPTH = 64;
    private static final int DIGITS = 100;
    private static final int NAME = 10_000;

    /// What an Int may be (RFC 8620 §1.3).
    public static final long SAFE = (1L << 53) - 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH)
                                                    .maxNumberLength(DIGITS)
                                                    .maxNameLength(NAME)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// Nothing when these octets are no JSON.
    public static Optional<JsonNode> read(byte[] octets) {
        try {
            return Optional.ofNullable(MAPPER.readTree(octets)).filter(it -> !it.isMissingNode());
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    /// In UTF-8. Lone surrogates, which no UTF-8 has, become question marks.
    public static byte[] octets(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode array(Collection<String> texts) {
        var array = array();
        texts.forEach(array::add);
        return array;
    }
}
