package org.postroom.mime.render;

import org.postroom.mime.Address;
import org.postroom.mime.Decoding;
import org.postroom.mime.Fields;
import org.postroom.mime.Flowed;
import org.postroom.mime.MediaType;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.mime.Text;
import org.postroom.mime.Words;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A message as text.
///
/// Of alternatives the plain text is taken if it says anything, else the best that can be shown; of
/// what belongs together the root; a digest begins with a list of what is in it. What can't be shown
/// as text is named where it stands, by its section number, type, name and size.
public final class Rendering {

    /// Of one part, so many octets are read.
    static final int MOST_OCTETS = 4 << 20;

    /// Of all, so many characters are shown.
    static final int MOST_TEXT = 8 << 20;

    private static final List<String> SHOWN =
            List.of("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject");
    private static final int LONGEST_VALUE = 2000;
    private static final int LONGEST_NAME = 200;

    private final Source message;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private final Map<String, Long> absent;

    private Rendering(Source message, int width, Map<String, Long> absent) {
        this.message = message;
        this.width = width;
        this.absent = absent;
    }

    /// Header and text, for people: lines of at most `width` columns where the message leaves that
    /// open, with LF.
    ///
    /// @param width 0 to break no lines, for search
    public static String of(Summary summary, Source message, int width) throws IOException {
        return of(summary, message, width, Map.of());
    }

    /// The same of a message whose larger parts were left where they are: their bodies are empty here.
    ///
    /// @param absent how many octets such a part has, by its section number
    public static String of(Summary summary, Source message, int width, Map<String, Long> absent)
            throws IOException {
        var rendering = new Rendering(message, width, absent);
        rendering.message("", summary.root());
        return rendering.out.toString();
    }

    /// The text alone, as it is quoted in an answer.
    public static String text(Summary summary, Source message) throws IOException {
        var rendering = new Rendering(message, 0, Map.of());
        rendering.root("", summary.root());
        return rendering.out.toString();
    }

    private void message(String prefix, Part root) throws IOException {
        var fields = header(root);
        for (var name : SHOWN)
            for (var field : fields.all(name)) {
                String value = Visible.line(field.text(), LONGEST_VALUE);
                out.append(name).append(": ").append(value).append('\n');
            }
        out.append('\n');
        root(prefix, root);
    }

    private Fields header(Part part) throws IOException {
        try (var in = message.slice(part.header()).open()) {
            return Fields.of(in.readNBytes(Structure.MAX_HEADER));
        }
    }

    private void root(String prefix, Part root) throws IOException {
        part(root.isMultipart() ? prefix : join(prefix, 1), root);
    }

    private void part(String section, Part part) throws IOException {
        if (out.length() >= MOST_TEXT) return;
        if (part.isMultipart()) multipart(section, part);
        else if (part.isMessage()) within(section, part);
        else if (isShown(part)) leaf(section, part);
        else named(section, part);
    }

    private void multipart(String section, Part part) throws IOException {
        switch (part.type().subtype()) {
            case "alternative" -> {
                int best = best(part);
                part(join(section, best + 1), part.children().get(best));
            }
            case "related" -> related(section, part);
            case "digest" -> digest(section, part);
            case "signed" -> {
                // RFC 1847 §2.1: the second part is the signature
                part(join(section, 1), part.children().getFirst());
                remark("signed; nobody looked whether the signature is right");
            }
            case "encrypted" -> remark("encrypted");
            default -> inARow(part.children(), section.isEmpty() ? "" : section + ".");
        }
    }

