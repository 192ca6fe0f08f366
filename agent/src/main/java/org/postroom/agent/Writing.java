package org.postroom.agent;

import org.postroom.agent.access.Fetched;
import org.postroom.agent.access.Mailbox.Use;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.agent.keys.Letterbox;
import org.postroom.agent.letter.Draft;
import org.postroom.agent.letter.Outbox;
import org.postroom.agent.letter.Parcel;
import org.postroom.imap.Flag;
import org.postroom.mime.Fields;
import org.postroom.mime.MessageIds;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.mime.Words;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Forward;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.compose.Reply;
import org.postroom.mime.compose.Resend;
import org.postroom.mime.render.Rendering;
import org.postroom.mime.render.Visible;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Letters written and sent: new ones, answers, what is passed on. A letter that can't be handed in now
/// waits in the outbox; one that the server has goes to Sent.
final class Writing {

    private static final int MOST_INPUT = 64 << 20; // octets of a script's text

    private final Session session;

    Writing(Session session) {
        this.session = session;
    }

    // ---- begun

    void send(Given given) throws Hindrance {
        var draft = new Draft();
        draft.to = String.join(", ", given.words());
        fill(draft, given);
        signed(draft);
        finish(draft, given, () -> {});
    }

    void reply(Given given) throws Hindrance {
        reply(Numbers.row(given.words(), session), given);
    }

    void reply(Row row, Given given) throws Hindrance {
        session.current(row.number());
        var fetched = session.read(row);
        var reply = new Reply(header(fetched), session.account.own());
        var letter =
                given.has(Option.ALL)
                        ? reply.toAll()
                        : given.has(Option.TO_LIST) ? reply.toList() : reply.toSender();
        var draft = Draft.begun(letter, session.account, session.composer);
        draft.text = reply.quoting(text(fetched)) + "\n";
        fill(draft, given);
        signed(draft);
        finish(draft, given, () -> marked(row, Flag.ANSWERED));
    }

    void forward(Given given) throws Hindrance {
        var words = given.words();
        int count = Numbers.count(words);
        var row = Numbers.row(words.subList(0, count), session);
        forward(row, String.join(", ", words.subList(count, words.size())), given);
    }

    void forward(Row row, String to, Given given) throws Hindrance {
        session.current(row.number());
        try (var whole = session.access().fetch(row)) {
            var forward = new Forward(header(whole));
            Draft draft;
            if (given.has(Option.ATTACHED)) {
                draft =
                        Draft.begun(
                                forward.attached(whole.source()),
                                session.account,
                                session.composer);
                draft.parts.add(
                        new org.postroom.mime.compose.Entity.Enclosed(
                                org.postroom.mime.compose.Labels.NONE, whole.source()));
            } else {
                draft = Draft.begun(forward.inline("", ""), session.account, session.composer);
                draft.text = forwarded(row, whole);
                for (var entry : org.postroom.mime.Outline.of(whole.summary().root()))
                    if (entry.depth() == 1 && isAttached(entry.part()))
                        draft.parts.add(Forward.attachment(whole.source(), entry.part()));
            }
            draft.to = to;
            fill(draft, given);
            signed(draft);
            finish(draft, given, () -> {});
        }
    }

    private static boolean isAttached(org.postroom.mime.Part part) {
        var disposition = part.disposition();
        boolean attachment = disposition != null && disposition.type().equals("attachment");
        return attachment || !(part.type().type().equals("text") || part.isMultipart());
    }

    private static String forwarded(Row row, Fetched fetched) throws Hindrance {
        var text = new StringBuilder("\n\n---------- Forwarded message ----------\n");
        text.append("From: ").append(Draft.listed(Party.of(row.envelope().from()))).append('\n');
        row.date().ifPresent(date -> text.append("Date: ").append(date).append('\n'));
        text.append("Subject: ").append(Visible.line(row.subject(), 500)).append('\n');
        text.append("To: ").append(Draft.listed(Party.of(row.envelope().to()))).append('\n');
        return text.append('\n').append(text(fetched)).toString();
    }

