package org.postroom.interop;

import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.TerminalBuilder;

import java.io.IOException;

/// The least that a program with a prompt can be: what the agent's first prompt is compared with.
final class OneLine {

    private OneLine() {}

    public static void main(String[] words) throws IOException {
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            LineReaderBuilder.builder().terminal(terminal).build().readLine("one> ");
        }
    }
}
