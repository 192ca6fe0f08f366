package org.postroom.server.http;

import org.postroom.http.MediaTypes;
import org.postroom.http.Status;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request is answered by: a status, fields, and a body.
///
/// @param fields by name; one of each
public record Answer(Status status, Map<String, String> fields, Body body) {

    public Answer {
        fields = Map.copyOf(fields);
    }

    /// What comes behind the fields.
    public sealed interface Body {

        /// Nothing.
        record None() implements Body {}

        /// What is at hand.
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Octets(String type, byte[] octets) implements Body {}

        /// What is made or fetched while it is sent.
        ///
        /// @param length in octets, or -1 where it shows at the end only
        record Flow(String type, long length, Writer writer) implements Body {}
    }

    /// Writes a body.
    @FunctionalInterface
    public interface Writer {
        /// @throws IOException the peer is gone
        void write(OutputStream out) throws IOException;
    }

    public static Answer of(Status status) {
        return new Answer(status, Map.of(), new Body.None());
    }

    public static Answer of(Status status, Body body) {
        return new Answer(status, Map.of(), body);
    }

    public static Answer text(Status status, String text) {
        return of(status, new Body.Octets(MediaTypes.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /// A page of ours.
    public static Answer page(Status status, String html) {
        return of(status, new Body.Octets(MediaTypes.HTML, html.getBytes(StandardCharsets.UTF_8)));
    }

    /// The client goes there by GET.
    ///
    /// @param path below this host, encoded
    public static Answer see(String path) {
        return of(Status.SEE_OTHER).with("Location", path);
    }

    /// With a field more, or another value of one.
    public Answer with(String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
