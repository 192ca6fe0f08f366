package org.postroom.mime.render;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/// Tells tables that hold data from those that hold a page together: the latter contain tables, or
/// paragraphs, or say so.
final class Tables implements NodeVisitor {

    private final Set<Element> layout = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Element> open = new ArrayDeque<>();

    private Tables() {}

    static Tables of(Document document) {
        var tables = new Tables();
        document.traverse(tables);
        return tables;
    }

    boolean isData(Element table) {
        return !layout.contains(table);
    }

    @Override
    public void head(Node node, int depth) {
        if (!(node instanceof Element element)) return;
        switch (element.normalName()) {
            case "table" -> {
                // the ones further out are marked already, by the one before
                if (!open.isEmpty()) layout.add(open.getLast());
                if (element.attr("role").equals("presentation")) layout.add(element);
                open.addLast(element);
            }
            case "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "hr", "form" -> {
                if (!open.isEmpty()) layout.add(open.getLast());
            }
            default -> {}
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element && element.normalName().equals("table"))
            open.removeLast();
    }
}
