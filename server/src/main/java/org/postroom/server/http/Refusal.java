package org.postroom.server.http;

import org.postroom.http.Status;

import java.util.Map;

/// A request that is not done: by what, why, and what helps. A browser sees it as a page, a program as a
/// line of text.
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final Status status;
    private final String why;
    private final transient Map<String, String> fields;

    /// @param why a key of the words
    public Refusal(Status status, String why) {
        this(status, why, Map.of());
    }

    /// @param fields what the answer bears besides
    public Refusal(Status status, String why, Map<String, String> fields) {
        super(why, null, false, false);
        this.status = status;
        this.why = why;
        this.fields = Map.copyOf(fields);
    }

    public Status status() {
        return status;
    }

    /// A key of the words.
    public String why() {
        return why;
    }

    Map<String, String> fields() {
        return fields;
    }
}
