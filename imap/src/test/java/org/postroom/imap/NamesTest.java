package org.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class NamesTest {

    // RFC 3501 §5.1.3
    @Test
    void namesArePrintedInModifiedUtf7AndReadBack() throws Exception {
        assertThat(MailboxName.of("~peter/mail/台北/日本語").encoded())
                .isEqualTo("~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        for (var name : List.of("A & B", "&", "&-", "Entwürfe", "a💌b", "ÿ&ÿ"))
            assertThat(MailboxName.decode(MailboxName.of(name).encoded()).value()).isEqualTo(name);
    }

    @Test
    void whatIsNoModifiedUtf7IsRefused() {
        for (var name : List.of("R&D", "&AA", "&A-", "&2D0-", "&AAAA=-", "&A/8-", "&x\u00e4-"))
            assertThatThrownBy(() -> MailboxName.decode(name)).isInstanceOf(Refusal.class);
    }

    // TRAPS T30
    @Test
    void composedAndDecomposedAreOneAndInboxIsInboxInAnyCase() throws Exception {
        assertThat(MailboxName.of("Entwu\u0308rfe")).isEqualTo(MailboxName.of("Entwürfe"));
        assertThat(MailboxName.of("iNbOx")).isEqualTo(MailboxName.INBOX);
        assertThat(MailboxName.of("inbox/x").value()).isEqualTo("INBOX/x");
        assertThat(MailboxName.of("\u0131nbox").isInbox()).isFalse();
        assertThat(MailboxName.of("x/inbox").value()).isEqualTo("x/inbox");
    }

    // RFC 3501 §6.3.8
    @Test
    void aPatternMatchesWithinALevelOrThroughAll() {
        assertThat(matches("*", "a/b/c")).isTrue();
        assertThat(matches("%", "a/b")).isFalse();
        assertThat(matches("%/b", "a/b")).isTrue();
        assertThat(matches("a%c*e", "abbc/d/e")).isTrue();
        assertThat(matches("a%c*e", "ab/c/d/e")).isFalse();
        assertThat(matches("*%b", "a/b")).isTrue();
        assertThat(matches("inbox", "INBOX")).isTrue();
        assertThat(matches("sent", "Sent")).isFalse();
        assertThat(matches("", "")).isTrue();
        assertThat(matches("x".repeat(63) + "*y", "x".repeat(63) + "/y")).isTrue();
        assertThat(matches("x".repeat(64) + "%y", "x".repeat(64) + "zzy")).isTrue();
    }

    // TRAPS T32
    @Test
    void aPatternOfManyStarsTakesNoLongerThanItsLengthTimesTheNames() {
        var matcher = new MailboxPattern("", "*a".repeat(480) + "b").matcher();
        for (int i = 0; i < 200; i++) assertThat(matcher.matches("a".repeat(990))).isFalse();
    }

    private static boolean matches(String pattern, String name) {
        return new MailboxPattern("", pattern).matcher().matches(name);
    }

    // RFC 3501 §9: seq-range
    @Test
    void aSetIsResolvedAgainstWhatIsThere() throws Exception {
        assertThat(resolved("2,4:7,9,12:*", 15)).isEqualTo("2,4:7,9,12:15");
        assertThat(resolved("*:4,5:7", 10)).isEqualTo("4:10");
        assertThat(resolved("3291:*", 100)).isEqualTo("100:3291"); // TRAPS T27
        assertThat(resolved("7:5,6,5", 100)).isEqualTo("5:7");
        assertThat(resolved("*", 3)).isEqualTo("3");
        assertThat(resolved("1:*", 0)).isEqualTo("$"); // no range
    }

    private static String resolved(String set, long largest) throws Exception {
        var fetch =
                (Command.Fetch)
                        Grammar.command(Script.of("a FETCH " + set + " UID\r\n"), Bounds.SIGNED_IN)
                                .command();
        return new SequenceSet(fetch.set().resolve(largest)).toString();
    }
}
