package org.postroom.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// docs/textbook.md: for each row of the textbooks the tests that show it, from their `Textbook:` tags.
final class TextbookPaperTest {

    private static final Pattern TAG = Pattern.compile("(?:#|///?) Textbook: (.+)");

    @Test
    void theTableOfTextbookRowsIsWhatTheTestsSay() throws IOException {
        Map<String, TreeSet<String>> rows = new TreeMap<>();
        for (var source : Sources.ending(".java", ".txt"))
            if (source.isTest() && !source.path().startsWith("checks/"))
                for (var line : source.lines()) {
                    var tag = TAG.matcher(line.strip());
                    if (tag.matches())
                        rows.computeIfAbsent(tag.group(1), _ -> new TreeSet<>()).add(source.path());
                }
        assertThat(rows).as("rows of the textbooks that a test shows").isNotEmpty();
        var paper =
                new StringBuilder(
                        "# What the textbooks teach, and the tests that show it\n\n"
                            + "Made by the build from the `Textbook:` tags of tests and dialogues."
                            + " What is not listed is not shown yet.\n\n"
                            + "| row | shown by |\n"
                            + "|---|---|\n");
        rows.forEach((row, files) ->
                paper.append("| ")
                        .append(row)
                        .append(" | ")
                        .append(String.join("<br>", files))
                        .append(" |\n"));
        Sources.paper("docs/textbook.md", paper.toString());
    }
}
