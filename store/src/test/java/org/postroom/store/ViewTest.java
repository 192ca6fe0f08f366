package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

class ViewTest {

    @TempDir Path folder;

    private static Map<Integer, Long> flags(View view) {
        var flags = new TreeMap<Integer, Long>();
        for (int i = 1; i <= view.size(); i++) {
            flags.put(view.uid(i), view.flags(i));
            assertThat(view.sequenceOf(view.uid(i))).isEqualTo(i);
        }
        return flags;
    }

    /// What [View#diff] claims, against looking at every message.
    private static void agree(View older, View newer) {
        var difference = View.diff(older, newer);
        var before = flags(older);
        var after = flags(newer);
        var expunged = new ArrayList<Integer>();
        for (int i = 1; i <= older.size(); i++)
            if (!after.containsKey(older.uid(i))) expunged.add(i);
        var changed = new ArrayList<Integer>();
        int arrived = 0;
        var modSeqs = new HashMap<Integer, Long>();
        for (int i = 1; i <= older.size(); i++) modSeqs.put(older.uid(i), older.modSeq(i));
        for (int i = 1; i <= newer.size(); i++) {
            int uid = newer.uid(i);
            if (!before.containsKey(uid)) arrived++;
            else if (!Long.valueOf(newer.modSeq(i)).equals(modSeqs.get(uid))) changed.add(i);
        }
        assertThat(difference.expunged())
                .isEqualTo(expunged.stream().mapToInt(Integer::intValue).toArray());
        assertThat(difference.changed())
                .isEqualTo(changed.stream().mapToInt(Integer::intValue).toArray());
        assertThat(difference.arrived()).isEqualTo(arrived);
        assertThat(difference.vanished())
                .isEqualTo(Uids.of(expunged.stream().mapToInt(older::uid).toArray()));
    }

    @ParameterizedTest
    @EnumSource
    void theDifferenceOfTwoViewsIsWhatLookingAtAllOfThemFinds(Place place) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            var trash = account.mailbox("Trash").orElseThrow().id();
            var seen = new ArrayList<View>();
            seen.add(account.view(inbox));
            try (var draft = store.draft()) {
                draft.write(Place.octets("Subject: x\r\n\r\n"), 0, 14);
                var letter = draft.seal();
                for (int step = 0; step < 60; step++) {
                    change(account, inbox, trash, letter, random);
                    var view = account.view(inbox);
                    agree(seen.get(random.nextInt(seen.size())), view);
                    var kept = view.keeping(seen.getLast());
                    assertThat(View.diff(seen.getLast(), kept).expunged())
                            .as("seed %d", seed)
                            .isEmpty();
                    agree(kept, view);
                    seen.add(view);
                }
            }
            var shown = account.view(inbox);
            store.views().forget(account.id());
            var read = account.view(inbox);
            assertThat(read).isNotSameAs(shown);
            assertThat(View.diff(shown, read).isEmpty()).as("seed %d", seed).isTrue();
            assertThat(read.highestModSeq()).isEqualTo(shown.highestModSeq());
            assertThat(read.unseen()).isEqualTo(shown.unseen());
            assertThat(store.check().findings()).isEmpty();
        } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
    }

    private static void change(
            Account account, MailboxId inbox, MailboxId trash, Letter letter, Random random)
            throws Refused {
        var view = account.view(inbox);
        var some = Uids.of(random.ints(random.nextInt(1, 40), 1, view.uidNext() + 1).toArray());
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                var message = new NewMessage(letter, new byte[0], Flags.of(Flag.SEEN), Place.WHEN);
                account.append(inbox, Collections.nCopies(random.nextInt(1, 700), message));
            }
            case 2 -> account.setFlags(inbox, some, FlagChange.add(Flags.of(Flag.FLAGGED)));
            case 3 -> account.setFlags(inbox, some, FlagChange.replace(Flags.NONE.with("w")));
            case 4 -> account.expunge(inbox, some);
            default -> account.move(inbox, some, trash);
        }
    }

    @Test
    void aCommitLeavesWhatItDidNotTouchToBothViews() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var inbox = account.inbox().id();
            try (var draft = store.draft()) {
                draft.write(Place.octets("Subject: x\r\n\r\n"), 0, 14);
                var message = new NewMessage(draft.seal(), new byte[0], Flags.NONE, Place.WHEN);
                account.append(inbox, Collections.nCopies(5_000, message));
            }
            var before = account.view(inbox);
            account.setFlags(inbox, Uids.of(1_000), FlagChange.add(Flags.of(Flag.SEEN)));
            var after = account.view(inbox);
            assertThat(before.unseen()).isEqualTo(5_000);
            assertThat(after.unseen()).isEqualTo(4_999);
            var shared = List.of(before.chunks());
            assertThat(after.chunks()).filteredOn(shared::contains).hasSize(shared.size() - 1);
        }
    }

    @Test
    void placesAreFoundByUid() {
        var builder = new ViewBuilder();
        IntStream.rangeClosed(1, 2_000)
                .forEach(i -> builder.add(new UidRow(i * 10, 1, i, i, 0, 100, 0, 0)));
        var view =
                builder.build(
                        new View.Head(
                                new MailboxId(1), new UidValidity(1), 20_001, new ModSeq(1), 1));
        assertThat(view.firstFrom(1)).isEqualTo(1);
        assertThat(view.firstFrom(10)).isEqualTo(1);
        assertThat(view.firstFrom(11)).isEqualTo(2);
        assertThat(view.firstFrom(20_000)).isEqualTo(2_000);
        assertThat(view.firstFrom(20_001)).isEqualTo(2_001);
        assertThat(view.sequenceOf(10_240)).isEqualTo(1_024);
        assertThat(view.sequenceOf(10_241)).isZero();
        assertThat(view.octets()).isEqualTo(200_000);
        assertThat(view.uids(511, 514)).isEqualTo(Uids.of(5110, 5120, 5130, 5140));
    }
}
