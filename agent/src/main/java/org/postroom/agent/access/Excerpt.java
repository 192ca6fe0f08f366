package org.postroom.agent.access;

import org.postroom.imap.Datum;
import org.postroom.imap.FetchItem;
import org.postroom.imap.Refusal;
import org.postroom.imap.Section;
import org.postroom.mime.Fields;
import org.postroom.mime.MediaType;
import org.postroom.wire.Departure;
import org.postroom.wire.Sink;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is fetched of a large letter to read it: headers and texts, not what is attached. Of it a letter
/// of the same structure is made, in which the other parts are empty.
// RFC 3501 §7.4.2: BODYSTRUCTURE tells what there is, §6.4.5: sections fetch some of it
final class Excerpt {

    /// Letters up to this are fetched whole.
    static final long WHOLE = 256 << 10;

    /// Octets that are fetched of one header or text.
    static final long MOST = 1 << 20;

    private static final int DEEPEST = 50;
    private static final int MOST_PARTS = 1000;

    /// Fetches a section.
    @FunctionalInterface
    interface Fetching {
        void fetch(Section section, Optional<FetchItem.Partial> window, Sink sink)
                throws Departure, Refusal;
    }

    private final Datum.Group root;
    private final Map<String, Long> absent = new HashMap<>();
    private int parts;

    private Excerpt(Datum.Group root) {
        this.root = root;
    }

    static Optional<Excerpt> of(Datum structure) {
        return structure instanceof Datum.Group root
                ? Optional.of(new Excerpt(root))
                : Optional.empty();
    }

    /// The octets of what was left out, by section, once it is written.
    Map<String, Long> absent() {
        return Map.copyOf(absent);
    }

    void write(Fetching fetching, Sink out) throws Departure, Refusal {
        message(List.of(), root, fetching, out, 0);
    }

    private void message(
            List<Integer> prefix, Datum.Group body, Fetching fetching, Sink out, int depth)
            throws Departure, Refusal {
        var header = section(new Section(prefix, Section.Whole.HEADER), fetching);
        out.write(header, 0, header.length);
        content(isMultipart(body) ? prefix : with(prefix, 1), body, header, fetching, out, depth);
    }

    private void content(
            List<Integer> section,
            Datum.Group body,
            byte[] header,
            Fetching fetching,
            Sink out,
            int depth)
            throws Departure, Refusal {
        if (depth > DEEPEST || ++parts > MOST_PARTS) return;
        if (isMultipart(body)) multipart(section, body, header, fetching, out, depth);
        else if (text(body, 0).equals("text")) {
            var window = new FetchItem.Partial(0, MOST);
            fetching.fetch(new Section(section, Section.Whole.ALL), Optional.of(window), out);
        } else if (text(body, 0).equals("message")
                && text(body, 1).equals("rfc822")
                && item(body, 8) instanceof Datum.Group inner)
            message(section, inner, fetching, out, depth + 1);
        else absent.put(name(section), size(body));
    }

    private void multipart(
            List<Integer> section,
            Datum.Group body,
            byte[] header,
            Fetching fetching,
            Sink out,
            int depth)
            throws Departure, Refusal {
        String boundary =
                Fields.of(header)
                        .first("Content-Type")
                        .flatMap(field -> MediaType.parse(field.value()))
                        .flatMap(type -> type.parameter("boundary"))
                        .orElse("");
        if (boundary.isEmpty()) return;
        int number = 1;
        for (var child : body.items()) {
            if (!(child instanceof Datum.Group inner) || !isBody(inner)) break;
            var place = with(section, number++);
            say(out, "\r\n--" + boundary + "\r\n");
            var mime = section(new Section(place, Section.Whole.MIME), fetching);
            out.write(mime, 0, mime.length);
            content(place, inner, mime, fetching, out, depth + 1);
        }
        say(out, "\r\n--" + boundary + "--\r\n");
    }

    private static byte[] section(Section section, Fetching fetching) throws Departure, Refusal {
        var octets = new ByteArrayOutputStream();
        fetching.fetch(section, Optional.empty(), octets::write);
        return octets.toByteArray();
    }

    private static void say(Sink out, String text) {
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(octets, 0, octets.length);
    }

    // RFC 3501 §9: body = "(" (body-type-1part / body-type-mpart) ")"
    private static boolean isMultipart(Datum.Group body) {
        return !body.items().isEmpty() && body.items().getFirst() instanceof Datum.Group;
    }

    private static boolean isBody(Datum.Group group) {
        return isMultipart(group)
                || (group.items().size() >= 7 && group.items().getFirst() instanceof Datum.Text);
    }

    private static Datum item(Datum.Group body, int index) {
        return index < body.items().size() ? body.items().get(index) : new Datum.Nil();
    }

    private static String text(Datum.Group body, int index) {
        return item(body, index) instanceof Datum.Text(var octets)
                ? octets.toLowerCase(Locale.ROOT)
                : "";
    }

    // RFC 3501 §9: body-fields = … body-fld-octets, the seventh
    private static long size(Datum.Group body) {
        return item(body, 6) instanceof Datum.Atom(var digits) && digits.matches("[0-9]{1,18}")
                ? Long.parseLong(digits)
                : 0;
    }

    private static List<Integer> with(List<Integer> section, int number) {
        var longer = new ArrayList<>(section);
        longer.add(number);
        return longer;
    }

    private static String name(List<Integer> section) {
        return String.join(".", section.stream().map(String::valueOf).toList());
    }
}
