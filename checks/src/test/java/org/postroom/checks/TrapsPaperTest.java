package org.postroom.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// docs/traps.md: what has broken others, and the tests that show that it does not break us. A trap
/// that is due and that no test names fails the build.
final class TrapsPaperTest {

    private static final Pattern TAG =
            Pattern.compile("TRAPS ((?:[TF]\\d+)(?:, (?:TRAPS )?[TF]\\d+)*)");

    /// The traps that are due so far, in a few words of our own.
    private static final Map<String, String> DUE = due();

    private static Map<String, String> due() {
        var due = new LinkedHashMap<String, String>();
        due.put(
                "T1",
                "SMTP smuggling: only CRLF.CRLF ends a letter; bare LF is normalised, bare CR"
                        + " refused");
        due.put("T2", "a client that speaks before it was answered");
        due.put("T3", "commands injected in clear text behind STARTTLS, STLS, AUTH TLS");
        due.put(
                "T4",
                "a server's replies injected in clear text behind STARTTLS, seen by our client");
        due.put("T5", "clients that trip over session tickets, and STARTTLS that fails too often");
        due.put("T6", "clients that have a certificate when nobody needs one");
        due.put("T7", "unknown names in TLS get the default certificate");
        due.put("T8", "what common clients get wrong in SMTP, forgiven by name");
        due.put("T9", "invalid base64, NUL, a cancelled exchange");
        due.put("T10", "limits are told by replies");
        due.put("T13", "null MX, MX to oneself, answers that are bogus or too many");
        due.put("T15", "notices: from nobody, of no notice, marked as automatic");
        due.put("T17", "a letter that breaks the queue, and clocks that jump");
        due.put("T18", "descriptors run out");
        due.put("T19", "finding out which names exist");
        due.put("T20", "nesting bombs");
        due.put("T21", "literals: one too large, too many, one that never ends");
        due.put("T23", "IDLE and what is pipelined with it");
        due.put("T26", "UIDs and UIDVALIDITY only grow");
        due.put("T33", "POP3: unique-ids, locks, TOP, sizes");
        due.put(
                "T38",
                "EFAIL, forged and wrapped signatures: shown is what was signed or decrypted,"
                        + " whole, and nothing else");
        due.put("T44", "what was acknowledged is on disk");
        due.put("T45", "eight bits and UTF-8 to those who take neither");
        due.put("F1", "FTP lines end at CRLF, one reply a line");
        due.put("F2", "Telnet commands inside FTP lines");
        due.put("F3", "NUL, CR and LF in a path");
        due.put("F4", "one write a reply, one final reply a transfer");
        due.put("F5", "another protocol's first line");
        due.put("F6", "what REIN, AUTH and USER reset, how long RNFR and REST live");
        due.put("F7", "guessing passwords");
        due.put("F8", "numbers in PORT, EPRT and REST");
        due.put("F9", "who may connect to a data port, and where PORT may point");
        due.put("F11", "ABOR, STAT and NOOP during a transfer");
        due.put("F12", "an upload that was cut is not a file");
        due.put("F17", "clear text behind AUTH TLS, PBSZ and PROT in order");
        due.put("F20", "how TLS ends on a data connection");
        due.put("F22", "any legal name comes back as it went in");
        return due;
    }

    @Test
    void everyTrapThatIsDueHasATestNamedAfterIt() throws IOException {
        Map<String, TreeSet<String>> shown = new LinkedHashMap<>();
        for (var trap : DUE.keySet()) shown.put(trap, new TreeSet<>());
        for (var source : Sources.ending(".java", ".txt"))
            if (source.isTest() && !source.path().startsWith("checks/"))
                for (var line : source.lines()) {
                    var tag = TAG.matcher(line);
                    while (tag.find())
                        for (var trap : tag.group(1).replace("TRAPS ", "").split(", ", -1))
                            shown.computeIfAbsent(trap, _ -> new TreeSet<>()).add(source.path());
                }
        var missing = new ArrayList<String>();
        for (var trap : DUE.keySet())
            if (shown.getOrDefault(trap, new TreeSet<>()).isEmpty()) missing.add(trap);
        assertThat(missing).as("traps that are due and that no test names").isEmpty();
        var paper =
                new StringBuilder(
                        "# Traps: what has broken others, and the test that shows it does not break"
                                + " us\n\n"
                                + "Made by the build from the tests.\n\n"
                                + "| trap | what it is | shown by |\n"
                                + "|---|---|---|\n");
        shown.forEach((trap, files) ->
                paper.append("| ")
                        .append(trap)
                        .append(" | ")
                        .append(DUE.getOrDefault(trap, "due later"))
                        .append(" | ")
                        .append(String.join("<br>", files))
                        .append(" |\n"));
        Sources.paper("docs/traps.md", paper.toString());
    }
}
