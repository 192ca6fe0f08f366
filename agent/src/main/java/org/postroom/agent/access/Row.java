package org.postroom.agent.access;

import org.postroom.imap.Flag;
import org.postroom.mime.Dates;
import org.postroom.mime.Envelope;
import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.MediaType;
import org.postroom.mime.MessageIds;
import org.postroom.mime.Words;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One line of an index: what a header says, before anything else is fetched.
///
/// @param number what the person calls it; the same as long as the mailbox is open
/// @param id the server's own name for it: a UID, a POP3 unique-id
/// @param size in octets
/// @param references ids of messages that led to it, the closest last
/// @param type what its Content-Type says, or empty
public record Row(
        int number,
        String id,
        Set<Flag> flags,
        long size,
        Optional<OffsetDateTime> date,
        Envelope envelope,
        List<String> references,
        String type) {

    /// What is asked for of a header.
    static final List<String> FIELDS =
            List.of(
                    "Date",
                    "From",
                    "Sender",
                    "Reply-To",
                    "To",
                    "Cc",
                    "Subject",
                    "Message-ID",
                    "In-Reply-To",
                    "References",
                    "Content-Type");

    private static final int MOST_REFERENCES = 50;
    private static final int LONGEST_TYPE = 500;

    public Row {
        flags = Set.copyOf(flags);
        references = List.copyOf(references);
    }

    static Row of(int number, String id, Set<Flag> flags, long size, byte[] header) {
        var fields = Fields.of(header);
        var references = new ArrayList<String>();
        for (var name : List.of("References", "In-Reply-To"))
            if (references.isEmpty())
                fields.first(name)
                        .ifPresent(field -> references.addAll(MessageIds.parse(field.value())));
        int from = Math.max(0, references.size() - MOST_REFERENCES);
        String type = fields.first("Content-Type").map(Field::value).orElse("");
        return new Row(
                number,
                id,
                flags,
                size,
                fields.first("Date").flatMap(field -> Dates.parse(field.value())),
                Envelope.of(fields),
                references.subList(from, references.size()),
                type.substring(0, Math.min(type.length(), LONGEST_TYPE)));
    }

    /// Whether something may be attached.
    public boolean mixed() {
        return MediaType.parse(type).filter(it -> it.is("multipart", "mixed")).isPresent();
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /// In words, encoded words read; it may still have anything in it.
    public String subject() {
        String subject = envelope.subject();
        return subject == null ? "" : Words.decode(subject);
    }

    /// Who wrote it: the name, or the address where there is none.
    public String author() {
        var from = envelope.from();
        if (from.isEmpty()) return "";
        String name = from.getFirst().displayName();
        return name.isEmpty() ? from.getFirst().addrSpec() : name;
    }

    /// Whom it is for, the first of them.
    public String recipient() {
        var to = envelope.to();
        if (to.isEmpty()) return "";
        String name = to.getFirst().displayName();
        return name.isEmpty() ? to.getFirst().addrSpec() : name;
    }

    public Optional<String> messageId() {
        String id = envelope.messageId();
        return id == null ? Optional.empty() : MessageIds.parse(id).stream().findFirst();
    }

    Row with(Set<Flag> other) {
        return new Row(number, id, other, size, date, envelope, references, type);
    }
}
