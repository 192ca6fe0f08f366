package org.postroom.control;

import org.postroom.wire.Secret;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import java.util.Optional;

/// Orders and answers as lines of JSON.
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(20)
                                                    .build())
                                    .build())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Secret.class, new SecretOut())
                                    .addDeserializer(Secret.class, new SecretIn()))
                    .build();

    private Json() {}

    /// One line, without its end.
    public static String print(Answer answer) {
        return MAPPER.writerFor(Answer.class).writeValueAsString(answer);
    }

    /// Any records, lists, maps, strings and numbers, in ASCII: what strangers wrote may be in it, and
    /// a terminal at the other end.
    public static String line(Object value) {
        return MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
    }

    static String print(Order order) {
        return MAPPER.writerFor(Order.class).writeValueAsString(order);
    }

    /// Nothing, when it is no order.
    static Optional<Order> order(String line) {
        return read(line, Order.class);
    }

    static Optional<Answer> answer(String line) {
        return read(line, Answer.class);
    }

    private static <T> Optional<T> read(String line, Class<T> kind) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, kind));
        } catch (JacksonException strange) {
            return Optional.empty(); // its text may quote a secret
        }
    }

    private static final class SecretOut extends StdSerializer<Secret> {
        SecretOut() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator out, SerializationContext context) {
            out.writeString(secret.reveal());
        }
    }

    private static final class SecretIn extends StdDeserializer<Secret> {
        SecretIn() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser in, DeserializationContext context) {
            return new Secret(in.getString());
        }
    }
}
