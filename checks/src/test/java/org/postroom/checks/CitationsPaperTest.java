package org.postroom.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// From any line to the section that explains it: every `RFC n §s` in the sources names a section
/// that there is, in one spelling. docs/rfc.md is the walk back, from a section to its lines.
final class CitationsPaperTest {

    private static final Pattern CITATION =
            Pattern.compile("RFC (\\d+)((?:,? §+[A-Z0-9](?:[.A-Za-z0-9]*[A-Za-z0-9])?)*)");
    private static final Pattern SECTION =
            Pattern.compile("§+([A-Z0-9](?:[.A-Za-z0-9]*[A-Za-z0-9])?)");
    private static final Pattern MISSPELT =
            Pattern.compile(
                    "\\b(?:rfc ?(?!822)\\d{3,4}\\b|RFC(?!822)\\d{3,4}\\b|RFC-\\d+|RFC \\d+[,"
                            + " ]+(?:section|sec\\.|Section)\\b)");

    private record Rfc(String title, Set<String> sections) {}

    @Test
    void everyCitationNamesASectionThatThereIs() throws IOException {
        var known = known();
        var wrong = new ArrayList<String>();
        for (var source : Sources.ending(".java", "/dialogues/*.txt", ".txt"))
            for (int i = 0; i < source.lines().size(); i++) {
                String line = source.lines().get(i);
                String where = source.path() + ":" + (i + 1) + ": ";
                var misspelt = MISSPELT.matcher(line);
                if (isProse(line) && misspelt.find() && !source.path().startsWith("checks/"))
                    wrong.add(where + "write RFC n §s: " + misspelt.group());
                var citation = CITATION.matcher(line);
                while (citation.find()) {
                    var rfc = known.get(Integer.parseInt(citation.group(1)));
                    if (rfc == null) {
                        wrong.add(where + "unknown RFC " + citation.group(1));
                        continue;
                    }
                    var section = SECTION.matcher(citation.group(2));
                    while (section.find())
                        if (!rfc.sections().contains("*")
                                && !rfc.sections().contains(section.group(1)))
                            wrong.add(
                                    where
                                            + "RFC "
                                            + citation.group(1)
                                            + " has no §"
                                            + section.group(1));
                }
            }
        assertThat(wrong).isEmpty();
    }

    private static boolean isProse(String line) {
        String stripped = line.strip();
        return stripped.startsWith("//") || stripped.startsWith("#") || line.contains(" // ");
    }

    @Test
    void theTableOfSectionsIsWhatTheSourcesSay() throws IOException {
        var known = known();
        var cited = new TreeMap<Integer, Map<String, Set<String>>>();
        for (var source : Sources.ending(".java", ".txt"))
            for (var line : source.lines()) {
                var citation = CITATION.matcher(line);
                while (citation.find()) {
                    var sections =
                            cited.computeIfAbsent(
                                    Integer.parseInt(citation.group(1)),
                                    _ -> new TreeMap<>(CitationsPaperTest::bySection));
                    var section = SECTION.matcher(citation.group(2));
                    boolean any = false;
                    while (section.find()) {
                        sections.computeIfAbsent(section.group(1), _ -> new TreeSet<>())
                                .add(name(source.path()));
                        any = true;
                    }
                    if (!any)
                        sections.computeIfAbsent("", _ -> new TreeSet<>()).add(name(source.path()));
                }
            }
        var paper =
                new StringBuilder(
                        "# Where each RFC is honoured\n\n"
                            + "Made by the build from the citations in the sources; `*` marks tests"
                            + " and dialogues.\n");
        cited.forEach((number, sections) -> {
            var rfc = known.get(number);
            paper.append("\n## RFC ")
                    .append(number)
                    .append(rfc == null ? "" : ": " + rfc.title())
                    .append("\n\n");
            sections.forEach((section, files) ->
                    paper.append("- ")
                            .append(section.isEmpty() ? "as a whole" : "§" + section)
                            .append(": ")
                            .append(String.join(", ", files))
                            .append('\n'));
        });
        Sources.paper("docs/rfc.md", paper.toString());
    }

    private static String name(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        boolean test = path.contains("/src/test/");
        if (file.endsWith(".txt")) {
            var parts = path.split("/", -1);
            return parts[parts.length - 2] + "/" + file.replace(".txt", "") + "*";
        }
        return file.replace(".java", "") + (test ? "*" : "");
    }

    private static int bySection(String a, String b) {
        var left = a.split("\\.", -1);
        var right = b.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean numbers = left[i].matches("\\d+") && right[i].matches("\\d+");
            int order =
                    numbers
                            ? Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]))
                            : left[i].compareTo(right[i]);
            if (order != 0) return order;
        }
        return Integer.compare(left.length, right.length);
    }

    /// Number, title and section numbers of the RFCs: facts, not texts. `*` is any section.
    private static Map<Integer, Rfc> known() throws IOException {
        var known = new TreeMap<Integer, Rfc>();
        try (InputStream in = CitationsPaperTest.class.getResourceAsStream("/rfcs.tsv")) {
            if (in == null) throw new IOException("rfcs.tsv is missing");
            for (var line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                var cells = List.of(line.split("\t", -1));
                known.put(
                        Integer.parseInt(cells.get(0)),
                        new Rfc(cells.get(1), Set.of(cells.get(2).split(" ", -1))));
            }
        }
        return known;
    }
}
