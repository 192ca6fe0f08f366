package org.postroom.agent;

import org.postroom.agent.access.Fetched;
import org.postroom.agent.access.MailFile;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.mime.Outline;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Text;
import org.postroom.mime.Words;
import org.postroom.mime.compose.Partial;
import org.postroom.mime.render.Rendering;
import org.postroom.mime.render.Visible;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Letters read: shown, taken apart, saved, handed to other programs. What a letter says is shown, and
/// never obeyed by the terminal or a shell; nothing that is attached is ever run.
final class Reading {

    private static final int MOST_SHOWN = 4 << 20; // octets of one part
    private static final int LONGEST_NAME = 100;

    private final Session session;

    Reading(Session session) {
        this.session = session;
    }

    void read(Given given) throws Hindrance {
        if (given.words().isEmpty() && !given.has(Option.PART)) next();
        for (var row : Numbers.rows(given.words(), session))
            if (given.has(Option.RAW) && !given.has(Option.PART)) raw(row);
            else if (given.has(Option.PART)) part(row, given);
            else show(row);
    }

    /// Goes to the next letter: one that is new, else the one behind.
    void next() throws Hindrance {
        var access = session.access();
        int here = session.current();
        for (int number : access.search(new SearchKey.Not(new SearchKey.Has(Flag.SEEN))))
            if (number > here) {
                session.current(number);
                return;
            }
        var behind = access.rows(here + 1, access.last());
        if (behind.isEmpty()) throw Hindrance.notSo("There are no more letters.");
        session.current(behind.getFirst().number());
    }

    void show(Row row) throws Hindrance {
        session.current(row.number());
        session.desk.page(text(row, session.desk.width(), false));
        seen(row);
    }

    void seen(Row row) throws Hindrance {
        if (!row.has(Flag.SEEN) && !session.access().isReadOnly())
            session.access().mark(List.of(row), Flag.SEEN, true);
    }

    /// Header and text, painted, safe for a terminal.
    ///
    /// @param all of the header, not what people read of it alone
    String text(Row row, int width, boolean all) throws Hindrance {
        var fetched = session.read(row);
        var paint = session.desk.paint();
        var page = new StringBuilder(state(paint));
        String rendered = rendered(fetched, Math.min(width, 100));
        if (all) rendered = header(fetched) + rendered.substring(rendered.indexOf("\n\n") + 1);
        boolean header = true;
        for (var line : rendered.split("\n", -1)) {
            if (header && line.isEmpty()) header = false;
            int colon = line.indexOf(':');
            if (header && colon > 0)
                page.append(paint.label(line.substring(0, colon + 1)))
                        .append(paint.bold(line.substring(colon + 1)));
            else if (line.startsWith(">")) page.append(paint.quote(line));
            else if (line.startsWith("[") && line.endsWith("]")) page.append(paint.faint(line));
            else page.append(line);
            page.append('\n');
        }
        return page.toString();
    }

    /// What is known of who wrote the letter and who could read it: above all that the letter says.
    private String state(Paint paint) {
        var state = session.looked().state();
        var lines = new StringBuilder();
        for (var line : state.lines())
            lines.append(state.isWarning() ? paint.warning(line) : paint.bold(line)).append('\n');
        if (!state.lines().isEmpty()) lines.append('\n');
        return lines.toString();
    }

    private static String header(Fetched fetched) throws Hindrance {
        try (var in = fetched.source().slice(fetched.summary().root().header()).open()) {
            String header = Text.of(in.readNBytes(Structure.MAX_HEADER), null);
            return Visible.text(header.replace("\r\n", "\n").stripTrailing()) + "\n";
        } catch (IOException e) {
            throw Hindrance.system("Reading the letter", e);
        }
    }

    static String rendered(Fetched fetched, int width) throws Hindrance {
        try {
            return Rendering.of(fetched.summary(), fetched.source(), width, fetched.absent());
        } catch (IOException e) {
            throw Hindrance.system("Reading the letter", e);
        }
    }

    private void raw(Row row) throws Hindrance {
        try (var fetched = session.access().fetch(row)) {
            write(fetched.source());
        }
        seen(row);
    }

    /// To a person as text, to a program octet for octet.
    private void write(Source source) throws Hindrance {
        try (var in = source.open()) {
            if (session.desk.hasPerson())
                session.desk.page(Visible.text(Text.of(in.readNBytes(MOST_SHOWN), null)) + "\n");
            else {
                session.desk.out().flush();
                in.transferTo(System.out);
                System.out.flush();
            }
        } catch (IOException e) {
            throw Hindrance.system("Reading the letter", e);
        }
    }

