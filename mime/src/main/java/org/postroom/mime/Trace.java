package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/// Composes the fields that a server puts before a message: Return-Path, Delivered-To, Received
/// (RFC 5321 §4.4). Each comes as octets with its CRLF, in UTF-8, folded. What a peer said of itself
/// is made harmless: nothing in it can end the line, the comment or the clause that it stands in.
public final class Trace {

    private static final int MAX_WORD = 255; // RFC 5321 §4.5.3.1.2: the longest domain

    private Trace() {}

    /// @param reversePath the address of MAIL FROM without brackets, empty for `<>`
    // RFC 5321 §4.4: Return-path-line = "Return-Path:" FWS Reverse-path <CRLF>
    public static byte[] returnPath(String reversePath) {
        return line("Return-Path: <" + path(reversePath) + ">");
    }

    /// @param recipient the address that the message was delivered to
    public static byte[] deliveredTo(String recipient) {
        return line("Delivered-To: " + path(recipient));
    }

    /// One hop, as the receiving server saw it.
    ///
    /// @param greeting what the client called itself in HELO or EHLO
    /// @param peerName the name that the peer's address resolves to, if anybody asked
    /// @param peerAddress the peer's IP address as text
    /// @param server our name
    /// @param protocol the word of the IANA registry: SMTP, ESMTP, ESMTPS, ESMTPSA, LMTP …
    /// @param tls version and cipher suite, for a comment
    /// @param id the id that our log shows
    /// @param recipient the one recipient; null if there are several, who must not see each other
    public record Hop(
            String greeting,
            @Nullable String peerName,
            String peerAddress,
            String server,
            String protocol,
            @Nullable String tls,
            String id,
            @Nullable String recipient,
            OffsetDateTime date) {}

    // RFC 5321 §4.4: Stamp = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
    public static byte[] received(Hop hop) {
        var text = new StringBuilder("Received: from ").append(word(hop.greeting())).append(" (");
        if (hop.peerName() != null) text.append(word(hop.peerName())).append(' ');
        text.append(literal(hop.peerAddress())).append(")\r\n\tby ").append(word(hop.server()));
        text.append(" with ").append(word(hop.protocol()));
        if (hop.tls() != null) text.append(" (").append(comment(hop.tls())).append(')');
        text.append("\r\n\tid ").append(word(hop.id()));
        if (hop.recipient() != null)
            text.append("\r\n\tfor <").append(path(hop.recipient())).append('>');
        return line(text.append(";\r\n\t").append(Dates.format(hop.date())).toString());
    }

    // RFC 5321 §4.1.3: address-literal = "[" ( IPv4-address-literal / IPv6-address-literal ) "]"
    private static String literal(String address) {
        return (address.indexOf(':') >= 0 ? "[IPv6:" : "[") + word(address) + "]";
    }

    /// Letters, digits and what domains, literals and ids are made of.
    private static String word(String text) {
        return harmless(text, "-._:[]+=/@%");
    }

    private static String comment(String text) {
        return harmless(text, "-._:[]+=/@% ,");
    }

    private static String harmless(String text, String allowed) {
        var safe = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_WORD); i++) {
            char c = text.charAt(i);
            boolean fine =
                    Character.isLetterOrDigit(c)
                            || Character.isSurrogate(c)
                            || allowed.indexOf(c) >= 0;
            safe.append(fine ? c : '?');
        }
        return safe.isEmpty() ? "unknown" : safe.toString();
    }

    /// An address was parsed before it came here; a control character still ends no line.
    private static String path(String address) {
        var safe = new StringBuilder();
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            safe.append(c < ' ' || c == 127 ? '?' : c);
        }
        return safe.toString();
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
