package org.postroom.agent;

import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser;
import org.postroom.agent.account.Hindrance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a word that a person has begun may go on as: a mailbox, a nickname, a file.
final class Completing {

    private static final List<String> CONDITIONS =
            List.of(
                    "from:",
                    "to:",
                    "cc:",
                    "subject:",
                    "body:",
                    "since:",
                    "before:",
                    "on:",
                    "larger:",
                    "smaller:",
                    "new",
                    "flagged",
                    "answered");

    private static final List<String> FLAGS =
            List.of("seen", "unseen", "flagged", "unflagged", "answered");

    private final Session session;
    private List<String> mailboxes = List.of(); // once they are known

    Completing(Session session) {
        this.session = session;
    }

    void candidates(Verb.Words kind, String begun, List<Candidate> candidates) {
        switch (kind) {
            case MAILBOX -> mailboxes().forEach(name -> candidates.add(new Candidate(name)));
            case PEOPLE ->
                    session.book
                            .entries()
                            .keySet()
                            .forEach(name -> candidates.add(new Candidate(name)));
            case FILE -> files(begun, candidates);
            case FLAGS -> FLAGS.forEach(flag -> candidates.add(new Candidate(flag)));
            case SEARCH -> CONDITIONS.forEach(word -> candidates.add(open(word, word)));
            case VERB ->
                    List.of(Verb.values())
                            .forEach(known -> candidates.add(new Candidate(known.word)));
            case LETTERS, NONE -> {}
        }
    }

    /// One that goes on behind what is completed.
    static Candidate open(String word, String help) {
        return new Candidate(word, word, null, help.equals(word) ? null : help, null, null, false);
    }

    /// Mailboxes were made or renamed.
    void forget() {
        mailboxes = List.of();
    }

    private List<String> mailboxes() {
        if (mailboxes.isEmpty())
            try {
                mailboxes =
                        session.server().mailboxes("*").stream()
                                .map(mailbox -> mailbox.name())
                                .toList();
            } catch (Hindrance none) {
                return List.of();
            }
        return mailboxes;
    }

    private static void files(String begun, List<Candidate> candidates) {
        int slash = begun.lastIndexOf('/');
        String before = slash < 0 ? "" : begun.substring(0, slash + 1);
        var folder = Path.of(before.isEmpty() ? "." : FileNames.expanded(before));
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                boolean within = Files.isDirectory(file);
                String name = before + file.getFileName() + (within ? "/" : "");
                candidates.add(new Candidate(name, name, null, null, null, null, !within));
            }
        } catch (IOException none) {
            return;
        }
    }

    /// How the answer to a question is taken apart: people stand between commas, all else is one word,
    /// blanks and all.
    static Parser parser(Verb.Words kind) {
        return (line, cursor, _) -> {
            int from = kind == Verb.Words.PEOPLE ? line.lastIndexOf(',', cursor - 1) + 1 : 0;
            while (from < cursor && line.charAt(from) == ' ') from++;
            return new Answer(line, cursor, from);
        };
    }

    private record Answer(String line, int cursor, int from) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(from, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - from;
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate; // nothing in it means anything else
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }
    }
}
