package org.postroom.server.jmap;

import org.postroom.mime.Part;
import org.postroom.mime.Summary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A message's parts as JMAP numbers them: the message itself is 0, and each part comes before what is in
/// it. What lies in a message within is none of this message's (RFC 8621 §4.1.4).
final class MessageParts {

    /// A part and its number.
    record Numbered(Part part, int number) {

        boolean isMultipart() {
            return part.isMultipart();
        }

        String type() {
            return part.type().type() + "/" + part.type().subtype();
        }
    }

    /// The parts that a client shows one after the other, and those that it offers (RFC 8621 §4.1.4).
    record Lists(List<Numbered> text, List<Numbered> html, List<Numbered> attachments) {}

    private MessageParts() {}

    static List<Numbered> of(Summary summary) {
        var all = new ArrayList<Numbered>();
        var open = new ArrayDeque<Part>();
        open.push(summary.root());
        while (!open.isEmpty()) {
            var part = open.pop();
            all.add(new Numbered(part, all.size()));
            if (part.isMultipart()) for (var child : part.children().reversed()) open.push(child);
        }
        return all;
    }

    /// The parts within one of these.
    static List<Numbered> within(Numbered parent, List<Numbered> all) {
        var children = new ArrayList<Numbered>();
        int next = parent.number + 1;
        for (int i = 0; i < parent.part.children().size(); i++) {
            var child = all.get(next);
            children.add(child);
            next += size(child.part);
        }
        return children;
    }

    /// How many numbers a part takes. As deep as the structure, which is bounded.
    private static int size(Part part) {
        int size = 1;
        if (part.isMultipart()) for (var child : part.children()) size += size(child);
        return size;
    }

    static Lists lists(Summary summary) {
        var all = of(summary);
        var walk = new Walk(all);
        walk.parts(List.of(all.getFirst()), "mixed", new Into(true, true), false);
        return new Lists(walk.text, walk.html, walk.attachments);
    }

    /// Into which lists what comes next goes, both unless an alternative decided.
    private static final class Into {

        private boolean text;
        private boolean html;

        Into(boolean text, boolean html) {
            this.text = text;
            this.html = html;
        }
    }

    /// RFC 8621 §4.1.4: parseStructure of its example, which is what servers have to agree with.
    private static final class Walk {

        private final List<Numbered> all;
        private final List<Numbered> text = new ArrayList<>();
        private final List<Numbered> html = new ArrayList<>();
        private final List<Numbered> attachments = new ArrayList<>();

        Walk(List<Numbered> all) {
            this.all = all;
        }

        void parts(List<Numbered> parts, String multipart, Into outer, boolean inAlternative) {
            var into = new Into(outer.text, outer.html);
            int textBefore = text.size();
            int htmlBefore = html.size();
            for (int i = 0; i < parts.size(); i++) {
                var part = parts.get(i);
                if (part.isMultipart()) {
                    String subtype = part.part.type().subtype();
                    parts(
                            within(part, all),
                            subtype,
                            into,
                            inAlternative || subtype.equals("alternative"));
                } else if (isInline(part, multipart, i == 0))
                    inline(part, multipart, into, inAlternative);
                else attachments.add(part);
            }
            if (!multipart.equals("alternative") || !into.text || !into.html) return;
            boolean noText = text.size() == textBefore;
            boolean noHtml = html.size() == htmlBefore;
            if (noText && !noHtml) text.addAll(html.subList(htmlBefore, html.size()));
            else if (noHtml && !noText) html.addAll(text.subList(textBefore, text.size()));
        }

        private void inline(Numbered part, String multipart, Into into, boolean inAlternative) {
            String type = part.type();
            if (multipart.equals("alternative")) {
                switch (type) {
                    case "text/plain" -> text.add(part);
                    case "text/html" -> html.add(part);
                    default -> attachments.add(part);
                }
                return;
            }
            if (inAlternative && type.equals("text/plain")) into.html = false;
            if (inAlternative && type.equals("text/html")) into.text = false;
            if (into.text) text.add(part);
            if (into.html) html.add(part);
            if ((!into.text || !into.html) && isMedia(part)) attachments.add(part);
        }

        private static boolean isInline(Numbered part, String multipart, boolean first) {
            var disposition = part.part.disposition();
            if (disposition != null && disposition.type().equals("attachment")) return false;
            String type = part.type();
            if (!type.equals("text/plain") && !type.equals("text/html") && !isMedia(part))
                return false;
            return first
                    || (!multipart.equals("related")
                            && (isMedia(part) || part.part.fileName().isEmpty()));
        }

        private static boolean isMedia(Numbered part) {
            return switch (part.part.type().type()) {
                case "image", "audio", "video" -> true;
                default -> false;
            };
        }
    }
}
