package org.postroom.home;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The commented configuration that a new home gets: every key with its default, commented out.
public final class Sample {

    private static final int WIDTH = 78;

    private Sample() {}

    public static String text() {
        var lines = new ArrayList<String>();
        lines.addAll(
                wrap(
                        "What Postroom may be told. Every key is shown with what holds without it;"
                                + " take away the # to change one. A key marked `live` counts from"
                                + " `./postroom reload` on, the others from the next start on.",
                        "# "));
        for (var table : Keys.tables()) {
            boolean many = Keys.isMany(table);
            lines.add("");
            lines.addAll(wrap(Keys.about(table), "# "));
            lines.add(many ? "# [[" + table + "]]" : "[" + table + "]");
            for (var key : Keys.of(table)) {
                lines.add("");
                lines.addAll(wrap(key.help() + " " + remark(key), "# "));
                lines.add("# " + key.name() + " = " + shown(key));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String remark(Key<?> key) {
        return "(" + key.takes().name().toLowerCase(Locale.ROOT) + ", since " + key.since() + ")";
    }

    /// A key without a default is shown by an example.
    private static String shown(Key<?> key) {
        if (!key.byDefault().isEmpty()) return key.byDefault();
        return switch (key.name()) {
            case "domain" -> "\"example.org\"";
            case "host" -> "\"mail.example.org\"";
            case "port" -> "25";
            case "tls" -> "\"verified\"";
            case "user" -> "\"example\"";
            case "password" -> "\"relay-password\"";
            case "accept" -> "true";
            case "collected-by" -> "\"branch@example.org\"";
            case "by" -> "\"atrn\"";
            case "domains" -> "[\"example.org\"]";
            case "every" -> "\"15m\"";
            case "account" -> "\"camera@example.org\"";
            case "clear-text-from" -> "[\"192.168.7.0/24\"]";
            case "demand-resumption", "dos-lists" -> "true";
            case "rate" -> "\"2 MiB\"";
            case "sessions" -> "4";
            case "hide" -> "[\"QRESYNC\"]";
            case "show" -> "[\"UIDONLY\"]";
            default -> throw new IllegalStateException(key.title());
        };
    }

    private static List<String> wrap(String text, String before) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(before);
        for (var word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(before);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
