package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.Source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A message's content or a part of it, to be written. Which transfer encoding it gets is decided
/// when it is written, by what its octets are and what the next hop takes.
public sealed interface Entity {

    /// Anything that has no parts. Its octets arrive as they are; those of text are lines with CRLF.
    record Leaf(MediaType type, Labels labels, Source source) implements Entity {}

    /// Parts in a row.
    ///
    /// @param boundary no line of a part may begin with it and two hyphens: [Composer#boundary] makes
    ///     one
    record Multipart(
            String subtype, List<Parameter> parameters, String boundary, List<Entity> parts)
            implements Entity {
        public Multipart {
            parameters = List.copyOf(parameters);
            parts = List.copyOf(parts);
            if (parts.isEmpty()) // RFC 2046 §5.1.1: encapsulation := 1*
            throw new IllegalArgumentException("a multipart has parts");
        }
    }

    /// A whole message within: message/rfc822, or message/global where its header needs it.
    record Enclosed(Labels labels, Source message) implements Entity {}

    /// An entity with its own header section, written as it is: one that a signature covers, or that
    /// was cut out of another message.
    record Verbatim(Source octets) implements Entity {}

    /// Text for people, in this charset if it can say it, else in UTF-8; in ASCII if that is enough.
    static Leaf text(String subtype, String text, Charset wanted, Parameter... parameters) {
        String canonical = canonical(text);
        var charset = Clean.isAscii(canonical) ? StandardCharsets.US_ASCII : wanted;
        if (!charset.canEncode() || !charset.newEncoder().canEncode(canonical))
            charset = StandardCharsets.UTF_8;
        var all = new ArrayList<Parameter>();
        all.add(new Parameter("charset", charset.name().toLowerCase(Locale.ROOT)));
        all.addAll(List.of(parameters));
        return new Leaf(
                new MediaType("text", subtype, all),
                Labels.NONE,
                Source.of(canonical.getBytes(charset)));
    }

    static Leaf text(String subtype, String text) {
        return text(subtype, text, StandardCharsets.UTF_8);
    }

    /// A part whose octets lie elsewhere, and how to get them (RFC 2046 §5.2.3).
    ///
    /// @param access the parameters, `access-type` first
    /// @param type what the octets are once they were fetched
    /// @param id the phantom body's Content-ID, which it must have
    static Leaf externalBody(
            List<Parameter> access, MediaType type, String id, @Nullable String name)
            throws CannotCross {
        var header = new PartHeader(type, Labels.NONE.identified(id).named(name), null);
        return new Leaf(
                new MediaType("message", "external-body", access),
                Labels.NONE,
                Source.of(header.print(NextHop.SEVEN_BIT)));
    }

    /// Line ends as mail has them; what is no character becomes U+FFFD when it is encoded.
    // RFC 2046 §4.1.1: the canonical form of any text has CRLF
    private static String canonical(String text) {
        var lines = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                lines.append("\r\n");
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') i++;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1)))
                lines.append(c).append(text.charAt(++i));
            else lines.append(Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return lines.toString();
    }

    /// Writes it with its header section: the octets that a signature covers (RFC 1847 §2.1) when the
    /// hop is [NextHop#SEVEN_BIT].
    default void writeTo(OutputStream out, NextHop hop) throws IOException, CannotCross {
        Plan.of(this, hop, true).write(out);
    }
}
