package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Filter;
import org.postroom.jmap.Json;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.mime.Words;
import org.postroom.mime.render.HtmlText;
import org.postroom.store.EmailId;
import org.postroom.store.Message;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/// SearchSnippet/get (RFC 8621 §5.1): where in subject and text the words of a search stand.
final class Snippets {

    private static final int MOST_TEXT = 1 << 20;
    private static final int LENGTH = 200;
    private static final int BEFORE = 60;

    private final Visit visit;
    private final List<String> subject = new ArrayList<>();
    private final List<String> body = new ArrayList<>();

    Snippets(Visit visit) {
        this.visit = visit;
    }

    ObjectNode get(Call.Snippets call) throws Refusal {
        if (call.filter() != null) gather(call.filter());
        var emails = new ArrayList<EmailId>();
        var notFound = new ArrayList<String>();
        for (var id : new LinkedHashSet<>(call.emails()))
            EmailId.parse(visit.id(id)).ifPresentOrElse(emails::add, () -> notFound.add(id));
        var list = Json.array();
        var all = visit.account().placed(emails);
        for (int i = 0; i < all.size(); i++) {
            var placed = all.get(i);
            if (placed == null) notFound.add(emails.get(i).text());
            else list.add(visit.share().<ObjectNode>run(_ -> snippet(placed.message())));
        }
        var response = visit.response();
        response.set("list", list);
        if (notFound.isEmpty()) response.putNull("notFound");
        else response.set("notFound", Json.array(notFound));
        return response;
    }

    /// The words that are looked for, but for those that must not be there.
    private void gather(Filter filter) throws Refusal {
        switch (filter) {
            case Filter.Operation(var operator, var of) -> {
                if (operator != Filter.Operator.NOT) for (var each : of) gather(each);
            }
            case Filter.Condition(var members) -> {
                for (var member : members.properties()) {
                    String name = member.getKey();
                    if (!List.of("text", "subject", "body").contains(name)) continue;
                    if (!member.getValue().isString())
                        throw new Refusal(MethodError.UNSUPPORTED_FILTER, name);
                    var terms = EmailConditions.terms(member.getValue().stringValue());
                    if (!name.equals("body")) subject.addAll(terms);
                    if (!name.equals("subject")) body.addAll(terms);
                }
            }
        }
    }

    private ObjectNode snippet(Message message) {
        String written = message.envelope().subject();
        String text = written == null ? "" : Words.decode(written);
        return Json.object()
                .put("emailId", message.id().text())
                .put("subject", subject.isEmpty() ? null : marked(text, subject))
                .put("preview", body.isEmpty() ? null : preview(message));
    }

    private @Nullable String preview(Message message) {
        for (var part : MessageParts.lists(message.summary()).text()) {
            if (!part.part().type().type().equals("text")) continue;
            String text = BodyText.of(message::read, part.part(), MOST_TEXT).value();
            if (part.type().equals("text/html")) text = HtmlText.of(text, 0);
            String line = text.replaceAll("\\s+", " ").strip();
            int at = first(line);
            if (at < 0) continue;
            int from = Math.max(0, at - BEFORE);
            if (from > 0 && Character.isLowSurrogate(line.charAt(from))) from--;
            int to = Math.min(line.length(), from + LENGTH);
            if (to < line.length() && Character.isLowSurrogate(line.charAt(to))) to--;
            return marked(line.substring(from, to), body);
        }
        return null;
    }

    private int first(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        int first = -1;
        for (var term : body) {
            int at = lower.indexOf(term.toLowerCase(Locale.ROOT));
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }
        return Math.min(first, line.length() - 1);
    }

    /// RFC 8621 §5: as HTML, the words marked; null when none is there.
    private static @Nullable String marked(String text, List<String> terms) {
        boolean[] hit = new boolean[text.length()];
        boolean any = false;
        for (var term : terms)
            for (int at = 0; at + term.length() <= text.length(); at++)
                if (!term.isEmpty() && text.regionMatches(true, at, term, 0, term.length())) {
                    for (int i = at; i < at + term.length(); i++) hit[i] = true;
                    any = true;
                }
        if (!any) return null;
        var html = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (hit[i] && (i == 0 || !hit[i - 1])) html.append("<mark>");
            char c = text.charAt(i);
            html.append(
                    switch (c) {
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '&' -> "&amp;";
                        case '"' -> "&quot;";
                        default -> String.valueOf(c);
                    });
            if (hit[i] && (i + 1 == text.length() || !hit[i + 1])) html.append("</mark>");
        }
        return html.toString();
    }
}
