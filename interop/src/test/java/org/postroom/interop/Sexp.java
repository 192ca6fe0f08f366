package org.postroom.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The lists of lists that FETCH answers with, read into Strings and Lists: NIL is null.
final class Sexp {

    /// What stands where an address lacks something: RFC 9051 §7.5.2 does not say.
    private static final Set<String> MISSING =
            Set.of(
                    "MISSING_MAILBOX",
                    "MISSING_DOMAIN",
                    "SYNTAX_ERROR",
                    "unspecified-domain",
                    ".MISSING-HOST-NAME.");

    private final String text;
    private int at;

    private Sexp(String text) {
        this.text = text;
    }

    /// What follows this word in a FETCH response, literals in place.
    static List<?> after(String word, String response) {
        var in = new Sexp(response);
        in.at = response.indexOf(word + " (") + word.length() + 1;
        return in.list();
    }

    private List<Object> list() {
        var list = new ArrayList<Object>();
        at++;
        while (text.charAt(at) != ')') {
            char c = text.charAt(at);
            if (c == ' ') at++;
            else if (c == '(') list.add(list());
            else if (c == '"') list.add(quoted());
            else if (c == '{') list.add(literal());
            else list.add(atom());
        }
        at++;
        return list;
    }

    private String quoted() {
        var value = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') at++;
            value.append(text.charAt(at));
        }
        at++;
        return value.toString();
    }

    private String literal() {
        int end = text.indexOf('}', at);
        int length = Integer.parseInt(text.substring(at + 1, end));
        at = end + 3 + length;
        return text.substring(end + 3, at);
    }

    private Object atom() {
        int from = at;
        while (" ()".indexOf(text.charAt(at)) < 0) at++;
        String atom = text.substring(from, at);
        return atom.toUpperCase(Locale.ROOT).equals("NIL") ? List.of() : atom;
    }

    /// A body structure in one spelling: what RFC 9051 §7.5.2 has case-insensitive in lower case.
    static String structure(List<?> body) {
        var out = new StringBuilder();
        body(body, out);
        return out.toString();
    }

    private static void body(List<?> body, StringBuilder out) {
        out.append('(');
        int i = 0;
        if (body.get(0) instanceof List<?>) {
            for (; body.get(i) instanceof List<?> child; i++) body(child, out);
            out.append(' ').append(lower(body.get(i++)));
            parameters(body.get(i++), out);
        } else {
            String type = lower(body.get(0)) + "/" + lower(body.get(1));
            out.append(type);
            parameters(body.get(2), out);
            value(body.get(3), out);
            value(body.get(4), out);
            out.append(' ').append(lower(body.get(5)));
            value(body.get(6), out);
            i = 7;
            boolean message = body.get(7) instanceof List<?> envelope && envelope.size() == 10;
            if (message) {
                value(body.get(i++), out.append(" envelope"));
                body((List<?>) body.get(i++), out);
                value(body.get(i++), out);
            } else if (type.startsWith("text/")) value(body.get(i++), out);
            value(body.get(i++), out.append(" md5"));
        }
        disposition(body.get(i++), out.append(" disposition"));
        languages(body.get(i++), out.append(" language"));
        value(body.get(i++), out.append(" location"));
        out.append(')');
    }

    private static void parameters(Object parameters, StringBuilder out) {
        var list = (List<?>) parameters;
        for (int i = 0; i + 1 < list.size(); i += 2) {
            String name = lower(list.get(i));
            String value = list.get(i + 1).toString();
            if (name.equals("charset") && value.equalsIgnoreCase("us-ascii"))
                continue; // RFC 2045 §5.2: the default, which may be said or not
            out.append(' ').append(name).append('=');
            value(value, out);
        }
    }

    private static void disposition(Object disposition, StringBuilder out) {
        var list = (List<?>) disposition;
        if (list.isEmpty()) return;
        out.append(' ').append(lower(list.get(0)));
        parameters(list.get(1), out);
    }

    private static void languages(Object languages, StringBuilder out) {
        var list = languages instanceof List<?> many ? many : List.of(languages);
        for (var language : list) value(lower(language), out); // RFC 5646 §2.1.1: in any case
    }

    private static String lower(Object text) {
        return text.toString().toLowerCase(Locale.ROOT);
    }

    static void value(Object value, StringBuilder out) {
        if (value instanceof List<?> list) {
            out.append('(');
            for (var each : list) value(each, out);
            out.append(')');
        } else out.append('"').append(MISSING.contains(value) ? "" : value).append('"');
    }
}
