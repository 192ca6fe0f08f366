package org.postroom.agent.account;

import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where an account's password comes from. Never from an argument list, which everybody sees.
public sealed interface SecretSource {

    /// From the person.
    record Asked() implements SecretSource {}

    /// The first line that a command of the person's own prints.
    record Command(String line) implements SecretSource {}

    /// The system's keyring, by the tool that it comes with.
    record Keyring(String account) implements SecretSource {}

    /// Known already, from a file of the person's.
    record Known(Secret secret) implements SecretSource {}

    int LONGEST = 4096;

    default Secret get(Place place, Asking asking) throws Hindrance {
        return switch (this) {
            case Asked() -> asking.secret("Password for " + place);
            case Known(var secret) -> secret;
            case Command(var line) -> run(List.of("/bin/sh", "-c", line), "The password command");
            case Keyring(var account) -> run(tool(account), "The keyring");
        };
    }

    private static List<String> tool(String account) {
        return System.getProperty("os.name", "").startsWith("Mac")
                ? List.of(
                        "security", "find-generic-password", "-s", "postroom", "-a", account, "-w")
                : List.of("secret-tool", "lookup", "service", "postroom", "account", account);
    }

    private static Secret run(List<String> command, String what) throws Hindrance {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String text;
            try (var out = process.getInputStream()) {
                text = new String(out.readNBytes(LONGEST), StandardCharsets.UTF_8);
            }
            int code = process.waitFor();
            String first = text.lines().findFirst().orElse("");
            if (code == 0 && !first.isEmpty()) return new Secret(first);
            throw new Hindrance(Kind.NOT_ALLOWED, what + " gave no password.");
        } catch (IOException e) {
            throw Hindrance.system(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        }
    }
}