    void resend(Given given) throws Hindrance {
        var words = given.words();
        int count = Numbers.count(words);
        var row = Numbers.row(words.subList(0, count), session);
        var to = session.book.people(String.join(", ", words.subList(count, words.size())));
        if (to.isEmpty()) throw Hindrance.usage("Resend it to whom?");
        try (var whole = session.access().fetch(row)) {
            var resend = Resend.of(session.composer, session.account.person(), to, whole.source());
            dispatch(parcel(to, given, new Parcel.Again(resend)));
        }
    }

    /// Goes on with a draft, and comes back to the mailbox that was open.
    void recall(Given given) throws Hindrance {
        String before = session.access().mailbox();
        var drafts = session.mailboxFor(Use.DRAFTS);
        boolean elsewhere = drafts.isPresent() && !before.equals(drafts.get());
        if (elsewhere) session.open(drafts.get());
        try {
            goOn(given);
        } finally {
            if (elsewhere) session.open(before);
        }
    }

    private void goOn(Given given) throws Hindrance {
        var access = session.access();
        if (access.last() == 0) throw Hindrance.notSo("There are no drafts.");
        var row =
                given.words().isEmpty()
                        ? session.row(access.last())
                        : Numbers.row(given.words(), session);
        try (var whole = session.access().fetch(row)) {
            var draft = recalled(whole);
            sealed(draft, given);
            finish(
                    draft,
                    given,
                    () -> {
                        access.mark(List.of(row), Flag.DELETED, true);
                        access.expunge();
                    });
        }
    }

    private static Draft recalled(Fetched whole) throws Hindrance {
        var fields = header(whole);
        var draft = new Draft();
        draft.to = field(fields, "To");
        draft.cc = field(fields, "Cc");
        draft.bcc = field(fields, "Bcc");
        draft.subject = fields.first("Subject").map(it -> Words.decode(it.value())).orElse("");
        for (var name : List.of("In-Reply-To", "References"))
            fields.first(name)
                    .map(it -> MessageIds.parse(it.value()))
                    .filter(ids -> !ids.isEmpty())
                    .ifPresent(ids -> draft.answers(name, ids));
        draft.text = text(whole);
        var root = whole.summary().root();
        if (root.isMultipart())
            for (var part : root.children().subList(1, root.children().size()))
                draft.parts.add(Forward.attachment(whole.source(), part));
        return draft;
    }

    private static String field(Fields fields, String name) {
        return fields.first(name)
                .map(it -> Draft.listed(Party.of(org.postroom.mime.Addresses.parse(it.value()))))
                .orElse("");
    }

    private static Fields header(Fetched fetched) throws Hindrance {
        try (var in = fetched.source().slice(fetched.summary().root().header()).open()) {
            return Fields.of(in.readNBytes(Structure.MAX_HEADER));
        } catch (IOException e) {
            throw Hindrance.system("Reading the letter", e);
        }
    }

    /// What is quoted: nothing in it that a terminal or an editor would obey.
    private static String text(Fetched fetched) throws Hindrance {
        try {
            Summary summary = fetched.summary();
            return Visible.text(Rendering.text(summary, fetched.source()))
                    .lines()
                    .filter(line -> !line.startsWith("[part ")) // what is not shown is not quoted
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw Hindrance.system("Reading the letter", e);
        }
    }

    /// What the options say.
    private void fill(Draft draft, Given given) throws Hindrance {
        given.value(Option.SUBJECT).ifPresent(subject -> draft.subject = subject);
        draft.cc = joined(draft.cc, given.values(Option.CC));
        draft.bcc = joined(draft.bcc, given.values(Option.BCC));
        for (var file : given.values(Option.ATTACH)) draft.files.add(Draft.Enclosure.parse(file));
        sealed(draft, given);
    }

