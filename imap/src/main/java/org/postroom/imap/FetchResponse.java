package org.postroom.imap;

import org.postroom.mime.Address;
import org.postroom.mime.Envelope;
import org.postroom.mime.Parameter;
import org.postroom.mime.Part;
import org.postroom.wire.Saying;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// What a server tells of one message, written item by item. RFC 3501 §7.4.2. What is too long to be
/// held is announced by [#literal], and the caller says its octets next.
public final class FetchResponse {

    private final Printer out;
    private String before;

    /// Begins. RFC 3501 §9: message-data = nz-number SP ("FETCH" SP msg-att)
    public FetchResponse(Saying saying, long sequence) {
        this(saying, sequence, " FETCH ");
    }

    private FetchResponse(Saying saying, long number, String word) {
        out = new Printer(saying);
        saying.octets("* ").number(number).octets(word);
        before = "(";
    }

    /// The same to a client that knows no sequence numbers.
    // RFC 9586: message-data =/ uniqueid SP ("UIDFETCH" SP msg-att)
    public static FetchResponse ofUid(Saying saying, long uid) {
        return new FetchResponse(saying, uid, " UIDFETCH ");
    }

    private FetchResponse item(String name) {
        out.atom(before).atom(name).atom(" ");
        before = " ";
        return this;
    }

    /// RFC 7162 §3.1.4.2
    public FetchResponse modSeq(long modSeq) {
        item("MODSEQ").out.atom("(").number(modSeq).atom(")");
        return this;
    }

    /// RFC 8474 §5.1
    public FetchResponse emailId(long email) {
        item("EMAILID").out.atom("(" + ObjectIds.of(ObjectIds.EMAIL, email) + ")");
        return this;
    }

    /// RFC 8474 §5.2
    public FetchResponse threadId(long thread) {
        item("THREADID").out.atom("(" + ObjectIds.of(ObjectIds.THREAD, thread) + ")");
        return this;
    }

