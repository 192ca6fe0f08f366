package org.postroom.mime.compose;

import org.postroom.mime.Dates;
import org.postroom.mime.Parameter;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;

/// A header field to be written: what it says, not how it is folded and encoded.
public sealed interface Header {

    String name();

    /// Text for people: `Subject`, `Comments`, `Content-Description`.
    record Unstructured(String name, String text) implements Header {
        public Unstructured {
            text = Clean.line(text);
        }
    }

    /// Whom it is from or for.
    record Parties(String name, List<? extends Party> parties) implements Header {
        public Parties {
            parties = List.copyOf(parties);
        }
    }

    /// Message-ids or content-ids, without their brackets.
    record Ids(String name, List<String> ids) implements Header {
        public Ids {
            ids = List.copyOf(ids);
            for (var id : ids)
                if (!Clean.isWord(id) || id.indexOf('<') >= 0 || id.indexOf('>') >= 0)
                    throw new IllegalArgumentException("id: " + id);
        }
    }

    record Date(String name, OffsetDateTime date) implements Header {}

    /// A token and parameters: `Content-Type`, `Content-Disposition`. The parameters' values are
    /// text.
    record Typed(String name, String token, List<Parameter> parameters) implements Header {
        public Typed {
            parameters = List.copyOf(parameters);
        }
    }

    /// What is ASCII and may be folded at its blanks: `MIME-Version: 1.0`, `List-Post: <mailto:…>`.
    record Tokens(String name, String value) implements Header {
        public Tokens {
            value = Clean.line(value);
            if (!Clean.isAscii(value)) throw new IllegalArgumentException(value);
        }
    }

    /// A field of another message as it stands there, folds included.
    ///
    /// @param raw what follows the colon, octets as ISO 8859-1, without the line end
    record Copied(String name, String raw) implements Header {}

    /// The field with its line end.
    ///
    /// @throws CannotCross if an address needs UTF-8 where the hop does not take it, or a word is
    ///     longer than a line
    default byte[] print(NextHop hop) throws CannotCross {
        if (this instanceof Copied(var name, var raw))
            return (name + ":" + raw + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var field = new Folding(name());
        switch (this) {
            case Unstructured(_, var text) -> UnstructuredPrinter.print(field, text, hop);
            case Parties(_, var parties) -> new AddressPrinter(field, hop).print(parties);
            case Ids(_, var ids) -> {
                for (var id : ids) {
                    if (!hop.utf8() && !Clean.isAscii(id))
                        throw new CannotCross(CannotCross.Obstacle.HEADER, id);
                    field.word(" ", "<" + id + ">");
                }
            }
            case Date(_, var date) -> field.word(" ", Dates.format(date));
            case Typed(_, var token, var parameters) -> {
                field.word(" ", token);
                for (var parameter : parameters) ParameterPrinter.print(field, parameter);
            }
            case Copied _ -> {}
            case Tokens(_, var value) -> {
                for (var word : value.split(" +", -1)) field.word(" ", word);
            }
        }
        return field.end();
    }

    /// The field as text, for people and tests.
    default String text(NextHop hop) throws CannotCross {
        return new String(print(hop), StandardCharsets.UTF_8);
    }
}
