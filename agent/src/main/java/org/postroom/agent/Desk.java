package org.postroom.agent;

import org.postroom.agent.account.Asking;
import org.postroom.agent.account.Hindrance;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/// Where the agent writes and a person answers: a terminal in one of its forms, or a script's streams.
public interface Desk extends Asking {

    PrintWriter out();

    int width();

    /// Whether a person sits here, who can be asked.
    boolean hasPerson();

    Paint paint();

    /// The next line of what a person or a script says; nothing at the end.
    Optional<String> line(String prompt, String begun);

    /// The same, with completion where there can be one.
    default Optional<String> line(String prompt, String begun, Verb.Words words) {
        return line(prompt, begun);
    }

    /// Which of some keys a person chooses; nothing at the end.
    default Optional<Character> choice(String question, String keys) {
        while (true) {
            var said = line(question, "");
            if (said.isEmpty()) return Optional.empty();
            String word = said.get().strip();
            if (!word.isEmpty() && keys.indexOf(word.charAt(0)) >= 0)
                return Optional.of(word.charAt(0));
        }
    }

    /// Shows a text, a screen at a time where there is a screen.
    void page(String text) throws Hindrance;

    /// Runs another program, which has the terminal meanwhile.
    ///
    /// @return its exit code
    int run(List<String> command) throws Hindrance;

    /// What the person's editor is, if there is one (POSIX: VISUAL, then EDITOR).
    default Optional<String> editor() {
        for (var name : List.of("VISUAL", "EDITOR")) {
            String editor = System.getenv(name);
            if (editor != null && !editor.isBlank()) return Optional.of(editor);
        }
        return Optional.empty();
    }
}
