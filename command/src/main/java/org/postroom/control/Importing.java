package org.postroom.control;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Progress;
import org.postroom.imap.Datum;
import org.postroom.imap.FetchItem;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.ImapClient;
import org.postroom.imap.Refusal;
import org.postroom.imap.Response;
import org.postroom.imap.Section;
import org.postroom.imap.SequenceSet;
import org.postroom.mime.LineEnds;
import org.postroom.store.Account;
import org.postroom.store.DeliveryId;
import org.postroom.store.Flag;
import org.postroom.store.Flags;
import org.postroom.store.Mailbox;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;
import org.postroom.store.SpecialUse;
import org.postroom.store.Store;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Copies all letters of an account at another server by IMAP: folders, flags and dates are kept. Each
/// letter is brought once, whatever breaks off in between and however often this is ordered.
final class Importing {

    private static final int PATIENCE = 30_000; // milliseconds until a call is answered
    private static final long LARGEST = Integer.MAX_VALUE;
    private static final long BETWEEN = 200_000_000; // nanoseconds between two words of progress

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH);

    private static final List<FetchItem> ASKED =
            List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE);

    private static final SequenceSet ALL =
            new SequenceSet(List.of(new SequenceSet.Range(1, SequenceSet.STAR)));

    /// Where the letters are.
    record Source(boolean tls, String user, String host, int port) {

        /// `imaps://user@host[:port]`, or `imap://` to this machine; nothing if it is none.
        // RFC 5092 §11: an iserver
        static Optional<Source> of(String url) {
            try {
                var uri = new URI(url);
                boolean tls = "imaps".equalsIgnoreCase(uri.getScheme());
                String user = uri.getUserInfo();
                String host = uri.getHost();
                if ((!tls && !"imap".equalsIgnoreCase(uri.getScheme()))
                        || user == null
                        || host == null) return Optional.empty();
                int port = uri.getPort() > 0 ? uri.getPort() : tls ? 993 : 143;
                return Optional.of(new Source(tls, user, host, port));
            } catch (java.net.URISyntaxException none) {
                return Optional.empty();
            }
        }
    }

    private final Store store;
    private final Account account;
    private final Source source;
    private final Steward.Ear ear;
    private int brought;
    private int there;
    private int refused;
    private long said = System.nanoTime();

    Importing(Store store, Account account, Source source, Steward.Ear ear) {
        this.store = store;
        this.account = account;
        this.source = source;
        this.ear = ear;
    }

    Answer run(Secret password) throws Refused {
        try (var client = call()) {
            client.login(source.user, password);
            for (var folder : client.list("", "*"))
                if (!folder.has("\\Noselect") && !folder.has("\\NonExistent"))
                    folder(client, folder);
            client.logout();
            return new Done("Done." + sum());
        } catch (Refusal refusal) {
            return new Failed(
                    Exit.TEMPORARY, source.host + " says: " + refusal.reply().text() + "." + sum());
        } catch (Departure gone) {
            return new Failed(
                    Exit.TEMPORARY, source.host + " broke off: " + gone.getMessage() + "." + sum());
        }
    }

    private String sum() {
        return " "
                + brought
                + (brought == 1 ? " letter was" : " letters were")
                + " brought here"
                + (there > 0 ? ", " + there + " were here already" : "")
                + (refused > 0 ? ", " + refused + " could not be taken" : "")
                + ".";
    }

    /// A password goes under TLS, or nowhere but to this machine.
    private ImapClient call() throws Refusal, Departure {
        var address = new InetSocketAddress(source.host, source.port);
        var wire = Wire.connect(address, PATIENCE, Limits.CLIENT, Tap.NONE);
        if (source.tls) wire.secure(Tls.verified(), source.host);
        else if (!wire.isLoopback()) {
            wire.abort();
            throw new Departure(Departure.Kind.GONE, "a password needs imaps://");
        }
        return new ImapClient(wire);
    }

    private void folder(ImapClient client, Response.Listed folder)
            throws Refusal, Refused, Departure {
        var mailbox = mailbox(folder);
        var opened = client.open(folder.mailbox(), true);
        if (opened.exists() == 0) return;
        var letters = client.fetch(ALL, ASKED);
        long total = letters.stream().mapToLong(Importing::size).sum();
        long done = 0;
        for (var letter : letters) {
            letter(client, folder, opened.uidValidity(), letter, mailbox);
            done += size(letter);
            if (System.nanoTime() - said > BETWEEN) {
                said = System.nanoTime();
                ear.hear(new Progress(mailbox.name(), done, total));
            }
        }
    }

    private static long size(Response.Fetch letter) {
        return letter.item("RFC822.SIZE").orElse(null) instanceof Datum.Atom(var text)
                        && text.matches("[0-9]{1,15}")
                ? Long.parseLong(text)
                : 0;
    }

    /// The mailbox of the same use, or else of the same name.
    private Mailbox mailbox(Response.Listed folder) throws Refused {
        var mailboxes = account.mailboxes();
        for (var use : SpecialUse.values())
            if (folder.has(use.attribute))
                for (var mailbox : mailboxes) if (mailbox.use() == use) return mailbox;
        String name = folder.mailbox().value();
        if (!folder.delimiter().isEmpty() && !folder.delimiter().equals("/"))
            name = name.replace("/", "_").replace(folder.delimiter(), "/");
        var known = account.mailbox(name);
        return known.isPresent() ? known.get() : account.create(name, null);
    }

    private void letter(
            ImapClient client,
            Response.Listed folder,
            long validity,
            Response.Fetch letter,
            Mailbox mailbox)
            throws Refusal, Refused, Departure {
        if (letter.uid().isEmpty()) return;
        long uid = letter.uid().getAsLong();
        var id =
                DeliveryId.of(
                        String.join(
                                "\n",
                                source.user,
                                source.host,
                                folder.mailbox().value(),
                                validity + "." + uid));
        if (account.hasBrought(id)) {
            there++;
            return;
        }
        try (var draft = store.draft()) {
            var lines = new LineEnds(draft.stream());
            client.body(
                    uid,
                    Section.MESSAGE,
                    Optional.empty(),
                    LARGEST,
                    (octets, offset, length) -> write(lines, octets, offset, length));
            lines.end();
            bring(
                    mailbox,
                    id,
                    new NewMessage(draft.seal(), new byte[0], flags(letter, true), date(letter)),
                    letter);
        } catch (IOException e) {
            throw new Fault("a draft", e);
        }
    }

    private static void write(LineEnds lines, byte[] octets, int offset, int length) {
        try {
            lines.write(octets, offset, length);
        } catch (IOException e) {
            throw new Fault("a draft", e);
        }
    }

    private void bring(Mailbox mailbox, DeliveryId id, NewMessage message, Response.Fetch letter)
            throws Refused {
        try {
            if (account.bring(mailbox.id(), id, message).isPresent()) brought++;
        } catch (Refused no) {
            if (no.reason() == Reason.MESSAGE_TOO_LARGE) refused++;
            else if (no.reason() != Reason.TOO_MANY_KEYWORDS) throw no;
            else {
                var fewer =
                        new NewMessage(
                                message.letter(),
                                message.prefix(),
                                flags(letter, false),
                                message.received());
                if (account.bring(mailbox.id(), id, fewer).isPresent()) brought++;
            }
        }
    }

    private static Flags flags(Response.Fetch letter, boolean keywords) {
        var system = EnumSet.noneOf(Flag.class);
        var words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (letter.item("FLAGS").orElse(null) instanceof Datum.Group(var items))
            for (var item : items)
                if (item instanceof Datum.Atom(var text)) {
                    var known = known(text);
                    if (known != null) system.add(known);
                    else if (keywords && !text.startsWith("\\")) words.add(text);
                }
        return new Flags(system, words);
    }

    private static @Nullable Flag known(String text) {
        for (var flag : Flag.values()) if (flag.atom.equalsIgnoreCase(text)) return flag;
        return null;
    }

    private static Instant date(Response.Fetch letter) {
        if (letter.item("INTERNALDATE").orElse(null) instanceof Datum.Text(var text))
            try {
                return OffsetDateTime.parse(text.strip(), DATE).toInstant();
            } catch (DateTimeParseException none) {
                return Instant.now();
            }
        return Instant.now();
    }
}
