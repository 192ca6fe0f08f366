package org.postroom.agent;

/// Writes a manual page as `man` reads it (the macros of man(7)).
public final class Roff {

    private final StringBuilder page = new StringBuilder();

    /// @param name in small letters, of section 1
    public Roff(String name) {
        page.append(".\\\" Made by the build from the rows of the program; change those.\n");
        page.append(".TH ").append(escaped(name.toUpperCase(java.util.Locale.ROOT)));
        page.append(" 1 \"\" Postroom \"\"\n");
    }

    public Roff section(String title) {
        page.append(".SH ").append(escaped(title)).append('\n');
        return this;
    }

    public Roff paragraph(String text) {
        page.append(".PP\n").append(escaped(text)).append('\n');
        return this;
    }

    /// What something is called, and what it is.
    public Roff item(String name, String text) {
        page.append(".TP\n.B \"").append(escaped(name).replace("\"", "\\(dq")).append("\"\n");
        page.append(escaped(text)).append('\n');
        return this;
    }

    /// As it is typed.
    public Roff example(String lines) {
        page.append(".PP\n.nf\n.RS 4\n").append(escaped(lines)).append("\n.RE\n.fi\n");
        return this;
    }

    /// Nothing in a text is an order to the formatter.
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga");
        var lines = new StringBuilder();
        for (var line : plain.split("\n", -1)) {
            if (!lines.isEmpty()) lines.append('\n');
            if (line.startsWith(".") || line.startsWith("'")) lines.append("\\&");
            lines.append(line);
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
