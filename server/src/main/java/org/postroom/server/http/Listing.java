package org.postroom.server.http;

import org.jspecify.annotations.Nullable;
import org.postroom.http.MediaTypes;
import org.postroom.http.Paths;
import org.postroom.http.Status;
import org.postroom.server.http.Shelf.Right;
import org.postroom.store.FilePath;
import org.postroom.store.Node;
import org.postroom.store.Refused;

import java.text.Collator;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A directory as a page: what is in it, with sizes and dates, in the order that was asked for; usable
/// without script, by keyboard, and on a small screen.
final class Listing {

    /// What is sorted has to be here as a whole; a directory of more is told in the order of names, page
    /// after page.
    private static final int SORTED = 5_000;

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Listing() {}

    static Answer page(Exchange asked, Shelf shelf, FilePath path) throws Refused {
        var words = asked.words();
        var files = shelf.files();
        var directory = files.resolve(path);
        var nodes = new ArrayList<Node>();
        @Nullable String after = asked.query("after").orElse(null);
        boolean continued = after != null;
        do {
            var page = files.list(directory, after);
            for (var node : page.nodes())
                if (!shelf.isHidden(path.resolve("./" + node.name()))) nodes.add(node);
            after = page.next();
        } while (after != null && nodes.size() < SORTED);
        String order = asked.query("sort").orElse("name");
        boolean down = asked.query("down").isPresent();
        if (after == null && !continued) nodes.sort(order(order, down, words));

        var values = new HashMap<String, Object>();
        values.put("crumbs", crumbs(shelf, path, words));
        values.put("trail", !path.equals(shelf.root()));
        values.put("entries", nodes.stream().map(node -> entry(shelf, path, node, words)).toList());
        values.put("empty", nodes.isEmpty());
        values.put("count", words.say("n-entries", nodes.size()));
        values.put("sorts", sorts(order, down, words));
        values.put("sortable", after == null && !continued);
        if (after != null) values.put("next", "?after=" + Paths.encoded(after));
        if (!path.equals(shelf.root())) values.put("up", "../");
        values.put("changes", shelf.may(Right.CHANGE) && shelf.who().isPresent());
        if (shelf.who().isPresent()) {
            var quota = shelf.account().quota();
            values.put("quota", quota(quota.used(), quota.limit(), words));
        }
        String title = path.isRoot() ? words.say("files") : path.name();
        return Answer.page(Status.OK, Pages.make("files", title, words, shelf.who(), values));
    }

    /// What was in a directory, to be brought back.
    static Answer history(Exchange asked, Shelf shelf, FilePath path) throws Refused {
        var words = asked.words();
        var values = new HashMap<String, Object>();
        values.put("crumbs", crumbs(shelf, path, words));
        values.put(
                "former",
                shelf.files().history(path).stream()
                        .map(one ->
                                Map.of(
                                        "name", one.name(),
                                        "size", size(one.version().size(), words),
                                        "replaced", one.version().replaced().toString(),
                                        "date", AccountPages.date(one.version().replaced(), words)))
                        .toList());
        return Answer.page(Status.OK, Pages.make("history", "history", words, shelf.who(), values));
    }

    static String quota(long used, long limit, Words words) {
        return limit <= 0
                ? words.say("used", size(used, words))
                : words.say("used-of", size(used, words), size(limit, words));
    }

    private static Comparator<Node> order(String name, boolean down, Words words) {
        var collator = Collator.getInstance(words.locale());
        Comparator<Node> byName = Comparator.comparing(Node::name, collator);
        Comparator<Node> order =
                switch (name) {
                    case "size" -> Comparator.comparingLong(Node::size).thenComparing(byName);
                    case "date" -> Comparator.comparing(Node::modified).thenComparing(byName);
                    default -> byName;
                };
        // directories stay above, whatever the order
        return Comparator.comparing((Node node) -> !node.isDirectory())
                .thenComparing(down ? order.reversed() : order);
    }

    private static List<Map<String, Object>> sorts(String now, boolean down, Words words) {
        return List.of("name", "size", "date").stream()
                .map(key -> {
                    var sort = new HashMap<String, Object>();
                    boolean is = key.equals(now);
                    sort.put("label", words.say("by-" + key));
                    sort.put("link", "?sort=" + key + (is && !down ? "&down" : ""));
                    sort.put("key", key);
                    if (is) {
                        sort.put("is", down ? "descending" : "ascending");
                        sort.put("arrow", down ? "\u2193" : "\u2191");
                    }
                    return (Map<String, Object>) sort;
                })
                .toList();
    }

    private static List<Map<String, Object>> crumbs(Shelf shelf, FilePath path, Words words) {
        var crumbs = new ArrayList<Map<String, Object>>();
        var names = path.names().subList(shelf.root().names().size(), path.names().size());
        crumbs.add(Map.of("label", words.say("files"), "link", shelf.above() + "/"));
        for (int i = 0; i < names.size(); i++)
            crumbs.add(
                    Map.of(
                            "label",
                            names.get(i),
                            "link",
                            Paths.path(shelf.above(), names.subList(0, i + 1)) + "/"));
        return crumbs;
    }

    private static Map<String, Object> entry(Shelf shelf, FilePath path, Node node, Words words) {
        var entry = new HashMap<String, Object>();
        boolean directory = node.isDirectory();
        entry.put("name", node.name());
        entry.put("link", "./" + Paths.encoded(node.name()) + (directory ? "/" : ""));
        entry.put("directory", directory);
        if (shelf.who().flatMap(Signed::session).isPresent())
            entry.put(
                    "share",
                    "/account/links?path="
                            + Paths.encoded((path.isRoot() ? "" : path) + "/" + node.name()));
        entry.put("size", directory ? "" : size(node.size(), words));
        entry.put("octets", node.size());
        entry.put("date", AccountPages.date(node.modified(), words));
        entry.put("instant", node.modified().toString());
        entry.put("kind", directory ? "directory" : kind(node.name()));
        entry.put("kindLabel", words.say("kind-" + (directory ? "directory" : kind(node.name()))));
        return entry;
    }

    private static String kind(String name) {
        String type = MediaTypes.of(name);
        int slash = type.indexOf('/');
        return switch (type.substring(0, slash)) {
            case "image" -> "image";
            case "audio" -> "audio";
            case "video" -> "video";
            case "text", "message" -> "text";
            default ->
                    type.endsWith("zip") || type.contains("tar") || type.contains("compressed")
                            ? "archive"
                            : "other";
        };
    }

    /// As people read it: three digits at most, in steps of a thousand.
    static String size(long octets, Words words) {
        double size = octets;
        int unit = 0;
        while (size >= 999.5 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(words.locale());
        format.setMaximumFractionDigits(unit > 0 && size < 10 ? 1 : 0);
        return format.format(size) + '\u00a0' + UNITS[unit];
    }
}
