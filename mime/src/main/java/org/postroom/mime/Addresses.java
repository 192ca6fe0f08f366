package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Reads address lists (RFC 5322 §3.4, its obsolete forms of §4.4, and what RFC 7103 §7.1 saw
/// besides): one pass, left to right, whatever the text. A comma, a semicolon or the end of an
/// address closes what was being read; what is unbalanced is read as if it were not there.
public final class Addresses {

    private static final Ascii.Set SPECIAL = new Ascii.Set(" \t\r\n(\".,;:<>@");

    private final List<Address> list = new ArrayList<>();

    private String text = "";
    private int at;
    private boolean quotesEnd; // a quotation mark is without its fellow: so are all after it
    private boolean commentsEnd; // likewise a bracket
    private boolean inGroup;
    private boolean odd;

    // What is known of the address being read.
    private final StringBuilder phrase = new StringBuilder(); // words, single blanks between them
    private final StringBuilder run = new StringBuilder(); // the last words that dots join
    private int runStart; // where the run begins in the phrase
    private boolean joined; // the next word belongs to the run: a dot was last
    private boolean gap; // blanks or a comment since the last word or dot
    private boolean seen; // anything at all, if only quotation marks
    private String comment = ""; // the last one

    /// The addresses of one field's unfolded value.
    public static List<Address> parse(String value) {
        var addresses = new Addresses();
        addresses.read(value);
        return addresses.list();
    }

    List<Address> list() {
        return list;
    }

    /// Whether something was read that is no address ([Tolerance#BROKEN_ADDRESS]).
    boolean odd() {
        return odd;
    }

    /// Adds the addresses of a value; false if there were more than [Structure#MAX_ADDRESSES] in
    /// all, and the rest was passed over.
    // RFC 5322 §3.4: address-list = (address *("," address)) / obs-addr-list
    boolean read(String value) {
        text = value;
        at = 0;
        quotesEnd = false;
        commentsEnd = false;
        while (at < text.length() && list.size() < Structure.MAX_ADDRESSES) // TRAPS T35
        one(text.charAt(at));
        boolean whole = at == text.length();
        if (whole) endAddress();
        else forget();
        endGroup();
        return whole;
    }

    private void one(char c) {
        switch (c) {
            case ' ', '\t', '\r', '\n' -> blank();
            case '(' -> comment();
            case '"' -> quoted();
            case '.' -> dot();
            case ',' -> next();
            case ';' -> {
                next();
                endGroup();
            }
            case ':' -> colon();
            case '<' -> angle();
            case '>' -> { // RFC 7103 §7.1.3: unbalanced
                at++;
                odd = true;
            }
            case '@' -> bare();
            default -> word(atom());
        }
    }

    private void blank() {
        gap = true;
        at++;
    }

    private void next() {
        at++;
        endAddress();
    }

    // RFC 5322 §3.2.3: atom = [CFWS] 1*atext [CFWS]; what has no other meaning is atext here
    private String atom() {
        int from = at++;
        while (at < text.length() && !SPECIAL.has(text.charAt(at))) at++;
        return text.substring(from, at);
    }

    private void word(String word) {
        boolean joins = joined || (seen && !gap);
        if (!joins) run.setLength(0);
        if (gap && !phrase.isEmpty()) phrase.append(' ');
        if (!joins) runStart = phrase.length();
        run.append(word);
        phrase.append(word);
        joined = false;
        gap = false;
        seen = true;
    }

    // RFC 5322 §4.4: obs-local-part = word *("." word); obs-phrase has dots, too
    private void dot() {
        at++;
        if (gap && !phrase.isEmpty()) phrase.append(' ');
        phrase.append('.');
        run.append('.');
        joined = true;
        gap = false;
        seen = true;
    }

    // RFC 5322 §3.2.4: quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]
    private void quoted() {
        int from = at++;
        if (quotesEnd) return;
        var content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                word(content.toString());
                return;
            }
            if (c == '\\' && at < text.length()) c = text.charAt(at++);
            content.append(c);
        }
        quotesEnd = odd = true; // RFC 7103 §7.1.6
        at = from + 1;
    }

    // RFC 5322 §3.2.2: comment = "(" *([FWS] ccontent) [FWS] ")"
    private void comment() {
        int from = at;
        if (!commentsEnd) {
            var content = new StringBuilder();
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '(' && depth < Structure.MAX_COMMENT_DEPTH) {
                    if (depth++ == 0) continue;
                } else if (c == ')' && --depth == 0) {
                    comment = content.toString().strip();
                    gap = true;
                    return;
                } else if (c == '\\' && at < text.length()) c = text.charAt(at++);
                content.append(c);
            }
            commentsEnd = odd = true; // RFC 7103 §7.1.4
        }
        at = from + 1;
        gap = true;
    }

    // RFC 5322 §3.4: group = display-name ":" [group-list] ";" [CFWS]
    private void colon() {
        at++;
        if (inGroup || phrase.isEmpty()) return;
        list.add(Address.groupStart(phrase.toString()));
        inGroup = true;
        forget();
    }

    private void endGroup() {
        if (inGroup) list.add(Address.GROUP_END);
        inGroup = false;
    }

    // RFC 5322 §3.4: angle-addr = [CFWS] "<" addr-spec ">" [CFWS] / obs-angle-addr
    private void angle() {
        while (at < text.length() && text.charAt(at) == '<') at++; // RFC 7103 §7.1.2
        String name = seen ? phrase.toString() : null;
        forget();
        skipBlanks();
        String route = route();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '>' || c == ',' || c == ';' || c == '<') break; // RFC 7103 §7.1.3, §7.1.5
            if (c == '@') {
                String mailbox = local();
                add(name, route, mailbox, domain(true));
                return;
            }
            if (c == ':') { // a mailto: in front
                forget();
                at++;
            } else one(c);
        }
        odd |= !phrase.isEmpty();
        add(name, route, phrase.toString(), "");
    }

    // RFC 5322 §4.4: obs-route = obs-domain-list ":", obs-domain-list = "@" domain *("," "@"
    // domain)
    private @Nullable String route() {
        if (at >= text.length() || text.charAt(at) != '@') return null;
        var route = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '>' || c == ';' || c == '<') break;
            at++;
            if (c == ':') break;
            if (!Ascii.blank(c)) route.append(c);
        }
        return route.toString();
    }

    /// `local@domain` without brackets: the words before the local part are a name.
    // RFC 5322 §3.4.1: addr-spec = local-part "@" domain
    private void bare() {
        String name = phrase.substring(0, Math.min(runStart, phrase.length())).strip();
        String mailbox = local();
        String domain = domain(false);
        if (at < text.length() && text.charAt(at) == '<') { // an address as its own display name
            gap = !name.isEmpty();
            phrase.append(name);
            word(mailbox + "@" + domain);
        } else add(name.isEmpty() ? null : name, null, mailbox, domain);
    }

    /// The words that dots join before the `@` that was reached.
    private String local() {
        String mailbox = run.toString();
        forget();
        return mailbox;
    }

    // RFC 5322 §3.4.1: domain = dot-atom / domain-literal / obs-domain
    private String domain(boolean inBrackets) {
        at++;
        var domain = new StringBuilder();
        boolean dotted = true; // the next atom belongs to the domain
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> at++;
                case '(' -> comment();
                case '[' -> {
                    domain.append(literal());
                    dotted = false;
                }
                case '.', '@' -> {
                    domain.append(c);
                    at++;
                    dotted = true;
                }
                case '"', ':' -> at++;
                case ',', ';', '<', '>' -> {
                    return domain.toString();
                }
                default -> {
                    if (!dotted && !inBrackets) return domain.toString(); // a comma is missing
                    domain.append(atom());
                    dotted = false;
                }
            }
        }
        return domain.toString();
    }

    // RFC 5322 §3.4.1: domain-literal = [CFWS] "[" *([FWS] dtext) [FWS] "]" [CFWS]
    private String literal() {
        int from = at;
        while (at < text.length() && ",;<>]".indexOf(text.charAt(at)) < 0) at++;
        if (at < text.length() && text.charAt(at) == ']') at++;
        return text.substring(from, at);
    }

    private void skipBlanks() {
        while (at < text.length() && Ascii.blank(text.charAt(at))) at++;
    }

    /// A whole address. Up to the next comma only comments may follow it, and the last one names it
    /// if nothing else does, as was the custom before there were display names.
    private void add(@Nullable String name, @Nullable String route, String mailbox, String host) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '>' || Ascii.blank(c)) at++;
            else if (c == '(') comment();
            else break;
        }
        keep(name == null && !comment.isEmpty() ? comment : name, route, mailbox, host);
    }

    /// Of words without an address one is a local part, more are a name (RFC 7103 §7.1.7); nothing
    /// is nothing.
    private void endAddress() {
        if (!phrase.isEmpty()) {
            String words = phrase.toString();
            odd = true;
            boolean one = runStart == 0 && run.length() == words.length();
            if (one) keep(comment.isEmpty() ? null : comment, null, words, "");
            else keep(words, null, "", "");
        } else forget();
    }

    private void keep(@Nullable String name, @Nullable String route, String mailbox, String host) {
        list.add(new Address(cut(name), cut(route), cut(mailbox), cut(host)));
        forget();
    }

    /// What is megabytes long is no address, and must not keep others out of a summary.
    private @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= Structure.MAX_VALUE) return text;
        odd = true;
        return text.substring(0, Structure.MAX_VALUE);
    }

    private void forget() {
        phrase.setLength(0);
        run.setLength(0);
        runStart = 0;
        joined = false;
        gap = false;
        seen = false;
        comment = "";
    }
}
