package org.postroom.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Departure;
import org.postroom.wire.Sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads what a server says, one method a production: the client's half of the vocabulary. Servers
/// are not believed either: depth, counts and literals are bounded.
public final class Responses {

    /// What a server may say at once that is not streamed.
    private static final Bounds FROM_SERVER =
            new Bounds(4 * 1024 * 1024, 16 * 1024 * 1024, Long.MAX_VALUE);

    private static final int DEPTH = 2 * Section.DEPTH;

    private final Lexer in;
    private final @Nullable Sink sink;

    private Responses(Lexer in, @Nullable Sink sink) {
        this.in = in;
        this.sink = sink;
    }

    /// Waits for a response.
    ///
    /// @param sink where the octets of a section go, or null to keep them
    /// @throws Refusal when it is no response
    // RFC 3501 §9: response = *(continue-req / response-data) response-done
    static Response read(Source source, @Nullable Sink sink) throws Refusal, Departure {
        var in = new Lexer(source, FROM_SERVER, false);
        return new Responses(in, sink).response();
    }

    private Response response() throws Refusal, Departure {
        if (in.accept('+')) { // RFC 3501 §9: continue-req = "+" SP (resp-text / base64) CRLF
            in.accept(' ');
            return new Response.Continue(in.rest());
        }
        if (!in.accept('*')) {
            String tag = in.tag();
            in.sp();
            return new Response.Tagged(tag, condition(in.keyword()));
        }
        in.sp();
        if (in.isNumberNext()) return counted(in.number());
        String word = in.keyword();
        return switch (word) {
            case "OK", "NO", "BAD", "BYE", "PREAUTH" -> new Response.State(condition(word));
            case "CAPABILITY" -> new Response.Capabilities(words(in.rest()));
            case "FLAGS" -> {
                in.sp();
                yield new Response.Flags(flags());
            }
            case "LIST", "LSUB" -> listed(word.equals("LSUB"));
            case "STATUS" -> status();
            case "SEARCH" -> search();
            case "ENABLED" -> new Response.Enabled(words(in.rest()));
            case Response.NOTICE -> {
                in.sp();
                yield new Response.Notice(in.string());
            }
            default -> other(word);
        };
    }

    // RFC 3501 §9: number SP "EXISTS" / number SP "RECENT" / nz-number SP ("EXPUNGE" /
    // ("FETCH" SP msg-att))
    private Response counted(long number) throws Refusal, Departure {
        in.sp();
        String word = in.keyword();
        return switch (word) {
            case "EXISTS" -> new Response.Exists(number);
            case "RECENT" -> new Response.Recent(number);
            case "EXPUNGE" -> new Response.Expunge(number);
            case "FETCH" -> {
                in.sp();
                yield new Response.Fetch(number, msgAtt());
            }
            default -> other(number + " " + word);
        };
    }

    /// One of an extension's: read to its end, literals and all, and kept as it came.
    private Response other(String start) throws Refusal, Departure {
        var text = new StringBuilder(start);
        while (true) {
            text.append(in.restButLiteral());
            if (in.isAtEnd()) return new Response.Other(text.toString());
            text.append(in.string());
        }
    }

    // RFC 3501 §9: resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
    private Reply condition(String word) throws Refusal {
        Reply.Condition condition;
        try {
            condition = Reply.Condition.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw Lexer.bad();
        }
        in.accept(' ');
        Optional<Code> code = Optional.empty();
        if (in.accept('[')) {
            code = Optional.of(code(in.until(']')));
            in.accept(' ');
        }
        return new Reply(condition, code, in.rest());
    }

    // RFC 3501 §9: resp-text-code
    private static Code code(String text) {
        for (var word : Code.Word.values()) if (word.atom.equalsIgnoreCase(text)) return word;
        var words = words(text);
        try {
            if (words.isEmpty()) return new Code.Other(text);
            return switch (words.get(0).toUpperCase(Locale.ROOT)) {
                case "CAPABILITY" -> new Code.Capabilities(words.subList(1, words.size()));
                case "UIDNEXT" -> new Code.UidNext(Long.parseLong(words.get(1)));
                case "UIDVALIDITY" -> new Code.UidValidity(Long.parseLong(words.get(1)));
                case "UNSEEN" -> new Code.Unseen(Long.parseLong(words.get(1)));
                case "APPENDUID" ->
                        new Code.AppendUid(Long.parseLong(words.get(1)), set(words.get(2)));
                case "COPYUID" ->
                        new Code.CopyUid(
                                Long.parseLong(words.get(1)), set(words.get(2)), set(words.get(3)));
                case "PERMANENTFLAGS" -> new Code.PermanentFlags(permanent(text));
                default -> new Code.Other(text);
            };
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return new Code.Other(text);
        }
    }

