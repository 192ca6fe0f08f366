package org.postroom.mime.render;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// HTML as text: paragraphs, lists, quotes and tables as one would type them, links as numbered
/// footnotes, since where a link leads is what a reader must be able to see. What nobody would see in
/// a browser (scripts, styles, hidden text, one-pixel images) is left out.
///
/// Style sheets are not read, only what elements say of themselves.
public final class HtmlText {

    /// How many characters of HTML are read.
    public static final int MOST_HTML = 2 << 20;

    private static final int DEEPEST = 256;
    private static final int LONGEST_LINK = 2000;
    private static final int MOST_LINKS = 1000;

    private static final Set<String> PARAGRAPHS =
            Set.of(
                    "p",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "blockquote",
                    "ul",
                    "ol",
                    "dl",
                    "pre",
                    "table",
                    "figure",
                    "address",
                    "fieldset");

    private static final Set<String> UNSEEN =
            Set.of(
                    "head",
                    "script",
                    "style",
                    "title",
                    "template",
                    "iframe",
                    "object",
                    "embed",
                    "applet",
                    "svg",
                    "math",
                    "canvas",
                    "audio",
                    "video",
                    "select",
                    "datalist",
                    "textarea",
                    "noframes",
                    "noembed",
                    "map");

    private static final Set<String> LINKED =
            Set.of("http", "https", "mailto", "ftp", "ftps", "tel");

    private HtmlText() {}

    /// The text, in lines of at most `width` columns, or unbroken if that is 0. It may still contain
    /// control characters: [Visible] is for showing it.
    public static String of(String html, int width) {
        String read = html.length() > MOST_HTML ? html.substring(0, MOST_HTML) : html;
        var parser = Parser.htmlParser().setMaxDepth(DEEPEST);
        Document document = parser.parseInput(read, "");
        var tables = Tables.of(document);
        var visitor = new Visitor(tables, width);
        document.filter(visitor);
        return visitor.end();
    }

    private static final class Visitor implements NodeFilter {

        private final Tables tables;
        private final Map<String, Integer> links = new LinkedHashMap<>();
        private final Deque<int[]> counters = new ArrayDeque<>(); // of the lists that are open
        private final Flow page;
        private Flow flow;
        private @Nullable Grid grid; // the table whose cells are being read
        private int pre;
        private @Nullable StringBuilder linkText;

        Visitor(Tables tables, int width) {
            this.tables = tables;
            page = new Flow(width, MOST_HTML);
            flow = page;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (page.isFull()) return FilterResult.STOP;
            switch (node) {
                case TextNode text -> text(text.getWholeText());
                case Element element -> {
                    if (UNSEEN.contains(element.normalName()) || Hidden.is(element))
                        return FilterResult.SKIP_ENTIRELY;
                    open(element);
                }
                default -> {}
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) close(element);
            return FilterResult.CONTINUE;
        }

        private void text(String text) {
            if (linkText != null && linkText.length() < LONGEST_LINK) linkText.append(text);
            if (pre == 0) flow.text(text);
            else preformatted(text);
        }

        private void preformatted(String text) {
            int from = 0;
            for (int end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
                flow.mark(text.substring(from, end));
                flow.forceLine();
            }
            flow.mark(text.substring(from));
        }

        private void open(Element element) {
            String name = element.normalName();
            separate(element, name);
            switch (name) {
                case "br" -> flow.forceLine();
                case "hr" -> {
                    flow.endParagraph();
                    flow.verbatim("-".repeat(Math.min(flow.width() == 0 ? 40 : flow.width(), 40)));
                    flow.endParagraph();
                }
                case "img" -> image(element);
                case "a" -> linkText = element.hasAttr("href") ? new StringBuilder() : null;
                case "q" -> flow.text("\"");
                case "blockquote" -> flow.push("> ", "> ");
                case "ul" -> counters.addLast(new int[] {Integer.MIN_VALUE});
                case "ol" -> counters.addLast(new int[] {start(element)});
                case "li" -> item();
                case "dd" -> flow.push("    ", "    ");
                case "pre" -> pre++;
                case "table" -> {
                    if (grid == null && tables.isData(element)) grid = new Grid();
                }
                case "tr" -> {
                    if (grid != null) grid.row();
                }
                case "td", "th" -> {
                    if (grid == null) flow.endLine();
                    else flow = grid.cell(name.equals("th"));
                }
                default -> {}
            }
        }

