package org.postroom.imap;

import org.postroom.imap.ListOptions.Return;
import org.postroom.imap.ListOptions.Selection;
import org.postroom.wire.Departure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// What LIST asks for, as RFC 3501 has it or as RFC 5258 does.
final class ListGrammar {

    private static final int MOST_PATTERNS = 100;
    private static final int MOST_ITEMS = 100;

    private final Lexer in;
    private final boolean utf8;

    ListGrammar(Lexer in, boolean utf8) {
        this.in = in;
        this.utf8 = utf8;
    }

    // RFC 5258 §6: list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat
    // [SP "RETURN" SP "(" [return-option *(SP return-option)] ")"]
    Command.List list() throws Refusal, Departure {
        in.sp();
        boolean extended = false;
        var selection = EnumSet.noneOf(Selection.class);
        if (in.accept('(')) {
            extended = true;
            selectOpts(selection);
            in.sp();
        }
        String reference = Lexer.utf8(in.astring());
        in.sp();
        var patterns = new ArrayList<MailboxPattern>();
        if (in.accept('(')) {
            extended = true;
            do {
                if (patterns.size() == MOST_PATTERNS) throw new Refusal(Reply.TOO_BIG);
                patterns.add(pattern(reference));
            } while (in.accept(' '));
            in.expect(')');
        } else patterns.add(pattern(reference));
        var returned = EnumSet.noneOf(Return.class);
        var status = new ArrayList<StatusItem>();
        if (!in.isBlankToEnd()) {
            extended = true;
            in.sp();
            if (!in.keyword().equals("RETURN")) throw Lexer.bad();
            in.sp();
            in.expect('(');
            returnOpts(returned, status);
        }
        return new Command.List(new ListOptions(selection, returned, status), patterns, extended);
    }

    private MailboxPattern pattern(String reference) throws Refusal, Departure {
        return MailboxPattern.decode(reference, Lexer.utf8(in.listMailbox()), utf8);
    }

    // RFC 5258 §6: list-select-opts = "(" [*(list-select-opt SP) list-select-base-opt …] ")"
    private void selectOpts(EnumSet<Selection> selection) throws Refusal {
        while (!in.accept(')')) {
            if (!selection.isEmpty()) in.sp();
            selection.add(selectOpt(in.keyword()));
        }
        // RFC 5258 §3: RECURSIVEMATCH needs an option that it can be about
        if (selection.contains(Selection.RECURSIVEMATCH)
                && !selection.contains(Selection.SUBSCRIBED)
                && !selection.contains(Selection.SPECIAL_USE)) throw Lexer.bad();
    }

    private static Selection selectOpt(String word) throws Refusal {
        for (var option : Selection.values()) if (option.atom.equals(word)) return option;
        throw Lexer.bad();
    }

    // RFC 5258 §6: return-option; RFC 5819 §4: status-option = "STATUS" SP "(" status-att … ")"
    private void returnOpts(EnumSet<Return> returned, List<StatusItem> status) throws Refusal {
        boolean first = true;
        while (!in.accept(')')) {
            if (!first) in.sp();
            first = false;
            String word = in.keyword();
            if (word.equals("STATUS")) statusOption(status);
            else returned.add(returnOption(word));
        }
    }

    private void statusOption(List<StatusItem> status) throws Refusal {
        in.sp();
        in.expect('(');
        do {
            if (status.size() == MOST_ITEMS) throw new Refusal(Reply.TOO_BIG);
            status.add(Grammar.statusAtt(in));
        } while (in.accept(' '));
        in.expect(')');
    }

    private static Return returnOption(String word) throws Refusal {
        for (var option : Return.values()) if (option.atom.equals(word)) return option;
        throw Lexer.bad();
    }
}
