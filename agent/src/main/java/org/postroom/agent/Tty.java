package org.postroom.agent;

import org.postroom.agent.account.Asking;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Secret;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The person behind a command whose input or output is redirected: asked at the terminal that the
/// command was called from, if it was called from one.
final class Tty implements Asking {

    private static final Path DEVICE = Path.of("/dev/tty");

    private Tty() {}

    /// Whoever can be asked: the person at the terminal, or nobody.
    static Asking find() {
        try {
            if (!Files.isReadable(DEVICE)) return NOBODY;
            Files.newInputStream(DEVICE).close();
            return new Tty();
        } catch (IOException none) {
            return NOBODY;
        }
    }

    @Override
    public boolean agrees(String question) {
        return ask(question + " (y/n) ").filter(said -> said.startsWith("y")).isPresent();
    }

    @Override
    public Secret secret(String what) throws Hindrance {
        echo(false);
        try {
            String typed = ask(what + ": ").orElse("");
            if (typed.isEmpty()) throw new Hindrance(Kind.NOT_ALLOWED, "No password was given.");
            return new Secret(typed);
        } finally {
            echo(true);
            tell("");
        }
    }

    @Override
    public void tell(String what) {
        System.err.println(what);
    }

    private static Optional<String> ask(String prompt) {
        try (var out = new PrintWriter(Files.newBufferedWriter(DEVICE, StandardCharsets.UTF_8));
                var in =
                        new BufferedReader(
                                Files.newBufferedReader(DEVICE, StandardCharsets.UTF_8))) {
            out.print(Visible.text(prompt));
            out.flush();
            return Optional.ofNullable(in.readLine());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static void echo(boolean on) throws Hindrance {
        try {
            new ProcessBuilder(List.of("stty", on ? "echo" : "-echo"))
                    .redirectInput(DEVICE.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw Hindrance.system("stty", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        }
    }
}
