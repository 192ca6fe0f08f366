package org.postroom.server.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Dates;
import org.postroom.mime.Trace;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.ReversePath;
import org.postroom.store.MailingList;
import org.postroom.store.Resolution.Local;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/// The trace that this server leaves on a letter (RFC 5321 §4.4).
final class Stamp {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LOOPBACK = "127.0.0.1";

    private final String id;
    private final byte[] received;
    private final ReversePath from;

    private Stamp(String id, byte[] received, ReversePath from) {
        this.id = id;
        this.received = received;
        this.from = from;
    }

    /// @param id what the letter is accepted as
    /// @param recipient the only one, or null where naming one would tell the others of it
    static Stamp of(
            String id,
            Wire wire,
            Service service,
            Caller caller,
            String server,
            Command.Mail mail,
            @Nullable String recipient) {
        var hop =
                new Trace.Hop(
                        caller.name(),
                        null,
                        peer(wire),
                        server,
                        protocol(wire, service, caller, mail.parameters().utf8()),
                        wire.tls().map(Stamp::shown).orElse(null),
                        id,
                        recipient,
                        now());
        return new Stamp(id, Trace.received(hop), mail.from());
    }

    /// Of a letter that was handed in within the house.
    static Stamp handedIn(String id, Caller caller, String server, Command.Mail mail) {
        var hop =
                new Trace.Hop(caller.name(), null, LOOPBACK, server, "HTTP", null, id, null, now());
        return new Stamp(id, Trace.received(hop), mail.from());
    }

    /// What the log and the journey call the letter.
    String id() {
        return id;
    }

    /// The trace that a list leaves besides.
    Stamp through(MailingList list) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(ListFields.of(list));
        both.writeBytes(received);
        return new Stamp(id, both.toByteArray(), returnPath(list));
    }

    /// RFC 5321 §3.9.2: who answers for the list hears what can't be delivered.
    static Address returnPath(MailingList list) {
        var address = list.returnAddress();
        return new Address(address.localPart(), address.domain());
    }

    /// What a relay puts before the letter.
    byte[] received() {
        return received;
    }

    /// What stands before the letter in an account's mailbox.
    byte[] prefix(Local account) {
        var prefix = new ByteArrayOutputStream();
        prefix.writeBytes(
                Trace.returnPath(
                        switch (from) {
                            case NullPath() -> "";
                            case Address address -> address.toString();
                        }));
        prefix.writeBytes(Trace.deliveredTo(account.name().toString()));
        prefix.writeBytes(received);
        return prefix.toByteArray();
    }

    // RFC 3848: ESMTP, and S under TLS, and A for who has signed in; RFC 6531 §4.3: UTF8SMTP,
    // UTF8LMTP
    private static String protocol(Wire wire, Service service, Caller caller, boolean utf8) {
        if (!caller.extended()) return "SMTP";
        return (utf8 ? service.utf8 : service.protocol)
                + (wire.isSecured() ? "S" : "")
                + (caller.isSignedIn() ? "A" : "");
    }

    private static String peer(Wire wire) {
        String peer = wire.peer();
        int zone = peer.indexOf('%');
        if (zone >= 0) return peer.substring(0, zone);
        return peer.equals("local") ? LOOPBACK : peer; // a socket in the home
    }

    private static String shown(Tls.Facts facts) {
        return facts.protocol() + " " + facts.cipher();
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneId.systemDefault());
    }

    static byte[] date() {
        return field("Date: " + Dates.format(now()));
    }

    static byte[] messageId(String server) {
        String unique = new BigInteger(120, RANDOM).toString(36);
        return field("Message-ID: <" + unique + "@" + server + ">");
    }

    private static byte[] field(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
