package org.postroom.server.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.postroom.server.Port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Every transcript below `src/test/dialogues`, a test each; the folder names the port.
final class DialoguesTest {

    /// `-Ddialogues=src/test/dialogues/smtp` plays some of them.
    private static final Path ALL = Path.of(System.getProperty("dialogues", "src/test/dialogues"));

    @TestFactory
    List<DynamicTest> everyDialogue() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        try (var files = Files.walk(ALL)) {
            for (var file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                String folder = String.valueOf(file.getName(file.getNameCount() - 2));
                var port = Port.valueOf(folder.toUpperCase(Locale.ROOT));
                tests.add(
                        DynamicTest.dynamicTest(
                                folder + ": " + file.getFileName(), () -> play(file, port)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static void play(Path file, Port port) throws Exception {
        var dialogue = Dialogue.read(file);
        try (var house = new TestHouse()) {
            new DialogueRun(dialogue, house, port).play();
        }
    }
}