    private static List<Flag> permanent(String text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) return List.of();
        return words(text.substring(open + 1, close)).stream().map(Flag::of).toList();
    }

    // RFC 4315 §4: uid-set = (uniqueid / uid-range) *("," uid-set)
    private static SequenceSet set(String text) {
        var ranges = new ArrayList<SequenceSet.Range>();
        for (var range : text.split(",", -1)) {
            int colon = range.indexOf(':');
            long first = Long.parseLong(colon < 0 ? range : range.substring(0, colon));
            long last = colon < 0 ? first : Long.parseLong(range.substring(colon + 1));
            if (Math.min(first, last) < 1 || Math.max(first, last) >= SequenceSet.STAR)
                throw new NumberFormatException(range);
            ranges.add(SequenceSet.Range.of(first, last));
        }
        return new SequenceSet(ranges);
    }

    // RFC 3501 §9: flag-list = "(" [flag *(SP flag)] ")"
    private List<Flag> flags() throws Refusal {
        in.expect('(');
        return words(in.until(')')).stream().map(Flag::of).toList();
    }

    // RFC 3501 §9: mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil)
    // SP mailbox
    private Response listed(boolean lsub) throws Refusal, Departure {
        in.sp();
        in.expect('(');
        var attributes = words(in.until(')'));
        in.sp();
        String delimiter = in.acceptNil() ? "" : in.string();
        in.sp();
        String octets = in.astring();
        if (octets.isEmpty()) return new Response.Delimiter(lsub);
        try {
            var name = MailboxName.decode(Lexer.utf8(octets));
            return new Response.Listed(lsub, attributes, delimiter, name);
        } catch (Refusal unspeakable) { // others can be listed all the same
            return new Response.Other("LIST");
        }
    }

    // RFC 3501 §9: "STATUS" SP mailbox SP "(" [status-att-list] ")"
    private Response status() throws Refusal, Departure {
        in.sp();
        var mailbox = Grammar.mailbox(in, false);
        in.sp();
        in.expect('(');
        var items = new EnumMap<StatusItem, Long>(StatusItem.class);
        while (!in.accept(')')) {
            if (!items.isEmpty()) in.sp();
            var item = Grammar.statusAtt(in);
            in.sp();
            items.put(item, in.number());
        }
        return new Response.Status(mailbox, items);
    }

    // RFC 3501 §9: "SEARCH" *(SP nz-number)
    private Response search() throws Refusal {
        var numbers = new ArrayList<Long>();
        while (!in.isBlankToEnd()) {
            in.sp();
            numbers.add(in.number());
        }
        return new Response.Search(numbers);
    }

    // RFC 3501 §9: msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP …) ")"
    private Map<String, Datum> msgAtt() throws Refusal, Departure {
        var items = new LinkedHashMap<String, Datum>();
        in.expect('(');
        while (!in.accept(')')) {
            if (!items.isEmpty()) in.sp();
            var name = new StringBuilder(in.keyword());
            if (in.accept('[')) name.append('[').append(in.until(']')).append(']');
            if (in.accept('<')) name.append('<').append(in.until('>')).append('>');
            in.sp();
            boolean body = name.indexOf("[") >= 0 || name.indexOf("RFC822") == 0;
            var to = body ? sink : null;
            items.put(name.toString(), to != null && in.peek() == '{' ? streamed(to) : datum());
        }
        return items;
    }

    private Datum streamed(Sink to) throws Refusal, Departure {
        var literal = in.announced();
        in.stream(literal, false, to);
        return new Datum.Streamed(literal.size());
    }

    /// Without recursion: what is open lies on a stack of bounded depth.
    private Datum datum() throws Refusal, Departure {
        Deque<List<Datum>> open = new ArrayDeque<>();
        while (true) {
            Datum datum;
            if (in.accept('(')) {
                if (open.size() == DEPTH) throw new Refusal(Reply.TOO_DEEP);
                open.push(new ArrayList<>());
                if (!in.accept(')')) continue;
                datum = new Datum.Group(open.pop());
            } else datum = leaf();
            while (true) {
                var waiting = open.peek();
                if (waiting == null) return datum;
                waiting.add(datum);
                if (!in.accept(')')) break;
                datum = new Datum.Group(open.pop());
            }
            in.accept(' '); // none between the parts of a multipart
        }
    }

    private Datum leaf() throws Refusal, Departure {
        if (in.peek() == '"' || in.peek() == '{') return new Datum.Text(in.string());
        if (in.acceptNil()) return new Datum.Nil();
        String backslash = in.accept('\\') ? "\\" : "";
        if (!backslash.isEmpty() && in.accept('*')) return new Datum.Atom("\\*");
        return new Datum.Atom(backslash + in.atom());
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var word : text.split(" ", -1)) if (!word.isEmpty()) words.add(word);
        return words;
    }
}
