package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class ViewsTest {

    private static final AccountId ACCOUNT = new AccountId(Store.FIRST_ACCOUNT);
    private static final MailboxId INBOX = MessageChanges.INBOX;

    private static View.Head head(int messages) {
        return new View.Head(
                INBOX, new UidValidity(1), messages + 1, new ModSeq(messages), messages);
    }

    private static UidRow message(int uid) {
        return new UidRow(uid, uid, uid, uid, 0, 100, 0, 0);
    }

    /// The inbox after so many commits of one message each.
    private static View inbox(int messages) {
        var builder = new ViewBuilder();
        IntStream.rangeClosed(1, messages).forEach(uid -> builder.add(message(uid)));
        return builder.build(head(messages));
    }

    private static Views.Step arrival(int uid) {
        var delta = new ViewDelta();
        delta.put(message(uid));
        return new Views.Step(delta, head(uid));
    }

    @Test
    void aViewThatWasForgottenWhileItWasReadDoesNotTakeTheNewOnesPlace() throws Refused {
        var views = new Views(100_000);
        views.get(
                ACCOUNT,
                INBOX,
                () -> {
                    var old = inbox(1);
                    views.forget(ACCOUNT, INBOX);
                    views.get(ACCOUNT, INBOX, () -> inbox(2));
                    return old;
                });
        views.advance(ACCOUNT, INBOX, arrival(3));
        var shared = views.get(ACCOUNT, INBOX, () -> inbox(3));
        assertThat(shared.uids()).isEqualTo(Uids.of(1, 2, 3));
    }

    @Test
    void aViewThatGrowsWeighsMore() throws Refused {
        var views = new Views(100_000);
        views.get(ACCOUNT, INBOX, () -> inbox(1));
        long light = views.weight();
        for (int uid = 2; uid <= 1_001; uid++) views.advance(ACCOUNT, INBOX, arrival(uid));
        assertThat(views.weight() - light).isEqualTo(1_000);
    }
}
