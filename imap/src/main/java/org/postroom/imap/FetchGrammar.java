package org.postroom.imap;

import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.FetchItem.Binary;
import org.postroom.imap.FetchItem.BinarySize;
import org.postroom.imap.FetchItem.Body;
import org.postroom.imap.FetchItem.Partial;
import org.postroom.imap.FetchItem.Rfc822;
import org.postroom.wire.Departure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What FETCH asks for.
final class FetchGrammar {

    private static final int MOST_ITEMS = 500;
    private static final int MOST_FIELDS = 500;

    private final Lexer in;

    FetchGrammar(Lexer in) {
        this.in = in;
    }

    // RFC 3501 §6.4.5: ALL, FULL and FAST are macros
    List<FetchItem> items() throws Refusal, Departure {
        if (!in.accept('(')) {
            String word = in.keyword();
            return switch (word) {
                case "ALL" -> macro(Attribute.ENVELOPE);
                case "FULL" -> macro(Attribute.ENVELOPE, Attribute.BODY);
                case "FAST" -> macro();
                default -> List.of(fetchAtt(word));
            };
        }
        var items = new ArrayList<FetchItem>();
        do {
            if (items.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
            items.add(fetchAtt(in.keyword()));
        } while (in.accept(' '));
        in.expect(')');
        return items;
    }

    private static List<FetchItem> macro(FetchItem... more) {
        var items = new ArrayList<FetchItem>();
        items.add(Attribute.FLAGS);
        items.add(Attribute.INTERNALDATE);
        items.add(Attribute.RFC822_SIZE);
        items.addAll(List.of(more));
        return items;
    }

    // RFC 3501 §9: fetch-att, a word of [FetchItem], or
    // "BODY" section ["<" number "." nz-number ">"] /
    // "BODY.PEEK" section ["<" number "." nz-number ">"]
    private FetchItem fetchAtt(String word) throws Refusal, Departure {
        boolean peek = word.equals("BODY.PEEK");
        if (peek || (word.equals("BODY") && in.peek() == '['))
            return new Body(section(), peek, partial());
        if (word.equals("BINARY") || word.equals("BINARY.PEEK")) // RFC 3516 §7: fetch-att =/
        return new Binary(sectionBinary(), word.equals("BINARY.PEEK"), partial());
        if (word.equals("BINARY.SIZE")) return new BinarySize(sectionBinary());
        if (word.equals("PREVIEW")) in.acceptWord(" (LAZY)"); // RFC 8970 §4.2
        for (var attribute : Attribute.values()) if (attribute.atom.equals(word)) return attribute;
        for (var form : Rfc822.values()) if (form.atom.equals(word)) return form;
        throw Lexer.bad();
    }

    // RFC 3516 §7: section-binary = "[" [section-part] "]"
    private List<Integer> sectionBinary() throws Refusal, Departure {
        var section = section();
        if (section.text() != Section.Whole.ALL) throw Lexer.bad();
        return section.part();
    }

    private Optional<Partial> partial() throws Refusal {
        if (!in.accept('<')) return Optional.empty();
        long offset = in.number();
        in.expect('.');
        long length = in.nzNumber();
        in.expect('>');
        return Optional.of(new Partial(offset, length));
    }

    // RFC 3501 §9: section = "[" [section-spec] "]"
    // section-spec = section-msgtext / (section-part ["." section-text])
    private Section section() throws Refusal, Departure {
        in.expect('[');
        var part = new ArrayList<Integer>();
        while (in.isNumberNext()) {
            if (part.size() == Section.DEPTH) throw new Refusal(Reply.TOO_DEEP);
            part.add((int) Math.min(in.nzNumber(), Integer.MAX_VALUE));
            if (!in.accept('.')) {
                in.expect(']');
                return new Section(part, Section.Whole.ALL);
            }
        }
        if (part.isEmpty() && in.accept(']')) return Section.MESSAGE;
        var text = sectionText(!part.isEmpty());
        in.expect(']');
        return new Section(part, text);
    }

    // RFC 3501 §9: section-text = section-msgtext / "MIME"
    // section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
    private Section.Text sectionText(boolean ofPart) throws Refusal, Departure {
        return switch (in.keyword()) {
            case "HEADER" -> Section.Whole.HEADER;
            case "HEADER.FIELDS" -> new Section.Fields(false, headerList());
            case "HEADER.FIELDS.NOT" -> new Section.Fields(true, headerList());
            case "TEXT" -> Section.Whole.TEXT;
            case "MIME" -> {
                if (!ofPart) throw Lexer.bad();
                yield Section.Whole.MIME;
            }
            default -> throw Lexer.bad();
        };
    }

    // RFC 3501 §9: header-list = "(" header-fld-name *(SP header-fld-name) ")"
    private List<String> headerList() throws Refusal, Departure {
        in.sp();
        in.expect('(');
        var names = new ArrayList<String>();
        do {
            if (names.size() == MOST_FIELDS) throw new Refusal(Reply.TOO_BIG);
            names.add(in.astring());
        } while (in.accept(' '));
        in.expect(')');
        return names;
    }
}
