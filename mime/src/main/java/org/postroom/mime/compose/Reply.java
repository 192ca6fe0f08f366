package org.postroom.mime.compose;

import org.postroom.mime.Addresses;
import org.postroom.mime.Dates;
import org.postroom.mime.Fields;
import org.postroom.mime.MessageIds;
import org.postroom.mime.Words;
import org.postroom.mime.compose.Party.Person;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An answer begun: whom it goes to, what about, what it refers to. The original was written by a
/// stranger; of its fields only what can be written is taken over.
public final class Reply {

    /// RFC 5322 §3.6.4 lets References grow with every answer; the first id, which is the thread's,
    /// and the last ones are what readers go by.
    static final int MOST_REFERENCES = 20;

    /// Longer ids would not fit on a line.
    private static final int LONGEST_ID = 900;

    /// Nobody writes to more by answering.
    private static final int MOST_PEOPLE = 1000;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm xx", Locale.ENGLISH);

    private final Fields original;
    private final Set<String> own = new HashSet<>();

    /// @param original the header of the message that is answered
    /// @param oneself the addresses of who answers: nobody writes to himself by "reply to all"
    public Reply(Fields original, List<Person> oneself) {
        this.original = original;
        for (var person : oneself) own.add(person.key());
    }

    /// To who wrote it: Reply-To, else From. Who answers his own letter writes to its recipients.
    public Letter toSender() {
        var sender = sender();
        return begun().to(isOwn(sender) ? named("To") : sender);
    }

    /// To all: Mail-Followup-To where there is one; else the sender, and its recipients in copy.
    public Letter toAll() {
        var followup = named("Mail-Followup-To");
        if (!followup.isEmpty()) return begun().to(followup);
        var seen = new HashSet<>(own);
        var sender = sender();
        var to = isOwn(sender) ? fresh(named("To"), seen) : fresh(sender, seen);
        var others = new ArrayList<Person>();
        others.addAll(named("To"));
        others.addAll(named("Cc"));
        var cc = fresh(others, seen);
        var letter = begun();
        return to.isEmpty() ? letter.to(cc) : letter.to(to).cc(cc);
    }

    /// To the list that it came by (List-Post, RFC 2369 §3.4), or to all if it came by none.
    public Letter toList() {
        for (var field : original.all("List-Post")) {
            int from = field.value().indexOf("<mailto:");
            int to = field.value().indexOf('>', Math.max(from, 0));
            if (from < 0 || to < 0) continue;
            String link = field.value().substring(from + "<mailto:".length(), to);
            int query = link.indexOf('?');
            var list = people(query < 0 ? link : link.substring(0, query));
            if (!list.isEmpty()) return begun().to(list);
        }
        return toAll();
    }

    /// What was written, with marks before it and who wrote it above (RFC 3676 §4.5).
    public String quoting(String text) {
        var quoted = new StringBuilder(attribution()).append("\n");
        text.lines()
                .forEach(line ->
                        quoted.append(line.isEmpty() || line.startsWith(">") ? ">" : "> ")
                                .append(line)
                                .append('\n'));
        return quoted.toString();
    }

    private String attribution() {
        var author = named("From");
        String who =
                author.isEmpty()
                        ? "somebody"
                        : author.getFirst().name().isEmpty()
                                ? author.getFirst().address()
                                : author.getFirst().name();
        var date = original.first("Date").flatMap(field -> Dates.parse(field.value()));
        return date.map(at -> "On " + DAY.format(at) + ", " + who + " wrote:")
                .orElse(who + " wrote:");
    }

    private Letter begun() {
        return new Letter().subject(subject("Re: ")).answers(inReplyTo(), references());
    }

    // RFC 5322 §3.6.5: "Re: " once
    private String subject(String prefix) {
        String subject = subjectOf(original);
        return subject.regionMatches(true, 0, "Re:", 0, 3) ? subject : prefix + subject;
    }

    static String subjectOf(Fields original) {
        return original.first("Subject")
                .map(field -> Clean.line(Words.decode(field.value())))
                .orElse("");
    }

    private List<Person> sender() {
        var replyTo = named("Reply-To");
        return replyTo.isEmpty() ? named("From") : replyTo;
    }

    private boolean isOwn(List<Person> people) {
        return !people.isEmpty() && people.stream().allMatch(person -> own.contains(person.key()));
    }

    /// Those who have not been met yet.
    private static List<Person> fresh(List<Person> people, Set<String> seen) {
        var fresh = new ArrayList<Person>();
        for (var person : people)
            if (fresh.size() < MOST_PEOPLE && seen.add(person.key())) fresh.add(person);
        return fresh;
    }

    private List<Person> named(String name) {
        var people = new ArrayList<Person>();
        for (var field : original.all(name))
            if (people.size() < MOST_PEOPLE) people.addAll(people(field.value()));
        return people;
    }

    private static List<Person> people(String value) {
        return Party.people(Party.of(Addresses.parse(value)));
    }

    // RFC 5322 §3.6.4: the parent's Message-ID, if it has one
    private List<String> inReplyTo() {
        return ids("Message-ID").stream().limit(1).toList();
    }

    // RFC 5322 §3.6.4: the parent's References, or its In-Reply-To if that is one id, and its
    // Message-ID
    private List<String> references() {
        var parent = inReplyTo();
        if (parent.isEmpty()) return List.of();
        var references = ids("References");
        var inReplyTo = ids("In-Reply-To");
        if (references.isEmpty() && inReplyTo.size() == 1) references = inReplyTo;
        var all = new ArrayList<>(references);
        all.removeAll(parent);
        all.addAll(parent);
        if (all.size() <= MOST_REFERENCES) return all;
        var kept = new ArrayList<>(all.subList(all.size() - MOST_REFERENCES + 1, all.size()));
        kept.addFirst(all.getFirst());
        return kept;
    }

    /// The ids in a field that can be written again, each once.
    private List<String> ids(String name) {
        var field = original.first(name);
        if (field.isEmpty()) return List.of();
        return MessageIds.parse(field.get().value()).stream()
                .filter(id -> id.length() <= LONGEST_ID && Clean.isWord(id) && Clean.isAscii(id))
                .filter(id -> id.indexOf('<') < 0 && id.indexOf('>') < 0)
                .distinct()
                .toList();
    }
}
