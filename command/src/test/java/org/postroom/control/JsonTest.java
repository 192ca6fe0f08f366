package org.postroom.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.server.Sessions;
import org.postroom.wire.Secret;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class JsonTest {

    private static final List<Order> ORDERS =
            List.of(
                    new Order.AccountAdd("ann@example.test", new Secret("gr\u00fcn \"1\"")),
                    new Order.AccountList(),
                    new Order.AccountPasswd("ann@example.test", new Secret("x")),
                    new Order.AccountRemove("ann@example.test"),
                    new Order.AccountAppoint("ann@example.test"),
                    new Order.AccountQuota("ann@example.test", Optional.of(5L << 30)),
                    new Order.AppPasswordAdd("ann@example.test", "phone"),
                    new Order.AppPasswordList("ann@example.test"),
                    new Order.AppPasswordRevoke("ann@example.test", "7fffffffffffffff"),
                    new Order.TotpAdd("ann@example.test"),
                    new Order.TotpRemove("ann@example.test"),
                    new Order.WebSessionList("a@b.example"),
                    new Order.WebSessionEnd("a@b.example", Optional.of("1f")),
                    new Order.AccountLetters("ann@example.test", 1000),
                    new Order.Restore("ann@example.test", Duration.ofDays(2)),
                    new Order.Import(
                            "imaps://ann@old.example", "ann@example.test", new Secret("x")),
                    new Order.AccountInvite("a@b.example", Duration.ofDays(7)),
                    new Order.AccountPending(),
                    new Order.AccountApprove("a@b.example"),
                    new Order.AccountRefuse("a@b.example"),
                    new Order.DomainAdd("example.test", Optional.empty()),
                    new Order.DomainList(),
                    new Order.DomainRemove("example.test"),
                    new Order.AliasAdd("all@example.test", List.of("a@b.test", "c@d.test")),
                    new Order.AliasList(),
                    new Order.AliasRemove("all@example.test"),
                    new Order.ListAdd(
                            "l@b.test", "a@b.test", true, "Who works here", List.of("c@d.test")),
                    new Order.ListShow(),
                    new Order.ListJoin("l@b.test", List.of("c@d.test")),
                    new Order.ListLeave("l@b.test", List.of("c@d.test")),
                    new Order.ListRemove("l@b.test"),
                    new Order.MovedAdd("a@b.test", "c@d.test", true),
                    new Order.MovedList(),
                    new Order.MovedRemove("a@b.test"),
                    new Order.JourneyOf("<m@b.test>"),
                    new Order.QueueList(),
                    new Order.QueueShow("4k2"),
                    new Order.QueueRetry("all"),
                    new Order.QueueFetch("all"),
                    new Order.QueueHold("4k2"),
                    new Order.QueueRelease("4k2"),
                    new Order.QueueRemove("4k2"),
                    new Order.FilesLs("a@b.test:/x y"),
                    new Order.FilesRm("a@b.test:/x", true),
                    new Order.FilesDu("a@b.test:/"),
                    new Order.FilesVersions("a@b.test:/x"),
                    new Order.FilesGet("a@b.test:/x", "/tmp/x"),
                    new Order.FilesPut("a@b.test:/x", "/tmp/x"),
                    new Order.FilesImport("a@b.test:/x", "/tmp"),
                    new Order.FilesExport("a@b.test:/x", "/tmp"),
                    new Order.FilesRestore(
                            "a@b.test:/x", Optional.of(Instant.parse("2026-01-02T03:04:05.678Z"))),
                    new Order.Check(),
                    new Order.Sweep(Duration.ofDays(1)),
                    new Order.Status(),
                    new Order.Reload(),
                    new Order.Stop(),
                    new Order.SessionList(true),
                    new Order.SessionEnd("k1"),
                    new Order.Tap(Optional.of("imap"), Duration.ofSeconds(60)),
                    new Order.Tap(Optional.empty(), Duration.ZERO));

    @Test
    void everyOrderIsReadAsItWasPrinted() {
        for (var order : ORDERS) assertThat(Json.order(Json.print(order))).contains(order);
        assertThat(ORDERS.stream().map(Object::getClass).distinct())
                .hasSize(
                        Order.OfStore.class.getPermittedSubclasses().length
                                - 1 // which is an interface itself
                                + Order.OfFiles.class.getPermittedSubclasses().length
                                + Order.OfServer.class.getPermittedSubclasses().length);
    }

    @Test
    void answersAreReadAsTheyWerePrinted() {
        var now = Instant.parse("2026-01-02T03:04:05.678Z");
        List<Answer> answers =
                List.of(
                        new Answer.Hello("0.1.0", 1, 42),
                        new Answer.Said("imap 1  C: a NOOP"),
                        new Answer.Progress("/x", 1, 2),
                        new Answer.SecondFactor("a@b.test", new Secret("s")),
                        new Answer.WebSessions(
                                List.of(new Answer.WebSession("1f", now, now, "Firefox", "::1"))),
                        new Answer.Invited("a@b.test", new Secret("https://x/join/y"), now),
                        new Answer.Invitations(
                                List.of(new Answer.Invitation("a@b.test", true, now, "me"))),
                        new Answer.Sessions(
                                List.of(
                                        new Sessions.Session(
                                                "k1", "ftp", "::1", "a@b.test", "", now, "RETR"))),
                        new Answer.Done("Done."),
                        new Answer.Failed(65, "No."),
                        new Answer.Accounts(List.of(new Answer.Account("a@b.test", true, 12, 0))),
                        new Answer.AppPasswords(List.of(new Answer.AppPassword("1", "x", now))),
                        new Answer.Issued("1", "x", new Secret("s")),
                        new Answer.Swept(1, 2, 3, 4),
                        new Answer.Domains(List.of("b.test"), Map.of("c.test", "b.test")),
                        new Answer.Aliases(List.of(new Answer.Alias("a@b.test", List.of("c@d")))),
                        new Answer.Lists(
                                List.of(
                                        new Answer.MailingList(
                                                "l@b.test",
                                                "a@b.test",
                                                true,
                                                "t",
                                                List.of("c@d")))),
                        new Answer.Moves(List.of(new Answer.Move("a@b.test", "c@d.test", true))),
                        new Answer.Files(List.of(new Answer.FileEntry("a", false, 3, now))),
                        new Answer.Versions(List.of(new Answer.Version(now, 3, now))),
                        new Answer.Journeys(
                                List.of(
                                        new Answer.Journey(
                                                "k1",
                                                "m@b.test",
                                                List.of(
                                                        new Answer.Step(
                                                                now, "SENT", "c@d", "250"))))),
                        new Answer.Queued(
                                2,
                                List.of(
                                        new Answer.QueuedLetter(
                                                "4k2",
                                                "k1",
                                                "<>",
                                                3,
                                                now,
                                                now,
                                                "HELD",
                                                List.of(
                                                        new Answer.QueuedRecipient(
                                                                "c@d", 1, now, "450"))))),
                        new Answer.Checked(
                                false, 1, 2, 3, 4, 5, List.of(new Answer.Finding("ROW", "a", "b"))),
                        new Answer.Status(
                                "0.1.0",
                                42,
                                "/home",
                                now,
                                List.of(new Answer.Listening("smtp", "127.0.0.1:25", "x", 3)),
                                3,
                                4,
                                5,
                                6,
                                7,
                                8,
                                Optional.of(now),
                                Map.of("session.smtp", 8L),
                                Map.of("session.smtp", 1L),
                                List.of("look")));
        for (var answer : answers) assertThat(Json.answer(Json.print(answer))).contains(answer);
        assertThat(answers)
                .hasSize(
                        Answer.class.getPermittedSubclasses().length
                                - 1 // which is an interface itself
                                + Answer.Meanwhile.class.getPermittedSubclasses().length);
    }

    @Test
    void anOrderIsOneLineThatSaysItsName() {
        assertThat(Json.print(new Order.DomainAdd("a\nb", Optional.empty())))
                .isEqualTo("{\"order\":\"DomainAdd\",\"domain\":\"a\\nb\",\"of\":null}");
    }

    @Test
    void rubbishIsNoOrder() {
        for (var line :
                List.of(
                        "",
                        "null",
                        "{}",
                        "[]",
                        "{\"order\":\"Explode\"}",
                        "{\"order\":\"java.lang.Runtime\"}",
                        "{\"order\":\"AccountAdd\"}",
                        "{\"order\":\"AliasAdd\",\"alias\":\"a\",\"members\":[null]}",
                        "[".repeat(100_000))) assertThat(Json.order(line)).as(line).isEmpty();
    }
}
