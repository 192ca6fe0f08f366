package org.postroom.agent;

/// Colours and weights of text, or none of it (https://no-color.org).
public record Paint(boolean on) {

    public static Paint of(boolean terminal) {
        String none = System.getenv("NO_COLOR");
        String kind = System.getenv("TERM");
        return new Paint(
                terminal
                        && (none == null || none.isEmpty())
                        && kind != null
                        && !kind.equals("dumb"));
    }

    public String bold(String text) {
        return painted("1", text);
    }

    public String faint(String text) {
        return painted("2", text);
    }

    /// Of a header's names.
    public String label(String text) {
        return painted("36", text);
    }

    /// Of what others wrote, and is quoted.
    public String quote(String text) {
        return painted("32", text);
    }

    public String warning(String text) {
        return painted("1;31", text);
    }

    private String painted(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
