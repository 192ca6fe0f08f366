package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

class HistoryTest {

    @TempDir Path folder;

    private static String letter(String subject, String id, String answers) {
        return "Subject: "
                + subject
                + "\r\nMessage-ID: <"
                + id
                + "@x>\r\n"
                + (answers.isEmpty() ? "" : "In-Reply-To: <" + answers + "@x>\r\n")
                + "\r\nHello\r\n";
    }

    private static EmailId append(Store store, Account account, String text) throws Refused {
        return Place.append(store, account, text).emails().getFirst();
    }

    private static long thread(Account account, EmailId email) {
        var placed = account.placed(List.of(email)).getFirst();
        assertThat(placed).isNotNull();
        return placed == null ? 0 : placed.thread().value();
    }

    @Test
    void answersOfOneSubjectAreAThreadAndOthersAreNot() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var first = append(store, account, letter("Tea", "1", ""));
            var answer = append(store, account, letter("Re: Tea", "2", "1"));
            var late = append(store, account, letter("Fwd: Re: Tea", "3", "2"));
            var other = append(store, account, letter("Coffee", "4", "1"));
            assertThat(thread(account, answer)).isEqualTo(thread(account, first));
            assertThat(thread(account, late)).isEqualTo(first.value());
            assertThat(thread(account, other)).isNotEqualTo(first.value());
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aThreadIsForgottenWithItsLastEmail() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var first = append(store, account, letter("Tea", "1", ""));
            account.rearrange(List.of(Rearrangement.destroy(first)));
            store.sweep(Duration.ZERO);
            var again = append(store, account, letter("Tea", "1", ""));
            assertThat(thread(account, again)).isEqualTo(again.value());
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void keywordsAreThoseOfAllPlacesAndSeenOnlyWhereAllAre() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            var email = append(store, account, letter("Tea", "1", ""));
            account.copy(inbox, Uids.of(1), account.create("Work", null).id());
            account.setFlags(inbox, Uids.of(1), FlagChange.add(Flags.of(Flag.SEEN, Flag.FLAGGED)));
            var catalog = account.catalog();
            int number = catalog.find(email);
            assertThat(account.keywords().flags(catalog.flags(number)).system())
                    .containsExactly(Flag.FLAGGED);
            assertThat(catalog.mailboxes(number)).hasSize(2);
            account.setFlags(inbox, Uids.of(1), FlagChange.add(Flags.of(Flag.DELETED)));
            assertThat(account.catalog().mailboxes(account.catalog().find(email))).hasSize(1);
        }
    }

    /// What is known of an account at one version: each email's mailboxes and flags.
    private static Map<EmailId, String> emails(Catalog catalog) {
        var all = new HashMap<EmailId, String>();
        for (int i = 0; i < catalog.size(); i++) {
            int[] boxes = catalog.mailboxes(i);
            java.util.Arrays.sort(boxes);
            all.put(
                    catalog.email(i),
                    List.of(catalog.flags(i), boxes.length).toString()
                            + java.util.Arrays.toString(boxes));
        }
        return all;
    }

    private static Map<ThreadId, Set<EmailId>> threads(Catalog catalog) {
        var all = new HashMap<ThreadId, Set<EmailId>>();
        for (int thread = 0; thread < catalog.threads(); thread++)
            for (int email : catalog.members(thread))
                all.computeIfAbsent(catalog.thread(thread), _ -> new HashSet<>())
                        .add(catalog.email(email));
        return all;
    }

    private static <T, V> void agree(
            Map<T, V> before, Map<T, V> after, Iterable<History.Changed<T>> told) {
        var claimed = new HashMap<T, History.Fate>();
        for (var change : told)
            assertThat(claimed.put(change.id(), change.fate())).as("told once").isNull();
        var ids = new HashSet<>(before.keySet());
        ids.addAll(after.keySet());
        for (var id : ids) {
            var fate = claimed.remove(id);
            if (!before.containsKey(id)) assertThat(fate).isEqualTo(History.Fate.CREATED);
            else if (!after.containsKey(id)) assertThat(fate).isEqualTo(History.Fate.DESTROYED);
            else if (!before.get(id).equals(after.get(id)))
                assertThat(fate).isEqualTo(History.Fate.UPDATED);
            else assertThat(fate).isIn(null, History.Fate.UPDATED);
        }
        assertThat(claimed).as("what never was").isEmpty();
    }

    @Test
    void theLogTellsExactlyWhatBecameOfEmailsThreadsAndCounts() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var boxes = account.mailboxes().stream().map(Mailbox::id).toList();
            var catalogs = new ArrayList<Catalog>();
            var counts = new ArrayList<Map<MailboxId, Catalog.Counts>>();
            for (int step = 0; step < 120; step++) {
                catalogs.add(account.catalog());
                counts.add(account.counts(account.catalog()));
                change(store, account, boxes, random, step);
            }
            var now = account.catalog();
            for (int i = 0; i < catalogs.size(); i++) {
                var then = catalogs.get(i);
                var history = account.history(then.version(), now).orElseThrow();
                agree(emails(then), emails(now), history.emails());
                agree(threads(then), threads(now), history.threads().orElseThrow());
                var updated = new HashSet<MailboxId>();
                history.mailboxes().forEach(change -> updated.add(change.id()));
                var after = account.counts(now);
                for (var box : boxes)
                    if (!counts.get(i)
                            .getOrDefault(box, Catalog.Counts.NONE)
                            .equals(after.getOrDefault(box, Catalog.Counts.NONE)))
                        assertThat(updated).as("seed " + seed).contains(box);
            }
        }
    }

    private static void change(
            Store store, Account account, List<MailboxId> boxes, Random random, int step)
            throws Refused {
        var box = boxes.get(random.nextInt(boxes.size()));
        var other = boxes.get(random.nextInt(boxes.size()));
        var view = account.view(box);
        int uid = view.size() == 0 ? 1 : view.uid(1 + random.nextInt(view.size()));
        var catalog = account.catalog();
        switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                    Place.append(
                            store,
                            account,
                            box,
                            letter(
                                    "Re: Tea " + random.nextInt(3),
                                    "m" + step,
                                    "m" + random.nextInt(step + 1)),
                            random.nextBoolean() ? Flags.NONE : Flags.of(Flag.SEEN));
            case 3 -> account.setFlags(box, Uids.of(uid), FlagChange.replace(flags(random)));
            case 4 -> account.copy(box, Uids.of(uid), other);
            case 5 -> account.move(box, Uids.of(uid), other);
            case 6 -> account.expunge(box, Uids.of(uid));
            default -> {
                if (catalog.size() > 0)
                    account.rearrange(
                            List.of(
                                    new Rearrangement(
                                            catalog.email(random.nextInt(catalog.size())),
                                            _ -> new HashSet<>(List.of(box, other)),
                                            _ -> flags(random))));
            }
        }
    }

    private static Flags flags(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Flags.of(Flag.SEEN);
            case 1 -> Flags.of(Flag.DELETED);
            case 2 -> Flags.of(Flag.DRAFT, Flag.SEEN);
            default -> Flags.NONE.with("work");
        };
    }

    @Test
    void aTrimmedLogTellsNothingRatherThanTooLittle() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            long before = account.catalog().version();
            append(store, account, letter("Tea", "1", ""));
            long after = account.catalog().version();
            assertThat(account.history(before, account.catalog())).isPresent();
            store.sweep(Duration.ZERO);
            assertThat(account.history(before, account.catalog())).isEmpty();
            assertThat(account.history(after, account.catalog())).isPresent();
            assertThat(account.history(after + 1000, account.catalog())).isEmpty();
        }
    }

    @Test
    void anEmailGoesWhereItIsToBeOrNowhere() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            var email = append(store, account, letter("Tea", "1", ""));
            var nowhere = new MailboxId(4711);
            var into = new Rearrangement(email, _ -> Set.of(nowhere), UnaryOperator.identity());
            assertThat(account.rearrange(List.of(into)))
                    .containsExactly(Refused.Reason.NO_SUCH_MAILBOX);
            assertThat(account.view(inbox).size()).isEqualTo(1);
            account.rearrange(List.of(Rearrangement.destroy(email)));
            assertThat(account.placed(List.of(email))).containsExactly((Placed) null);
            assertThat(account.quota().used()).isZero();
            assertThat(store.check().findings()).isEmpty();
        }
    }
}
