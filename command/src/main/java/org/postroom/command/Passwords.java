package org.postroom.command;

import org.postroom.wire.Secret;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Asks for a password: on the terminal, twice and unseen, or from standard input.
final class Passwords {

    private Passwords() {}

    /// @throws Misuse there is no terminal, or the two are not the same
    static Secret ask(String address, boolean fromInput) throws Misuse {
        if (fromInput) return fromInput();
        var console =
                Terminal.find()
                        .orElseThrow(() ->
                                new Misuse(
                                        "There is no terminal to ask for a password; use"
                                                + " --password-stdin."));
        var once = new Secret(text(console.readPassword("Password for %s: ", address)));
        var again = new Secret(text(console.readPassword("Once more: ")));
        if (once.isEmpty()) throw new Misuse("A password can't be empty.");
        if (!once.equals(again)) throw new Misuse("These are two passwords; try again.");
        return once;
    }

    private static String text(char @org.jspecify.annotations.Nullable [] typed) {
        return typed == null ? "" : new String(typed);
    }

    private static Secret fromInput() throws Misuse {
        try {
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var line = in.readLine();
            if (line == null || line.isEmpty())
                throw new Misuse("Standard input has no password on its first line.");
            return new Secret(line);
        } catch (IOException e) {
            throw new Misuse("Standard input can't be read: " + e.getMessage());
        }
    }
}
