package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Parameter;
import org.postroom.mime.compose.Party.Person;

import java.util.ArrayList;
import java.util.List;

/// What somebody writes: to whom, what about, text, and what goes with it. It becomes a [Message] by
/// [#compose]; of the multiparts only those are made that are needed.
public final class Letter {

    private final List<Person> from = new ArrayList<>();
    private @Nullable Person sender;
    private final List<Person> replyTo = new ArrayList<>();
    private final List<Party> to = new ArrayList<>();
    private final List<Party> cc = new ArrayList<>();
    private final List<Party> bcc = new ArrayList<>();
    private String subject = "";
    private List<String> inReplyTo = List.of();
    private List<String> references = List.of();
    private final List<Header> more = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String html;
    private final List<Entity> related = new ArrayList<>();
    private final List<Entity> attachments = new ArrayList<>();

    public Letter from(Person... people) {
        from.addAll(List.of(people));
        return this;
    }

    /// Who sends it, where that is another than who wrote it; asked for if several wrote it (RFC 5322
    /// §3.6.2).
    public Letter sender(Person person) {
        sender = person;
        return this;
    }

    public Letter replyTo(Person... people) {
        replyTo.addAll(List.of(people));
        return this;
    }

    public Letter to(List<? extends Party> parties) {
        to.addAll(parties);
        return this;
    }

    public Letter to(Party... parties) {
        return to(List.of(parties));
    }

    public Letter cc(List<? extends Party> parties) {
        cc.addAll(parties);
        return this;
    }

    public Letter cc(Party... parties) {
        return cc(List.of(parties));
    }

    public Letter bcc(Party... parties) {
        bcc.addAll(List.of(parties));
        return this;
    }

    public Letter subject(String subject) {
        this.subject = subject;
        return this;
    }

    /// The ids of the messages that this one answers, and of those that led to it.
    public Letter answers(List<String> inReplyTo, List<String> references) {
        this.inReplyTo = List.copyOf(inReplyTo);
        this.references = List.copyOf(references);
        return this;
    }

    /// One more header field.
    public Letter with(Header field) {
        more.add(field);
        return this;
    }

    /// Plain text. Its paragraphs are lines of any length: it goes as format=flowed.
    public Letter text(String text) {
        this.text = text;
        return this;
    }

    /// The same in HTML.
    public Letter html(String html) {
        this.html = html;
        return this;
    }

    /// What the HTML shows by `cid:` links.
    public Letter related(Entity part) {
        related.add(part);
        return this;
    }

    public Letter attach(Entity part) {
        attachments.add(part);
        return this;
    }

    /// The message. It takes one id from the composer, and one for each multipart.
    public Message compose(Composer composer) {
        if (from.isEmpty())
            throw new IllegalStateException("nobody has written this"); // RFC 5322 §3.6
        return new Message(header(composer), content(composer));
    }

    private List<Header> header(Composer composer) {
        var header = new ArrayList<Header>();
        header.add(new Header.Date("Date", composer.now()));
        header.add(new Header.Parties("From", from));
        if (sender != null) header.add(new Header.Parties("Sender", List.of(sender)));
        else if (from.size() > 1) // RFC 5322 §3.6.2
        header.add(new Header.Parties("Sender", List.of(from.getFirst())));
        parties(header, "Reply-To", replyTo);
        parties(header, "To", to);
        parties(header, "Cc", cc);
        parties(header, "Bcc", bcc);
        header.add(new Header.Unstructured("Subject", subject));
        header.add(new Header.Ids("Message-ID", List.of(composer.id())));
        if (!inReplyTo.isEmpty()) header.add(new Header.Ids("In-Reply-To", inReplyTo));
        if (!references.isEmpty()) header.add(new Header.Ids("References", references));
        header.addAll(more);
        return header;
    }

    private static void parties(List<Header> header, String name, List<? extends Party> parties) {
        if (!parties.isEmpty()) header.add(new Header.Parties(name, parties));
    }

    private Entity content(Composer composer) {
        var body = body(composer);
        if (attachments.isEmpty()) return body;
        var parts = new ArrayList<Entity>();
        parts.add(body);
        parts.addAll(attachments);
        return composer.multipart("mixed", parts);
    }

    private Entity body(Composer composer) {
        if (html == null) return Flowing.of(text == null ? "" : text);
        Entity rich = Entity.text("html", html);
        if (!related.isEmpty()) {
            var parts = new ArrayList<Entity>();
            parts.add(rich);
            parts.addAll(related);
            var type = new Parameter("type", "text/html"); // RFC 2387 §3.1
            rich = composer.multipart("related", List.of(type), parts);
        }
        if (text == null) return rich;
        // RFC 2046 §5.1.4: the plainest first
        return composer.multipart("alternative", List.of(Flowing.of(text), rich));
    }
}
