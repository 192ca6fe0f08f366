package org.postroom.queue;

import org.postroom.mime.Dates;
import org.postroom.mime.Fields;
import org.postroom.mime.MediaType;
import org.postroom.mime.MessageIds;
import org.postroom.mime.Parameter;
import org.postroom.mime.Source;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Entity;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Labels;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party.Person;
import org.postroom.smtp.Address;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.RcptParameters.OriginalRecipient;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A letter to a letter's sender about what became of it: a text for people, the same for programs, and
/// the letter or its header (RFC 3464, RFC 6522; in the form of RFC 6533 where addresses beyond ASCII
/// take part).
final class Notice {

    private static final long MOST_RETURNED = 64 * 1024; // octets, where the sender did not say
    private static final int MOST_HEADER = 64 * 1024;
    private static final int MOST_VALUE = 900; // octets of a field's value: it goes unfolded

    private final String server;
    private final Address sender;
    private final Envelope envelope;
    private final Source letter;
    private final List<Fate> fates;
    private final boolean utf8;

    /// @param server what we call ourselves
    /// @param letter what was sent
    Notice(String server, Address sender, Envelope envelope, Source letter, List<Fate> fates) {
        this.server = server;
        this.sender = sender;
        this.envelope = envelope;
        this.letter = letter;
        this.fates = fates;
        this.utf8 = envelope.mail().parameters().utf8() || !sender.isAscii();
    }

    /// What MAIL has to say of it.
    MailParameters parameters() {
        var parameters =
                MailParameters.NONE
                        .withBody(MailParameters.Body.EIGHT_BIT)
                        .withRequireTls( // RFC 8689 §5
                                envelope.mail().parameters().requireTls());
        return utf8 ? parameters.withUtf8(true) : parameters; // RFC 6533 §6.1
    }

    void writeTo(OutputStream out) throws IOException {
        var hop = utf8 ? NextHop.UTF8 : NextHop.EIGHT_BIT;
        var composer = Composer.of(ZoneOffset.UTC, domain());
        try {
            message(composer, returned()).writeTo(out, hop);
        } catch (CannotCross odd) { // lines without an end, octets in the header: only that, then
            try {
                message(composer, header()).writeTo(out, hop);
            } catch (CannotCross never) {
                throw new IOException("a notice can't be written: " + never.getMessage());
            }
        }
    }

    private String domain() {
        return server.indexOf(':') >= 0 ? "localhost" : server;
    }

    private Message message(Composer composer, Entity returned) {
        var now = Instant.now().atOffset(ZoneOffset.UTC);
        var header = new ArrayList<Header>();
        header.add(new Header.Date("Date", now));
        header.add(
                new Header.Parties(
                        "From", List.of(new Person("Mail Delivery", "postmaster", domain()))));
        header.add(
                new Header.Parties("To", List.of(new Person(sender.localPart(), sender.domain()))));
        header.add(new Header.Unstructured("Subject", Wording.subject(worst())));
        header.add(new Header.Ids("Message-ID", List.of(composer.id()))); // TRAPS T15
        header.add(new Header.Tokens("Auto-Submitted", "auto-replied")); // RFC 3834 §5
        var original = messageId();
        if (original.isPresent()) {
            header.add(new Header.Ids("In-Reply-To", List.of(original.get())));
            header.add(new Header.Ids("References", List.of(original.get())));
        }
        var text =
                Entity.text(
                        "plain",
                        Wording.text(
                                server,
                                fates,
                                Duration.ofMillis(fates.getFirst().tried() - envelope.arrival())));
        return new Message(
                header,
                composer.multipart( // RFC 6522 §3
                        "report",
                        List.of(new Parameter("report-type", "delivery-status")),
                        List.of(text, status(), returned)));
    }

    private Action worst() {
        return fates.stream().map(Fate::action).min(Comparator.naturalOrder()).orElseThrow();
    }

    private Optional<String> messageId() {
        return fields().first("Message-ID")
                .flatMap(field -> MessageIds.parse(field.value()).stream().findFirst())
                .filter(id -> id.length() < MOST_VALUE && id.chars().allMatch(Notice::isPlain));
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '<' && c != '>';
    }

    private Fields fields() {
        try {
            return Fields.of(headerOctets());
        } catch (IOException e) {
            throw new org.postroom.wire.Fault("reading a letter", e);
        }
    }

    // ---- for programs

