package org.postroom.mime;

import java.util.List;
import java.util.Optional;

/// A media type: type and subtype in lower case, and the parameters in their order.
public record MediaType(String type, String subtype, List<Parameter> parameters) {

    /// What a part is that says nothing, or nothing that can be read.
    public static final MediaType DEFAULT = // RFC 2045 §5.2
            new MediaType("text", "plain", List.of(new Parameter("charset", "us-ascii")));

    /// What a part is whose inside we do not look into.
    public static final MediaType OPAQUE = // RFC 2049 §2
            new MediaType("application", "octet-stream", List.of());

    static final MediaType MESSAGE = new MediaType("message", "rfc822", List.of());

    public MediaType {
        parameters = List.copyOf(parameters);
    }

    /// Reads a Content-Type's value, or nothing if there is no `type "/" subtype` at its start.
    // RFC 2045 §5.1: content := "Content-Type" ":" type "/" subtype *(";" parameter)
    public static Optional<MediaType> parse(String value) {
        return parse(new ValueScanner(value));
    }

    static Optional<MediaType> parse(ValueScanner in) {
        String type = in.token();
        if (type.isEmpty() || !in.accept('/')) return Optional.empty();
        String subtype = in.token();
        if (subtype.isEmpty()) return Optional.empty();
        return Optional.of(new MediaType(Ascii.lower(type), Ascii.lower(subtype), in.parameters()));
    }

    public boolean is(String type, String subtype) {
        return this.type.equals(type) && this.subtype.equals(subtype);
    }

    /// Whether it is a message within a message: message/rfc822 or message/global (RFC 6532 §3.7).
    boolean isMessage() {
        return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
    }

    /// A parameter made readable, put together from its pieces (RFC 2231 §3, §4); its name in lower
    /// case.
    public Optional<String> text(String name) {
        return Parameter.text(parameters, name);
    }

    /// The value of the first parameter of this name (in lower case), as it came.
    public Optional<String> parameter(String name) {
        return first(parameters, name);
    }

    static Optional<String> first(List<Parameter> parameters, String name) {
        for (var parameter : parameters)
            if (parameter.name().equals(name)) return Optional.of(parameter.value());
        return Optional.empty();
    }
}
