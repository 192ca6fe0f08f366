package org.postroom.agent.keys;

import org.postroom.crypto.Verdict;
import org.postroom.crypto.letter.Opened;
import org.postroom.crypto.letter.Opened.By;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a person is told above a letter: who can have read it, who wrote it, and what is wrong.
///
/// @param lines in words
/// @param isWarning whether something is not as it should be
public record State(List<String> lines, boolean isWarning) {

    /// Nothing is signed or encrypted, as with most letters.
    public static final State NONE = new State(List.of(), false);

    private static final int LONGEST = 300;

    public State {
        lines = List.copyOf(lines);
    }

    /// The letter could not be opened.
    public static State shut(String why) {
        return new State(List.of("This letter can't be opened. " + line(why) + "."), true);
    }

    /// @param from the address that the letter, as it is shown, says it is from
    static State of(Opened opened, String from, KeyRing ring) throws IOException {
        if (opened.by() == By.NOTHING) return NONE;
        if (opened.by() == By.PART_ONLY)
            return new State(
                    List.of(
                            "A part of this letter is signed or encrypted, the letter is not:"
                                    + " nothing is known of who wrote it."),
                    false);
        var lines = new ArrayList<String>();
        boolean warns = false;
        switch (opened.encryption()) {
            case WHOLE -> lines.add("Encrypted: nobody on the way could read it.");
            case UNPROTECTED -> {
                lines.add("Encrypted, in a way in which somebody on the way could change it.");
                warns = opened.signatures().isEmpty();
            }
            case NONE -> {}
        }
        if (opened.signatures().isEmpty()) lines.add("Not signed: anybody can have written it.");
        for (var verdict : best(opened.signatures(), from)) {
            warns |= !verdict.speaksFor(from) || isAnother(verdict, from, ring);
            lines.add(words(opened, verdict, from, ring));
        }
        return new State(lines, warns);
    }

    /// The one that says most.
    private static List<Verdict> best(List<Verdict> all, String from) {
        for (var one : all) if (one.speaksFor(from)) return List.of(one);
        for (var one : all) if (one.isGood()) return List.of(one);
        return all.isEmpty() ? List.of() : List.of(all.getFirst());
    }

    private static boolean isAnother(Verdict verdict, String from, KeyRing ring)
            throws IOException {
        var kept = ring.kept(from);
        return kept.isPresent()
                && verdict.certificate().length() == kept.get().fingerprint().length()
                && !kept.get().fingerprint().equals(verdict.certificate());
    }

    private static String words(Opened opened, Verdict verdict, String from, KeyRing ring)
            throws IOException {
        String who = line(String.join(", ", verdict.people()));
        if (!verdict.isGood())
            return verdict.finding().words + (who.isEmpty() ? "." : ": " + who + ".");
        if (!verdict.names(from)) return "Signed by " + who + ", WHO IS NOT " + line(from) + ".";
        if (opened.by() == By.SMIME)
            return "Signed by " + who + ", and somebody you believe vouches for that.";
        if (isAnother(verdict, from, ring))
            return "Signed with ANOTHER KEY than the one you keep for "
                    + line(from)
                    + ": ask there before you believe it.";
        var kept = ring.kept(from);
        return kept.isPresent()
                ? "Signed by " + who + "; you keep this key since " + kept.get().since() + "."
                : "Signed with a key that says it is "
                        + who
                        + "'s; nobody vouches for it. `keys keep` keeps it.";
    }

    private static String line(String text) {
        return Visible.line(text, LONGEST);
    }
}
