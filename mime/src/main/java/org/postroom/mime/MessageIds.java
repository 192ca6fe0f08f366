package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/// Reads Message-ID, In-Reply-To, References, Resent-Message-ID, Content-ID: their ids without
/// brackets. One pass, whatever the value.
///
/// Blanks and folds within an id are left out, quotes that need not be there, too, so that two
/// spellings of an id are one (RFC 5256 §3). An id whose bracket is not closed ends where the next
/// begins, or with a blank ([Tolerance#BROKEN_MESSAGE_ID]). Words beside the ids are passed over, as
/// in `Your message of "Monday" <id@x>` (RFC 5322 §4.5.4); only where there is no bracket at all, the
/// words with an `@` are the ids.
public final class MessageIds {

    /// How many ids of a field are kept: the first, and of the others the last ones.
    public static final int MAX = 500;

    private static final Ascii.Set ODD = new Ascii.Set("<> \t\r\n\"(");

    private final String value;
    private final int lastClose; // where the last bracket closes
    private int at;
    private boolean quotesEnd; // a quotation mark is without its fellow: so are all after it
    private boolean commentsEnd; // likewise a bracket
    private final ArrayDeque<String> ids = new ArrayDeque<>(4);
    private @Nullable String first; // once there are too many

    private MessageIds(String value) {
        this.value = value;
        this.lastClose = value.lastIndexOf('>');
    }

    // RFC 5322 §3.6.4: msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]
    public static List<String> parse(String value) {
        if (isOnePlain(value)) return List.of(value.substring(1, value.length() - 1));
        var in = new MessageIds(value);
        if (value.indexOf('<') >= 0) in.bracketed();
        else in.bare();
        if (in.first != null) in.ids.addFirst(in.first);
        return List.copyOf(in.ids);
    }

    /// Whether this is one id as the RFC has it, or nearly.
    static boolean isOne(String value) {
        if (isOnePlain(value)) return value.indexOf('@') > 1;
        if (!value.startsWith("<") || !value.endsWith(">")) return false;
        var ids = parse(value);
        return ids.size() == 1 && ids.getFirst().indexOf('@') > 0;
    }

    /// Whether nothing needs to be looked for: the most common case by far.
    private static boolean isOnePlain(String value) {
        int last = value.length() - 1;
        if (last < 2 || value.charAt(0) != '<' || value.charAt(last) != '>') return false;
        for (int i = 1; i < last; i++) if (ODD.has(value.charAt(i))) return false;
        return true;
    }

    private void bracketed() {
        while (at < value.length())
            switch (value.charAt(at)) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> id();
                default -> at++;
            }
    }

    private void id() {
        var id = new StringBuilder();
        boolean domain = false;
        boolean gap = false;
        while (at < value.length() && value.charAt(at) == '<') at++;
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c == '>' || c == '<' || (gap && domain && at > lastClose)) break;
            if (Ascii.blank(c)) gap = true;
            else if (c == '"' && !domain) {
                id.append(quoted());
                continue;
            } else if (c == '(' && domain) { // RFC 5322 §4.5.4: obs-id-right may have comments
                comment();
                continue;
            } else {
                domain |= c == '@';
                id.append(c);
            }
            at++;
        }
        add(id.toString());
    }

    /// A quoted string, without its quotes if it needs none; `at` is left after it. One without an
    /// end is a quotation mark.
    private String quoted() {
        int from = at++;
        boolean needed = false;
        for (int i = at; i < value.length() && !quotesEnd; i++) {
            char c = value.charAt(i);
            if (c == '"') {
                at = i + 1;
                return needed || at == from + 2
                        ? value.substring(from, at)
                        : value.substring(from + 1, i);
            }
            needed |= c <= ' ' || "()<>[]:;@\\,".indexOf(c) >= 0;
            if (c == '\\') i++;
        }
        quotesEnd = true;
        return "\"";
    }

    private void comment() {
        int from = at++;
        int depth = 1;
        while (at < value.length() && !commentsEnd) {
            char c = value.charAt(at++);
            if (c == '(') depth++;
            else if (c == '\\') at++;
            else if (c == ')' && --depth == 0) return;
        }
        commentsEnd = true;
        at = from + 1;
    }

    private void bare() {
        int from = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean ends = i == value.length() || Ascii.blank(value.charAt(i));
            if (!ends && ",;>".indexOf(value.charAt(i)) < 0) continue;
            String word = value.substring(from, i);
            if (word.indexOf('@') > 0 && !word.endsWith("@")) add(word);
            from = i + 1;
        }
    }

    private void add(String id) {
        if (id.isEmpty()) return;
        if (ids.size() == MAX && first == null) first = ids.pollFirst();
        if (first != null && ids.size() == MAX - 1) ids.removeFirst();
        ids.add(id);
    }
}