    private void inARow(List<Part> parts, String prefix) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) gap();
            part(prefix + (i + 1), parts.get(i));
        }
    }

    /// Which of the alternatives is shown (RFC 2046 §5.1.4 has the richest last).
    private int best(Part part) throws IOException {
        var parts = part.children();
        for (int i = 0; i < parts.size(); i++)
            if (parts.get(i).type().is("text", "plain") && !decoded(parts.get(i)).isBlank())
                return i;
        for (int i = parts.size() - 1; i >= 0; i--) if (canShow(parts.get(i))) return i;
        return 0;
    }

    private static boolean canShow(Part part) {
        return part.isMultipart() || part.isMessage() || part.type().type().equals("text");
    }

    // RFC 2387 §3.2: the root is the one that "start" names, else the first
    private void related(String section, Part part) throws IOException {
        String start = part.type().parameter("start").orElse("");
        int root = 0;
        for (int i = 0; i < part.children().size(); i++)
            if (!start.isEmpty() && start.equals(part.children().get(i).id())) root = i;
        part(join(section, root + 1), part.children().get(root));
        for (int i = 0; i < part.children().size(); i++)
            if (i != root) named(join(section, i + 1), part.children().get(i));
    }

    // RFC 2046 §5.1.5
    private void digest(String section, Part part) throws IOException {
        remark("a digest of " + part.children().size());
        for (int i = 0; i < part.children().size(); i++) {
            var envelope = part.children().get(i).envelope();
            if (envelope == null) continue;
            String subject = envelope.subject() == null ? "" : readable(envelope.subject());
            String from = envelope.from().isEmpty() ? "" : author(envelope.from().getFirst());
            out.append("  ").append(i + 1).append(". ").append(subject);
            if (!from.isEmpty()) out.append(" (").append(from).append(')');
            out.append('\n');
        }
        gap();
        inARow(part.children(), section.isEmpty() ? "" : section + ".");
    }

    private static String author(Address address) {
        String name = address.displayName();
        return Visible.line(name.isEmpty() ? address.addrSpec() : name, LONGEST_NAME);
    }

    private static String readable(String value) {
        return Visible.line(Words.decode(value), LONGEST_VALUE);
    }

    private void within(String section, Part part) throws IOException {
        remark("message " + section);
        message(section, part.children().getFirst());
    }

    /// Whether a part is text, and wants to be read with the others.
    private static boolean isShown(Part part) {
        var disposition = part.disposition();
        if (disposition != null && disposition.type().equals("attachment")) return false;
        var type = part.type();
        return type.type().equals("text")
                || type.is("message", "delivery-status")
                || type.is("message", "disposition-notification")
                || type.is("message", "feedback-report");
    }

    private void leaf(String section, Part part) throws IOException {
        String text = decoded(part);
        if (part.type().is("text", "html")) text = HtmlText.of(text, width);
        else if (Flowed.isFlowed(part.type())) text = flowed(text, part.type());
        append(Visible.text(text));
        if (part.body().length() > MOST_OCTETS)
            remark("the rest of part " + section + " is not shown");
    }

    private String flowed(String text, MediaType type) {
        var lines = new StringBuilder();
        for (var paragraph : Flowed.paragraphs(text, type)) {
            String marks = ">".repeat(Math.min(paragraph.depth(), 20));
            String before = marks.isEmpty() ? "" : marks + " ";
            int room = width == 0 ? 0 : Math.max(20, width - before.length());
            Columns.wrap(
                    paragraph.text(),
                    room,
                    line ->
                            lines.append(line.isEmpty() ? marks : before)
                                    .append(line)
                                    .append('\n'));
        }
        return lines.toString();
    }

    private String decoded(Part part) throws IOException {
        try (var in = Decoding.of(message.slice(part.body()).open(), part.encoding())) {
            return Text.of(
                    in.readNBytes(MOST_OCTETS), part.type().parameter("charset").orElse(null));
        }
    }

    /// What can't be shown, or wants to be saved rather.
    private void named(String section, Part part) {
        var what = new ArrayList<String>();
        what.add("part " + section);
        part.fileName().ifPresent(name -> what.add('"' + Visible.line(name, LONGEST_NAME) + '"'));
        if (part.description() != null) what.add(readable(part.description()));
        what.add(part.type().type() + "/" + part.type().subtype());
        if (part.type().is("message", "external-body")) what.add(elsewhere(part.type()));
        else if (part.type().is("message", "partial"))
            what.add(
                    "piece "
                            + part.type().parameter("number").orElse("?")
                            + " of "
                            + part.type().parameter("total").orElse("?"));
        else what.add(size(part, absent.getOrDefault(section, part.body().length())));
        remark(String.join(", ", what));
    }

    // RFC 2046 §5.2.3
    private static String elsewhere(MediaType type) {
        var where = new StringBuilder("to be had by ");
        where.append(type.parameter("access-type").orElse("?"));
        for (var name : List.of("url", "name", "site", "directory", "server"))
            type.parameter(name).ifPresent(value -> where.append(' ').append(value));
        return Visible.line(where.toString(), LONGEST_VALUE);
    }

    /// About how large it is once it is decoded.
    private static String size(Part part, long encoded) {
        long octets = encoded;
        if ("base64".equalsIgnoreCase(part.encoding())) octets = octets * 57 / 78;
        if (octets < 1000) return octets + " octets";
        return octets < 1_000_000 ? octets / 1000 + " kB" : octets / 1_000_000 + " MB";
    }

    private void remark(String text) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') out.append('\n');
        out.append("[").append(Visible.line(text, LONGEST_VALUE)).append("]\n");
    }

    private void append(String text) {
        int room = Math.max(0, MOST_TEXT - out.length());
        out.append(text, 0, Math.min(room, text.length()));
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') out.append('\n');
    }

    /// One empty line between parts.
    private void gap() {
        int length = out.length();
        if (length > 1 && !(out.charAt(length - 1) == '\n' && out.charAt(length - 2) == '\n'))
            out.append('\n');
    }

    private static String join(String prefix, int number) {
        return prefix.isEmpty() ? Integer.toString(number) : prefix + "." + number;
    }
}
