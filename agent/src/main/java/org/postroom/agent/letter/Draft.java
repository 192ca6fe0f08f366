package org.postroom.agent.letter;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Hindrance;
import org.postroom.mime.MediaType;
import org.postroom.mime.Source;
import org.postroom.mime.compose.Attachment;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Entity;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Letter;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.Party;
import org.postroom.mime.compose.Party.Person;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A letter while it is being written: what a person sees and changes of it. Recipients are as she
/// typed them, nicknames and all, until it is made into a message.
public final class Draft {

    public String to = "";
    public String cc = "";
    public String bcc = "";
    public String subject = "";
    public String text = "";

    /// Whether it is signed and encrypted when it goes, and by S/MIME instead of OpenPGP. A draft that is
    /// kept is neither.
    public boolean signs;

    public boolean encrypts;
    public boolean smime;

    /// Files, by the lines that a person writes: path, and a description behind a semicolon.
    public final List<Enclosure> files = new ArrayList<>();

    /// Parts that came with another letter.
    public final List<Entity> parts = new ArrayList<>();

    private final List<Header> references = new ArrayList<>();

    /// A file to go along.
    ///
    /// @param type what it is, where the person says so
    /// @param description for whoever reads it, or empty
    public record Enclosure(Path path, Optional<MediaType> type, String description) {

        /// `PATH [TYPE/SUBTYPE] [; DESCRIPTION]`
        public static Enclosure parse(String line) throws Hindrance {
            int semicolon = line.indexOf(';');
            String description = semicolon < 0 ? "" : line.substring(semicolon + 1).strip();
            String name = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
            Optional<MediaType> type = Optional.empty();
            int blank = name.lastIndexOf(' ');
            if (!Files.exists(path(name)) && blank > 0) {
                type = MediaType.parse(name.substring(blank + 1));
                if (type.isPresent()) name = name.substring(0, blank).strip();
            }
            var path = path(name);
            if (!Files.isRegularFile(path) || !Files.isReadable(path))
                throw Hindrance.notSo(path + " is no file that can be read.");
            return new Enclosure(path, type, description);
        }

        private static Path path(String name) {
            return name.startsWith("~/")
                    ? Path.of(System.getProperty("user.home", "."), name.substring(2))
                    : Path.of(name);
        }

        private Entity entity() throws IOException {
            Source content = () -> Files.newInputStream(path);
            String name = path.getFileName().toString();
            var leaf =
                    type.isPresent()
                            ? Attachment.of(name, content, type.get())
                            : Attachment.of(name, content);
            return description.isEmpty()
                    ? leaf
                    : new Entity.Leaf(
                            leaf.type(), leaf.labels().described(description), leaf.source());
        }

        @Override
        public String toString() {
            return path
                    + type.map(it -> " " + it.type() + "/" + it.subtype()).orElse("")
                    + (description.isEmpty() ? "" : "; " + description);
        }
    }

    /// What a reply or a forward begins with.
    public static Draft begun(Letter letter, Account account, Composer composer) {
        var draft = new Draft();
        for (var field : letter.from(account.person()).compose(composer).header())
            switch (field) {
                case Header.Parties(var name, var parties) when name.equals("To") ->
                        draft.to = listed(parties);
                case Header.Parties(var name, var parties) when name.equals("Cc") ->
                        draft.cc = listed(parties);
                case Header.Unstructured(var name, var text) when name.equals("Subject") ->
                        draft.subject = text;
                case Header.Ids ids when !ids.name().equals("Message-ID") ->
                        draft.references.add(ids);
                default -> {}
            }
        return draft;
    }

    /// As a person types them.
    public static String listed(List<? extends Party> parties) {
        return Party.people(parties).stream().map(Draft::shown).collect(Collectors.joining(", "));
    }

    static String shown(Person person) {
        String name = person.name();
        if (name.isEmpty()) return person.address();
        boolean plain =
                name.chars().allMatch(c -> c > 127 || Character.isLetterOrDigit(c) || c == ' ');
        return (plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                + " <"
                + person.address()
                + ">";
    }

    public boolean isAnswer() {
        return !references.isEmpty();
    }

    /// A Message-ID that this answers.
    public void answers(String field, List<String> ids) {
        references.add(new Header.Ids(field, ids));
    }

    /// Whom it goes to, each once.
    public List<Person> recipients(Book book) throws Hindrance {
        return book.people(String.join(", ", List.of(to, cc, bcc)));
    }

    /// The message.
    ///
    /// @param complete whether it is to be sent: it then needs somebody to go to
    public Message message(Account account, Book book, Composer composer, boolean complete)
            throws Hindrance {
        var letter = letter(account, book);
        if (complete && recipients(book).isEmpty())
            throw Hindrance.usage("The letter has no recipient.");
        return letter.compose(composer);
    }

    /// The same for one of its recipients alone.
    public Message messageTo(Person one, Account account, Book book, Composer composer)
            throws Hindrance {
        var single = new Draft();
        single.to = shown(one);
        single.subject = subject;
        single.text = text;
        single.files.addAll(files);
        single.parts.addAll(parts);
        single.references.addAll(references);
        single.signs = signs;
        single.encrypts = encrypts;
        single.smime = smime;
        return single.message(account, book, composer, true);
    }

    private Letter letter(Account account, Book book) throws Hindrance {
        var letter = new Letter().from(account.person()).subject(subject);
        letter.to(book.people(to)).cc(book.people(cc));
        letter.bcc(book.people(bcc).toArray(Person[]::new));
        for (var field : references) letter.with(field);
        letter.text(text);
        try {
            for (var file : files) letter.attach(file.entity());
        } catch (IOException e) {
            throw Hindrance.system("Attaching", e);
        }
        parts.forEach(letter::attach);
        return letter;
    }

    // ---- as a person sees it in an editor

    /// Header, blank line, text.
    public String editable() {
        var page = new StringBuilder();
        page.append("To: ").append(to).append('\n');
        page.append("Cc: ").append(cc).append('\n');
        page.append("Bcc: ").append(bcc).append('\n');
        page.append("Subject: ").append(subject).append('\n');
        for (var file : files) page.append("Attach: ").append(file).append('\n');
        return page.append('\n').append(text).toString();
    }

    /// Takes over what came back from the editor.
    public void edited(String page) throws Hindrance {
        int end = page.startsWith("\n") ? 0 : page.indexOf("\n\n");
        String header = end < 0 ? page : page.substring(0, end);
        var enclosed = new ArrayList<Enclosure>();
        for (var line : header.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                if (line.isBlank()) continue;
                throw Hindrance.usage("This is no header line: " + line);
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT)) {
                case "to" -> to = value;
                case "cc" -> cc = value;
                case "bcc" -> bcc = value;
                case "subject" -> subject = value;
                case "attach" -> enclosed.add(Enclosure.parse(value));
                default -> throw Hindrance.usage("There is no field " + line.substring(0, colon));
            }
        }
        files.clear();
        files.addAll(enclosed);
        text = end < 0 ? "" : page.substring(Math.min(page.length(), end + (end == 0 ? 1 : 2)));
    }
}