    private static void sealed(Draft draft, Given given) {
        draft.encrypts |= given.has(Option.ENCRYPT);
        draft.signs |= given.has(Option.SIGN) || draft.encrypts;
        draft.smime |= given.has(Option.SMIME);
    }

    private static String joined(String first, List<String> more) {
        var all = new ArrayList<String>();
        if (!first.isBlank()) all.add(first);
        all.addAll(more);
        return String.join(", ", all);
    }

    private void signed(Draft draft) {
        String signature = session.account.signature();
        if (!signature.isEmpty() && session.desk.hasPerson())
            draft.text = draft.text + "\n-- \n" + signature + "\n";
    }

    // ---- finished

    /// What is to be done once a letter has gone.
    @FunctionalInterface
    interface Afterwards {
        void run() throws Hindrance;
    }

    private void finish(Draft draft, Given given, Afterwards afterwards) throws Hindrance {
        if (!session.desk.hasPerson()) {
            draft.text = input();
            if (given.has(Option.DRAFT)) keep(draft);
            else {
                deliver(draft, given);
                afterwards.run();
            }
            return;
        }
        var composing = new Composing(session, draft);
        while (true)
            switch (composing.run()) {
                case SEND -> {
                    try {
                        if (given.has(Option.DRAFT)) keep(draft);
                        else {
                            deliver(draft, given);
                            afterwards.run();
                        }
                        return;
                    } catch (Hindrance hindrance) { // what was written is not lost by it
                        session.desk.tell(session.desk.paint().warning(hindrance.why()));
                    }
                }
                case KEEP -> {
                    keep(draft);
                    return;
                }
                case DISCARD -> {
                    session.desk.tell("Nothing was sent.");
                    return;
                }
            }
    }

    /// A script's text.
    private static String input() throws Hindrance {
        try {
            byte[] octets = System.in.readNBytes(MOST_INPUT + 1);
            if (octets.length > MOST_INPUT) throw Hindrance.usage("That is too long for a letter.");
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Hindrance.system("Standard input", e);
        }
    }

    private void deliver(Draft draft, Given given) throws Hindrance {
        var recipients = draft.recipients(session.book);
        if (given.has(Option.EACH))
            for (var one : recipients) {
                var message = draft.messageTo(one, session.account, session.book, session.composer);
                deliver(message, draft, List.of(one), given, false);
            }
        else {
            var message = draft.message(session.account, session.book, session.composer, true);
            deliver(message, draft, recipients, given, true);
        }
    }

    private void deliver(Message message, Draft draft, List<Person> to, Given given, boolean files)
            throws Hindrance {
        if (!draft.signs && !draft.encrypts) {
            if (dispatch(parcel(to, given, new Parcel.Fresh(message))) && files) file(message);
            return;
        }
        var letterbox = new Letterbox(session.ring);
        try (var sealed = letterbox.seal(message, draft, to, session.composer)) {
            var parcel = parcel(to, given, new Parcel.Fresh(sealed.message()));
            if (dispatch(parcel) && files) file(sealed.message());
        } catch (IOException e) {
            throw Hindrance.system("Sealing the letter", e);
        }
    }

    private Parcel parcel(List<Person> to, Given given, Parcel.Content content) throws Hindrance {
        var pieces = given.value(Option.PIECES);
        var wishes =
                new Parcel.Wishes(
                        given.has(Option.RECEIPT),
                        given.has(Option.REQUIRE_TLS),
                        pieces.isPresent() ? Sizes.parse(pieces.get()) : 0);
        return new Parcel(session.account.person(), to, wishes, content);
    }

