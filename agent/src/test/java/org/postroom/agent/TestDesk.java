package org.postroom.agent;

import org.postroom.wire.Secret;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/// A desk that keeps what it is shown, and says what it was told to.
public final class TestDesk implements Desk {

    private final StringWriter shown = new StringWriter();
    private final PrintWriter out = new PrintWriter(shown);
    private final boolean agrees;

    public TestDesk(boolean agrees) {
        this.agrees = agrees;
    }

    public String shown() {
        out.flush();
        return shown.toString();
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public int width() {
        return 80;
    }

    @Override
    public boolean hasPerson() {
        return false;
    }

    @Override
    public Paint paint() {
        return new Paint(false);
    }

    @Override
    public Optional<String> line(String prompt, String begun) {
        return Optional.empty();
    }

    @Override
    public void page(String text) {
        out.print(text);
    }

    @Override
    public int run(List<String> command) {
        return 0;
    }

    @Override
    public boolean agrees(String question) {
        out.println(question);
        return agrees;
    }

    @Override
    public Secret secret(String what) {
        return new Secret("letmein");
    }

    @Override
    public void tell(String what) {
        out.println(what);
    }
}