    private void part(Row row, Given given) throws Hindrance {
        var piece = piece(row, given.value(Option.PART).orElse("1"));
        if (given.has(Option.RAW)) write(piece.encoded());
        else if (session.desk.hasPerson() && !piece.part().type().type().equals("text"))
            throw Hindrance.usage(
                    "Part "
                            + piece.section()
                            + " is "
                            + Visible.line(piece.type(), LONGEST_NAME)
                            + ": `save --part` or `view` it.");
        else if (session.desk.hasPerson()) page(piece);
        else write(piece::decoded);
        session.current(row.number());
        seen(row);
    }

    private void page(Piece piece) throws Hindrance {
        try (var in = piece.decoded()) {
            var charset = piece.part().type().parameter("charset").orElse(null);
            session.desk.page(Visible.text(Text.of(in.readNBytes(MOST_SHOWN), charset)) + "\n");
        } catch (IOException e) {
            throw Hindrance.system("Reading the part", e);
        }
    }

    Piece piece(Row row, String section) throws Hindrance {
        return Piece.of(session.access(), row, session.read(row), section);
    }

    void parts(Given given) throws Hindrance {
        var row = Numbers.row(given.words(), session);
        session.current(row.number());
        var fetched = session.read(row);
        for (var entry : Outline.of(fetched.summary().root()))
            session.desk.out().println(line(entry, fetched.absent()));
        session.desk.out().flush();
    }

    static String line(Outline.Entry entry, Map<String, Long> absent) {
        var part = entry.part();
        long octets = absent.getOrDefault(entry.section(), part.body().length());
        var line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%-8s", entry.section()))
                .append("  ".repeat(Math.min(entry.depth(), 10)))
                .append(part.type().type())
                .append('/')
                .append(part.type().subtype())
                .append("  ")
                .append(Sizes.shown(octets));
        part.fileName().ifPresent(name -> line.append("  \"").append(name).append('"'));
        String description = part.description();
        if (description != null) line.append("  ").append(Words.decode(description));
        return Visible.line(line.toString(), 300);
    }

    // ---- out of the mailbox

    void save(Given given) throws Hindrance {
        var words = given.words();
        var section = given.value(Option.PART);
        int count = Numbers.count(words);
        if (words.size() > count + 1)
            throw Hindrance.usage("Save into which file? Quote its name.");
        if (words.size() == count && section.isEmpty())
            throw Hindrance.usage("Save into which file?");
        var to = Path.of(words.size() == count ? "." : FileNames.expanded(words.getLast()));
        var rows = Numbers.rows(words.subList(0, count), session);
        for (var row : rows)
            if (section.isEmpty()) save(row, to);
            else if (section.get().equals("all")) saveAll(row, to);
            else told(piece(row, section.get()).save(to));
    }

    private void told(Path file) {
        session.desk.tell("Saved as " + file);
    }

    /// All that a reader would offer to save.
    private void saveAll(Row row, Path folder) throws Hindrance {
        if (!Files.isDirectory(folder)) throw Hindrance.notSo(folder + " is no folder.");
        for (var entry : Outline.of(session.read(row).summary().root())) {
            var part = entry.part();
            boolean text = part.type().type().equals("text") && part.fileName().isEmpty();
            if (part.children().isEmpty() && !text) told(piece(row, entry.section()).save(folder));
        }
    }