    /// Hands it in, or keeps it until that is possible.
    ///
    /// @return whether the server has it
    private boolean dispatch(Parcel parcel) throws Hindrance {
        try {
            for (var refused : session.submission().send(parcel))
                session.desk.tell(
                        session.desk
                                .paint()
                                .warning(
                                        "Not taken for "
                                                + refused.person().address()
                                                + ": "
                                                + refused.why()));
            if (session.desk.hasPerson()) session.desk.tell("Sent.");
            return true;
        } catch (Hindrance hindrance) {
            if (!Outbox.isPassing(hindrance)) throw hindrance;
            session.outbox().keep(parcel);
            String why = hindrance.why() + " The letter is kept; `outbox send` tries again.";
            if (!session.desk.hasPerson()) throw new Hindrance(Kind.LATER, why);
            session.desk.tell(session.desk.paint().warning(why));
            return false;
        }
    }

    /// A copy in Sent. The letter has gone: that there is no copy is told, and no more.
    private void file(Message message) throws Hindrance {
        try {
            var sent = session.mailboxFor(Use.SENT);
            if (sent.isPresent())
                session.server().append(sent.get(), List.of(Flag.SEEN), source(message));
        } catch (Hindrance hindrance) {
            session.desk.tell("It was sent, but there is no copy in Sent: " + hindrance.why());
        }
    }

    private void keep(Draft draft) throws Hindrance {
        var message = draft.message(session.account, session.book, session.composer, false);
        var drafts = session.mailboxFor(Use.DRAFTS);
        if (drafts.isEmpty()) throw Hindrance.notSo("This server keeps no drafts.");
        session.server().append(drafts.get(), List.of(Flag.DRAFT, Flag.SEEN), source(message));
        if (session.desk.hasPerson())
            session.desk.tell("Kept in " + drafts.get() + "; `recall` goes on with it.");
    }

    private static Source source(Message message) throws Hindrance {
        var octets = new ByteArrayOutputStream();
        try {
            message.writeTo(octets, NextHop.EIGHT_BIT);
            return Source.of(octets.toByteArray());
        } catch (IOException e) {
            throw Hindrance.system("Writing the letter", e);
        } catch (CannotCross e) {
            throw Hindrance.notSo("The letter can't be kept: " + e.getMessage());
        }
    }

    private void marked(Row row, Flag flag) throws Hindrance {
        if (!session.access().isReadOnly()) session.access().mark(List.of(row), flag, true);
    }

    // ---- the outbox and the address book

    void outbox(Given given) throws Hindrance {
        boolean send = given.words().equals(List.of("send"));
        var waiting = session.outbox().waiting();
        if (!send) {
            for (var one : waiting) session.desk.out().println(shown(one));
            if (waiting.isEmpty() && session.desk.hasPerson()) session.desk.tell("Nothing waits.");
            session.desk.out().flush();
            return;
        }
        for (var one : waiting) {
            for (var refused : session.submission().send(one.parcel()))
                session.desk.tell(
                        "Not taken for " + refused.person().address() + ": " + refused.why());
            session.outbox().done(one);
            session.desk.tell("Sent to " + recipients(one));
        }
    }

    private static String shown(Outbox.Waiting waiting) {
        return waiting.file().getFileName() + "  to " + recipients(waiting);
    }

    private static String recipients(Outbox.Waiting waiting) {
        return String.join(
                ", ", waiting.parcel().to().stream().map(Person::address).limit(10).toList());
    }

    void addresses(Given given) throws Hindrance {
        var words = given.words();
        if (words.isEmpty()) {
            session.book
                    .entries()
                    .forEach((nickname, who) ->
                            session.desk
                                    .out()
                                    .println(
                                            org.postroom.mime.render.Columns.fit(nickname, 16)
                                                    + Visible.line(who, 500)));
            session.desk.out().flush();
            return;
        }
        Optional<String> who =
                words.size() > 1
                        ? Optional.of(String.join(", ", words.subList(1, words.size())))
                        : author();
        session.book.put(words.getFirst(), who.orElse(""));
    }

    /// Without an address, whoever wrote the letter that the person is at.
    private Optional<String> author() throws Hindrance {
        if (session.current() == 0) return Optional.empty();
        return Optional.of(
                Draft.listed(Party.of(session.row(session.current()).envelope().from())));
    }
}