        private void close(Element element) {
            String name = element.normalName();
            switch (name) {
                case "a" -> link(element);
                case "q" -> flow.mark("\"");
                case "h1" -> underline('=');
                case "h2" -> underline('-');
                case "blockquote", "dd", "li" -> {
                    flow.endLine();
                    flow.pop();
                }
                case "ul", "ol" -> counters.removeLast();
                case "pre" -> {
                    flow.endLine();
                    pre--;
                }
                case "td", "th" -> {
                    flow.endLine();
                    if (grid != null) flow = page;
                }
                case "table" -> {
                    if (grid != null) {
                        flow = page;
                        grid.print(flow);
                        grid = null;
                    }
                }
                default -> {}
            }
            separate(element, name);
        }

        /// What stands before and after a block: an empty line, but not around a list within a list.
        private void separate(Element element, String name) {
            boolean inner = (name.equals("ul") || name.equals("ol")) && !counters.isEmpty();
            if (PARAGRAPHS.contains(name) && !inner) flow.endParagraph();
            else if (element.isBlock()) flow.endLine();
        }

        private static int start(Element list) {
            try {
                return Math.floorMod(Integer.parseInt(list.attr("start")), 1_000_000);
            } catch (NumberFormatException none) {
                return 1;
            }
        }

        private void item() {
            flow.endLine();
            var counter = counters.peekLast();
            String mark =
                    counter == null || counter[0] == Integer.MIN_VALUE ? "• " : counter[0]++ + ". ";
            flow.push(mark, " ".repeat(mark.length()));
        }

        private void underline(char with) {
            flow.endLine();
            int wide = Math.min(flow.lastWidth(), 72);
            if (wide > 0) flow.verbatim(String.valueOf(with).repeat(wide));
        }

        private void image(Element image) {
            String alt = image.attr("alt").strip();
            boolean dot = tiny(image.attr("width")) || tiny(image.attr("height"));
            if (!alt.isEmpty() && !dot) flow.text("[" + alt + "]");
            else if (!dot && image.attr("src").startsWith("cid:")) flow.text("[image]");
        }

        private static boolean tiny(String length) {
            String number = length.strip();
            return number.equals("0") || number.equals("1") || number.equals("1px");
        }

        private void link(Element element) {
            if (linkText == null) return;
            String said = linkText.toString().strip();
            linkText = null;
            String target = element.attr("href").strip();
            int colon = target.indexOf(':');
            if (colon < 0 || target.length() > LONGEST_LINK) return;
            if (!LINKED.contains(target.substring(0, colon).toLowerCase(Locale.ROOT))) return;
            if (bare(said).equals(bare(target))) return;
            if (!links.containsKey(target) && links.size() == MOST_LINKS) return;
            int number = links.computeIfAbsent(target, _ -> links.size() + 1);
            flow.mark((said.isEmpty() ? "" : " ") + "[" + number + "]");
        }

        /// What a link says and where it leads are the same if they differ by this only.
        private static String bare(String link) {
            String bare = link.toLowerCase(Locale.ROOT);
            for (var prefix : new String[] {"https://", "http://", "mailto:", "tel:", "www."})
                if (bare.startsWith(prefix)) bare = bare.substring(prefix.length());
            return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        }

        String end() {
            if (grid != null) grid.print(page);
            page.endLine();
            if (!links.isEmpty()) {
                page.endParagraph();
                links.forEach((target, number) -> page.verbatim("[" + number + "] " + target));
            }
            return page.end();
        }
    }
}
