package org.postroom.jmap;

/// A method that is not done: their fault or our policy, with what the client hears.
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final MethodError error;
    private final String description;

    /// @param description for whoever writes the client
    public Refusal(MethodError error, String description) {
        super(error.type, null, false, false);
        this.error = error;
        this.description = description;
    }

    public Refusal(MethodError error) {
        this(error, "");
    }

    /// Arguments that make no sense (RFC 8620 §3.6.2).
    public static Refusal arguments(String description) {
        return new Refusal(MethodError.INVALID_ARGUMENTS, description);
    }

    public MethodError error() {
        return error;
    }

    public String description() {
        return description;
    }
}
