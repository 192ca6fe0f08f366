package org.postroom.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A password or whatever else must reach no log, no transcript and no error text. Its printed form
/// is four stars; who needs the text says [#reveal].
///
/// Two secrets are compared in constant time (TRAPS T11).
public final class Secret {

    /// What stands for a secret wherever a conversation is shown.
    public static final String BLANK = "****";

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /// The text itself. Do not keep it, print it, or put it into an exception.
    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8),
                        secret.text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same for all secrets, so that nothing about the text leaks.
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return BLANK;
    }
}
