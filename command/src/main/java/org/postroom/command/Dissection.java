package org.postroom.command;

import org.postroom.control.Exit;
import org.postroom.control.Json;
import org.postroom.mime.Decoding;
import org.postroom.mime.Oddity;
import org.postroom.mime.Outline;
import org.postroom.mime.Part;
import org.postroom.mime.Text;
import org.postroom.mime.Words;
import org.postroom.mime.render.Rendering;
import org.postroom.mime.render.Visible;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A message taken apart before one's eyes: `mime show`, `parts`, `get` and `check`. What strangers
/// wrote is shown, and never obeyed by the terminal.
final class Dissection {

    private static final int WIDTH = 78;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_VALUE = 200;
    private static final int MOST_SHOWN = 4 << 20;

    private final MessageFile message;
    private final PrintWriter out;
    private final PrintWriter err;

    Dissection(MessageFile message, PrintWriter out, PrintWriter err) {
        this.message = message;
        this.out = out;
        this.err = err;
    }

    /// The text as a person reads it.
    int text() throws IOException {
        out.print(Rendering.of(message.summary, message.source, WIDTH));
        out.flush();
        return Exit.OK;
    }

    /// The tree.
    int show() {
        var summary = message.summary;
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("part", "type", "encoding", "octets", "offset", "name"));
        var branches = new Branches(summary.root());
        for (var entry : Outline.of(summary.root()))
            rows.add(
                    List.of(
                            entry.section(),
                            branches.before(entry) + type(entry.part()),
                            encoding(entry.part()),
                            number(entry.part().body().length()),
                            number(entry.part().header().offset()),
                            name(entry.part())));
        out.println(
                Visible.line(message.name, LONGEST_VALUE)
                        + ": "
                        + count(summary.size(), "octet")
                        + ", "
                        + count(rows.size() - 1, "part"));
        out.println();
        Columns.print(out, rows);
        if (!summary.oddities().isEmpty()) {
            out.println();
            out.println("Not all is as it should be; `mime check` says what is odd.");
        }
        return Exit.OK;
    }

    /// One line a part, or JSON.
    int parts(boolean json) {
        var entries = Outline.of(message.summary.root());
        if (json) {
            out.println(Json.line(entries.stream().map(Dissection::described).toList()));
            return Exit.OK;
        }
        for (var entry : entries)
            out.printf(
                    "%s\t%s\t%d\t%s%n",
                    entry.section(),
                    type(entry.part()),
                    entry.part().body().length(),
                    name(entry.part()));
        return Exit.OK;
    }

    private static Map<String, Object> described(Outline.Entry entry) {
        var part = entry.part();
        var described = new LinkedHashMap<String, Object>();
        described.put("part", entry.section());
        described.put("depth", entry.depth());
        described.put("type", part.type().type() + "/" + part.type().subtype());
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : part.type().parameters())
            parameters.putIfAbsent(parameter.name(), parameter.value());
        described.put("parameters", parameters);
        described.put("encoding", encoding(part));
        part.fileName().ifPresent(name -> described.put("name", name));
        var disposition = part.disposition();
        if (disposition != null) described.put("disposition", disposition.type());
        if (part.id() != null) described.put("id", part.id());
        if (part.description() != null)
            described.put("description", Words.decode(part.description()));
        described.put("header", part.header());
        described.put("body", part.body());
        described.put("lines", part.lines());
        return described;
    }

    /// A part's octets, decoded, or raw as they are in the message.
    int get(String section, Optional<String> file, boolean raw) throws IOException, Misuse {
        var part = Outline.part(message.summary.root(), section);
        if (part.isEmpty()) {
            err.println("postroom: There is no part " + section + "; `mime parts` lists them.");
            return Exit.DATA;
        }
        boolean text = part.get().type().type().equals("text");
        if (file.isEmpty() && !text && Terminal.find().isPresent())
            throw new Misuse(
                    "Part "
                            + section
                            + " is "
                            + type(part.get())
                            + ": name a file by --out, or pipe it.");
        if (file.isEmpty() && Terminal.find().isPresent()) {
            out.print(readable(part.get(), raw));
            out.flush();
            return Exit.OK;
        }
        out.flush();
        try (var in = octets(part.get(), raw)) {
            if (file.isEmpty()) {
                in.transferTo(System.out);
                System.out.flush();
            } else
                try (var to = Files.newOutputStream(Path.of(file.get()))) {
                    in.transferTo(to);
                }
        }
        return Exit.OK;
    }

    /// As much of a text as anybody would read on a terminal.
    private String readable(Part part, boolean raw) throws IOException {
        try (var in = octets(part, raw)) {
            var charset = part.type().parameter("charset").orElse(null);
            return Visible.text(Text.of(in.readNBytes(MOST_SHOWN), charset));
        }
    }

    private InputStream octets(Part part, boolean raw) throws IOException {
        var body = new BufferedInputStream(message.source.slice(part.body()).open());
        return raw ? body : Decoding.of(body, part.encoding());
    }

    /// What is odd, in the order of the octets.
    int check(boolean json) throws IOException {
        var all = new LinkedHashSet<>(message.summary.oddities());
        for (var entry : Outline.of(message.summary.root()))
            if (entry.part().children().isEmpty()) damage(entry.part()).ifPresent(all::add);
        var odd = all.stream().sorted(Comparator.comparingLong(Oddity::offset)).toList();
        if (json) out.println(Json.line(odd.stream().map(Dissection::told).toList()));
        else if (odd.isEmpty()) out.println("Nothing is odd.");
        else {
            var rows = new ArrayList<List<String>>();
            for (var one : odd)
                rows.add(List.of(number(one.offset()), one.kind().text, one.kind().section));
            rows.addFirst(List.of("octet", "what", "see"));
            Columns.print(out, rows);
        }
        return odd.isEmpty() ? Exit.OK : Exit.DATA;
    }

    private static Map<String, Object> told(Oddity odd) {
        var told = new LinkedHashMap<String, Object>();
        told.put("offset", odd.offset());
        told.put("kind", odd.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        told.put("text", odd.kind().text);
        told.put("section", odd.kind().section);
        return told;
    }

    /// What is wrong with a part's transfer encoding.
    private Optional<Oddity> damage(Part part) throws IOException {
        try (var in = Decoding.of(message.source.slice(part.body()).open(), part.encoding())) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.oddity()
                    .map(odd -> new Oddity(odd.kind(), part.body().offset() + odd.offset()));
        }
    }

    private static String type(Part part) {
        String charset =
                part.type().type().equals("text")
                        ? part.type().parameter("charset").map(name -> "; " + name).orElse("")
                        : "";
        return Visible.line(
                part.type().type() + "/" + part.type().subtype() + charset, LONGEST_NAME);
    }

    private static String encoding(Part part) {
        return part.encoding() == null
                ? "7bit"
                : Visible.line(part.encoding().strip().toLowerCase(Locale.ROOT), 20);
    }

    private static String name(Part part) {
        return part.fileName()
                .or(() -> Optional.ofNullable(part.description()).map(Words::decode))
                .map(name -> Visible.line(name, LONGEST_NAME))
                .orElse("");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }
}