    private void save(Row row, Path to) throws Hindrance {
        try (var fetched = session.access().fetch(row)) {
            if (Files.isDirectory(to)) {
                String name = FileNames.safe(row.subject(), "letter") + ".eml";
                var file = to.resolve(row.number() + "-" + name);
                try (var out =
                        Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW)) {
                    fetched.source().writeTo(out);
                }
                told(file);
            } else {
                MailFile.append(to, row, fetched.source());
                session.desk.tell("Letter " + row.number() + " is in " + to);
            }
        } catch (IOException e) {
            throw Hindrance.system(to.toString(), e);
        }
        seen(row);
    }

    void pipe(Given given) throws Hindrance {
        var words = given.words();
        int count = Numbers.count(words);
        if (words.size() == count) throw Hindrance.usage("Give it to which command?");
        String command = String.join(" ", words.subList(count, words.size()));
        for (var row : Numbers.rows(words.subList(0, count), session))
            if (given.has(Option.PART))
                feed(command, piece(row, given.value(Option.PART).orElse("1"))::decoded);
            else if (given.has(Option.RAW))
                try (var fetched = session.access().fetch(row)) {
                    feed(command, fetched.source());
                }
            else feed(command, rendered(row));
    }

    void print(Given given) throws Hindrance {
        String command = System.getenv("PRINTCMD");
        for (var row : Numbers.rows(given.words(), session))
            feed(command == null || command.isBlank() ? "lpr" : command, rendered(row));
    }

    private Source rendered(Row row) throws Hindrance {
        String text = rendered(session.read(row), 78);
        return Source.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// To a command of the person's own.
    private void feed(String command, Source what) throws Hindrance {
        session.desk.out().flush();
        try {
            var process =
                    new ProcessBuilder("/bin/sh", "-c", command)
                            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (OutputStream to = process.getOutputStream()) {
                what.writeTo(to);
            } catch (IOException enough) {
                // it read no further: what it ends with says whether that was right
                session.desk.out().flush();
            }
            int code = process.waitFor();
            if (code != 0) throw new Hindrance(Kind.SYSTEM, command + " ended with " + code + ".");
        } catch (IOException e) {
            throw Hindrance.system(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        }
    }

    void view(Given given) throws Hindrance {
        var words = given.words();
        if (words.isEmpty()) throw Hindrance.usage("View which part? `parts` lists them.");
        var row = Numbers.row(words.subList(0, words.size() - 1), session);
        view(piece(row, words.getLast()));
    }

    /// Shows a part by the program that mailcap names. Once the program has ended, so has the file.
    private void view(Piece piece) throws Hindrance {
        if (piece.part().type().type().equals("text") && !piece.type().equals("text/html")) {
            page(piece);
            return;
        }
        try {
            var folder = Files.createTempDirectory("postroom-view");
            var file = folder.resolve(piece.name());
            try {
                piece.save(file);
                var command = Mailcap.command(piece.type(), file);
                if (command.isEmpty())
                    throw Hindrance.notSo(
                            "No mailcap names a program for "
                                    + Visible.line(piece.type(), LONGEST_NAME)
                                    + "; `save --part "
                                    + piece.section()
                                    + "` it.");
                if (session.desk.agrees("Run: " + Visible.line(command.get(), 300) + " ?"))
                    session.desk.run(List.of("/bin/sh", "-c", command.get()));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw Hindrance.system("Viewing", e);
        }
    }

    // ---- what lies in pieces, or elsewhere

    /// RFC 2046 §5.2.2: looks for the other pieces in this mailbox, and shows the whole.
    void join(Given given) throws Hindrance {
        var row = Numbers.row(given.words(), session);
        var type = session.read(row).summary().root().type();
        var id = type.parameter("id");
        if (!type.is("message", "partial") || id.isEmpty())
            throw Hindrance.notSo("Letter " + row.number() + " is no piece of another.");
        var assembly = new Partial.Assembly(id.get());
        var fetched = new ArrayList<Fetched>();
        try {
            for (int number : candidates(id.get())) {
                if (assembly.isWhole()) break;
                var piece = session.access().fetch(session.row(number));
                fetched.add(piece);
                assembly.add(piece.source());
            }
            if (!assembly.isWhole())
                throw new Hindrance(Kind.LATER, "Not all pieces are in this mailbox.");
            var whole = new ByteArrayOutputStream();
            assembly.writeTo(whole);
            var source = Source.of(whole.toByteArray());
            var summary = Structure.of(whole.toByteArray());
            session.desk.page(Rendering.of(summary, source, session.desk.width()));
            keep(source);
        } catch (IOException e) {
            throw Hindrance.system("Joining", e);
        } finally {
            fetched.forEach(Fetched::close);
        }
    }

    /// The whole letter goes to where its pieces lie, if the person wants it.
    private void keep(Source whole) throws Hindrance {
        if (session.account.access().scheme().isPop3()) return;
        String mailbox = session.access().mailbox();
        if (session.desk.agrees("Put the whole letter into " + mailbox + "?"))
            session.access().append(mailbox, List.of(Flag.SEEN), whole);
    }

    private List<Integer> candidates(String id) throws Hindrance {
        return session.access().search(new SearchKey.Header("Content-Type", id));
    }

    void fetch(Given given) throws Hindrance {
        var words = given.words();
        if (words.isEmpty()) throw Hindrance.usage("Fetch which part? `parts` lists them.");
        var row = Numbers.row(words.subList(0, words.size() - 1), session);
        var piece = piece(row, words.getLast());
        var elsewhere = Elsewhere.of(piece.part().type());
        if (elsewhere.isEmpty())
            throw Hindrance.notSo("Part " + piece.section() + " does not lie elsewhere.");
        Optional<String> why = elsewhere.get().refusal();
        if (why.isPresent()) throw Hindrance.notSo(why.get());
        if (!session.desk.agrees("Fetch it from " + elsewhere.get().shown() + " ?"))
            throw new Hindrance(Kind.NOT_ALLOWED, "Nobody agreed to that; it is not fetched.");
        told(elsewhere.get().save(Path.of("."), row.number() + "-" + piece.section()));
    }
}