    /// In milliseconds since 1970 (RFC 8514 §4.2).
    public FetchResponse saveDate(long millis) {
        item("SAVEDATE");
        DateTimes.printDateTime(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC), out);
        return this;
    }

    /// RFC 8970 §3.2
    public FetchResponse preview(String text) {
        item("PREVIEW").out.text(text);
        return this;
    }

    /// RFC 3516 §4.3
    public FetchResponse binarySize(FetchItem.BinarySize item, long octets) {
        name(item, Optional.empty());
        out.number(octets);
        return this;
    }

    public FetchResponse uid(long uid) {
        item("UID").out.number(uid);
        return this;
    }

    public FetchResponse flags(List<Flag> flags) {
        item("FLAGS").out.flags(flags);
        return this;
    }

    /// In octets.
    public FetchResponse size(long octets) {
        item("RFC822.SIZE").out.number(octets);
        return this;
    }

    /// In milliseconds since 1970.
    public FetchResponse internalDate(long millis) {
        item("INTERNALDATE");
        DateTimes.printDateTime(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC), out);
        return this;
    }

    // RFC 3501 §9: envelope = "(" env-date SP env-subject SP env-from SP env-sender SP
    // env-reply-to SP env-to SP env-cc SP env-bcc SP env-in-reply-to SP env-message-id ")"
    public FetchResponse envelope(Envelope envelope) {
        item("ENVELOPE");
        env(envelope);
        return this;
    }

    /// BODY, or BODYSTRUCTURE with what later days added (TRAPS T25).
    public FetchResponse structure(Part message, boolean extensible) {
        item(extensible ? "BODYSTRUCTURE" : "BODY");
        body(message, extensible);
        return this;
    }

    /// Announces so many octets of a section, which have to follow.
    ///
    /// @param origin where a partial one begins (RFC 3501 §7.4.2)
    public FetchResponse literal(FetchItem item, Optional<Long> origin, long octets) {
        name(item, origin);
        out.atom("{").number(octets).atom("}\r\n");
        return this;
    }

    /// The same of octets among which there may be NUL (RFC 3516 §7).
    public FetchResponse literal8(FetchItem item, Optional<Long> origin, long octets) {
        name(item, origin);
        out.atom("~{").number(octets).atom("}\r\n");
        return this;
    }

    /// There is no such section.
    public FetchResponse nil(FetchItem item) {
        name(item, Optional.empty());
        out.atom("NIL");
        return this;
    }

    public void end() {
        out.atom(before.equals("(") ? "()\r\n" : ")\r\n");
    }

    private void name(FetchItem item, Optional<Long> origin) {
        out.atom(before);
        before = " ";
        switch (item) {
            case FetchItem.Attribute attribute -> out.atom(attribute.atom);
            case FetchItem.Rfc822 form -> out.atom(form.atom);
            case FetchItem.Body(var section, _, _) -> {
                out.atom("BODY");
                section.print(out);
                origin.ifPresent(offset -> out.atom("<").number(offset).atom(">"));
            }
            case FetchItem.Binary(var part, _, _) -> {
                out.atom("BINARY");
                new Section(part, Section.Whole.ALL).print(out);
                origin.ifPresent(offset -> out.atom("<").number(offset).atom(">"));
            }
            case FetchItem.BinarySize(var part) -> {
                out.atom("BINARY.SIZE");
                new Section(part, Section.Whole.ALL).print(out);
            }
        }
        out.atom(" ");
    }

    private void env(Envelope envelope) {
        out.atom("(").nstring(envelope.date()).atom(" ").nstring(envelope.subject());
        addresses(envelope.from());
        addresses(envelope.sender());
        addresses(envelope.replyTo());
        addresses(envelope.to());
        addresses(envelope.cc());
        addresses(envelope.bcc());
        out.atom(" ").nstring(envelope.inReplyTo());
        out.atom(" ").nstring(envelope.messageId()).atom(")");
    }

    // RFC 3501 §9: env-from = "(" 1*address ")" / nil
    // address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
    private void addresses(List<Address> addresses) {
        out.atom(addresses.isEmpty() ? " NIL" : " (");
        for (var address : addresses) {
            out.atom("(").nstring(address.name()).atom(" ").nstring(address.route());
            out.atom(" ").nstring(address.mailbox()).atom(" ").nstring(address.host()).atom(")");
        }
        if (!addresses.isEmpty()) out.atom(")");
    }

    /// As deep as `mime` looks into a message, which is bounded.
    // RFC 3501 §9: body = "(" (body-type-1part / body-type-mpart) ")"
    private void body(Part part, boolean extensible) {
        out.atom("(");
        if (part.isMultipart()) multipart(part, extensible);
        else single(part, extensible);
        out.atom(")");
    }

    // RFC 3501 §9: body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
    private void multipart(Part part, boolean extensible) {
        for (var child : part.children()) body(child, extensible);
        out.atom(" ").string(part.type().subtype());
        if (!extensible) return;
        parameters(part.type().parameters());
        extensions(part);
    }

    // RFC 3501 §9: body-type-1part = (body-type-basic / body-type-msg / body-type-text)
    // [SP body-ext-1part]
    private void single(Part part, boolean extensible) {
        var type = part.type();
        out.string(type.type()).atom(" ").string(type.subtype());
        parameters(type.parameters());
        out.atom(" ").nstring(part.id()).atom(" ").nstring(part.description());
        var encoding = part.encoding(); // never NIL (TRAPS T25)
        out.atom(" ").string(encoding == null || encoding.isEmpty() ? "7bit" : encoding);
        out.atom(" ").number(part.body().length());
        var envelope = part.envelope();
        if (envelope != null) { // RFC 3501 §9: body-type-msg
            out.atom(" ");
            env(envelope);
            out.atom(" ");
            body(part.children().getFirst(), extensible);
            out.atom(" ").number(part.lines());
        } else if (type.type().equals("text")) out.atom(" ").number(part.lines());
        if (!extensible) return;
        out.atom(" ").nstring(part.md5());
        extensions(part);
    }

    // RFC 3501 §9: body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang
    // [SP body-fld-loc *(SP body-extension)]]]
    private void extensions(Part part) {
        var disposition = part.disposition();
        if (disposition == null) out.atom(" NIL");
        else {
            out.atom(" (").string(disposition.type());
            parameters(disposition.parameters());
            out.atom(")");
        }
        String before = " (";
        for (var language : part.languages()) {
            out.atom(before).string(language);
            before = " ";
        }
        out.atom(part.languages().isEmpty() ? " NIL " : ") ").nstring(part.location());
    }

    // RFC 3501 §9: body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
    // RFC 2231 §6: those in pieces are put together
    private void parameters(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            out.atom(" NIL");
            return;
        }
        String before = " (";
        for (var parameter : Parameter.joined(parameters)) {
            out.atom(before).string(parameter.name()).atom(" ").string(parameter.value());
            before = " ";
        }
        out.atom(")");
    }
}
