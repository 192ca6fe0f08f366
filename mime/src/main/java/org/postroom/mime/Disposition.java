package org.postroom.mime;

import java.util.List;
import java.util.Optional;

/// How a part wants to be shown (RFC 2183): `inline`, `attachment` or another word in lower case,
/// and its parameters, `filename` above all.
public record Disposition(String type, List<Parameter> parameters) {

    public Disposition {
        parameters = List.copyOf(parameters);
    }

    // RFC 2183 §2: disposition := "Content-Disposition" ":" disposition-type
    //                             *(";" disposition-parm)
    public static Optional<Disposition> parse(String value) {
        return parse(new ValueScanner(value));
    }

    static Optional<Disposition> parse(ValueScanner in) {
        String type = in.word();
        if (in.accept('=')) { // Tolerance.BAD_DISPOSITION
            type = "";
            in.again();
        }
        var parameters = in.parameters();
        if (!type.isEmpty()) return Optional.of(new Disposition(Ascii.lower(type), parameters));
        return parameters.isEmpty()
                ? Optional.empty()
                : Optional.of(new Disposition("attachment", parameters)); // RFC 2183 §2.8
    }

    /// A parameter made readable, put together from its pieces (RFC 2231 §3, §4); its name in lower
    /// case.
    public Optional<String> text(String name) {
        return Parameter.text(parameters, name);
    }

    /// The value of the first parameter of this name (in lower case), as it came.
    public Optional<String> parameter(String name) {
        return MediaType.first(parameters, name);
    }
}