    // RFC 3464 §2.1: delivery-status-content = per-message-fields 1*( CRLF per-recipient-fields )
    private Entity status() {
        var text = new StringBuilder();
        var parameters = envelope.mail().parameters();
        parameters.envid().ifPresent(id -> field(text, "Original-Envelope-Id", id));
        field(text, "Reporting-MTA", "dns; " + server); // RFC 3464 §2.2.2
        field(text, "Arrival-Date", date(envelope.arrival()));
        for (var fate : fates) {
            text.append("\r\n");
            about(text, fate);
        }
        return new Entity.Leaf(
                new MediaType(
                        "message", utf8 ? "global-delivery-status" : "delivery-status", List.of()),
                Labels.NONE,
                Source.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private void about(StringBuilder text, Fate fate) {
        var said = fate.said();
        fate.rcpt()
                .parameters()
                .orcpt()
                .ifPresent(original -> field(text, "Original-Recipient", shown(original)));
        field(text, "Final-Recipient", address(fate.rcpt().to().toString()));
        field(text, "Action", fate.action().value);
        field(text, "Status", status(fate));
        if (!said.by().isEmpty()) field(text, "Remote-MTA", "dns; " + said.by());
        boolean bad = fate.action() == Action.FAILED || fate.action() == Action.DELAYED;
        if (bad
                && !said.by()
                        .isEmpty()) // RFC 3464 §2.3.6: what the other server said, as it said it
        field(text, "Diagnostic-Code", "smtp; " + said.reply());
        field(text, "Last-Attempt-Date", date(fate.tried()));
        fate.until().ifPresent(until -> field(text, "Will-Retry-Until", date(until)));
    }

    /// RFC 3464 §2.3.4: the class says what became of it.
    private static String status(Fate fate) {
        String status = fate.said().status();
        return switch (fate.action()) {
            case FAILED, DELAYED -> status;
            case DELIVERED, RELAYED, EXPANDED -> "2" + status.substring(1);
        };
    }

    // RFC 6533 §4.2: utf-8-address; in a notice of plain ASCII, its escapes
    private String address(String address) {
        return (isAscii(address) ? "rfc822; " : "utf-8; ") + address;
    }

    private static String shown(OriginalRecipient original) {
        return original.type() + "; " + original.address();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String date(long millis) {
        return Dates.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    /// What strangers said ends no line, and is ASCII where only that may be.
    private void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ");
        int length = Math.min(value.length(), MOST_VALUE / (utf8 ? 3 : 1));
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            boolean fine = c >= ' ' && c != 0x7f && (c < 0x80 || utf8);
            text.append(fine ? c : '?');
        }
        text.append("\r\n");
    }

    // ---- the letter

    /// RFC 3461 §4.3: RET says how much, of a letter that failed; of others the header.
    private Entity returned() throws IOException {
        var parameters = envelope.mail().parameters();
        boolean full =
                parameters
                        .ret()
                        .map(ret -> ret == MailParameters.Ret.FULL)
                        .orElse(envelope.size() <= MOST_RETURNED);
        // RFC 8689 §5: a notice may go where the letter was not to go
        if (worst() != Action.FAILED || !full || parameters.requireTls()) return header();
        return new Entity.Enclosed(Labels.NONE, letter);
    }

    private Entity header() throws IOException {
        byte[] octets = headerOctets();
        if (envelope.mail().parameters().requireTls())
            octets =
                    messageId()
                            .map(id -> "Message-ID: <" + id + ">\r\n")
                            .orElse("")
                            .getBytes(StandardCharsets.US_ASCII);
        return new Entity.Leaf( // RFC 6522 §4
                utf8
                        ? new MediaType("message", "global-headers", List.of())
                        : new MediaType("text", "rfc822-headers", List.of()),
                Labels.NONE,
                Source.of(octets));
    }

    private byte[] headerOctets() throws IOException {
        try (var in = letter.open()) {
            byte[] octets = in.readNBytes(MOST_HEADER);
            int end = 0;
            for (int i = 0; i + 3 < octets.length; i++)
                if (octets[i] == '\r'
                        && octets[i + 1] == '\n'
                        && octets[i + 2] == '\r'
                        && octets[i + 3] == '\n') {
                    end = i + 2;
                    break;
                }
            return java.util.Arrays.copyOf(octets, end == 0 ? octets.length : end);
        }
    }
}
