package org.postroom.mime.render;

import org.jsoup.nodes.Element;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Whether an element says that it is not to be seen: what filters are fed with, and what a preview
/// in a list was meant for.
final class Hidden {

    private static final int LONGEST_STYLE = 4096;

    private Hidden() {}

    static boolean is(Element element) {
        if (element.hasAttr("hidden")) return true;
        if (!element.hasAttr("style")) return false;
        var style = declarations(element.attr("style"));
        return says(style, "display", "none")
                || says(style, "visibility", "hidden")
                || says(style, "visibility", "collapse")
                || says(style, "mso-hide", "all")
                || isZero(style.get("opacity"))
                || isZero(style.get("font-size"))
                || (says(style, "overflow", "hidden")
                        && (isZero(style.get("max-height"))
                                || isZero(style.get("height"))
                                || isZero(style.get("max-width"))
                                || isZero(style.get("width"))))
                || sameColour(style);
    }

    private static Map<String, String> declarations(String style) {
        var declarations = new HashMap<String, String>();
        if (style.length() > LONGEST_STYLE) return declarations;
        for (var declaration : style.toLowerCase(Locale.ROOT).split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon < 0) continue;
            String value = declaration.substring(colon + 1).replace("!important", "");
            declarations.put(declaration.substring(0, colon).strip(), value.strip());
        }
        return declarations;
    }

    private static boolean says(Map<String, String> style, String name, String value) {
        return value.equals(style.get(name));
    }

    private static boolean isZero(@org.jspecify.annotations.Nullable String value) {
        if (value == null || value.isEmpty() || value.charAt(0) != '0') return false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '1' && c <= '9') return false;
        }
        return true;
    }

    private static boolean sameColour(Map<String, String> style) {
        String colour = style.get("color");
        return colour != null
                && (colour.equals(style.get("background-color"))
                        || colour.equals(style.get("background"))
                        || colour.equals("transparent"));
    }
}
