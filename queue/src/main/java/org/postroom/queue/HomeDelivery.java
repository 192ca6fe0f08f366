package org.postroom.queue;

import org.postroom.smtp.Address;
import org.postroom.smtp.Reply;
import org.postroom.smtp.ReversePath;
import org.postroom.store.Account;
import org.postroom.store.Flags;
import org.postroom.store.Letter;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Store;

import java.time.Instant;
import java.util.Optional;

/// Delivers to accounts of this server. An account that knows the delivery has it already: nothing is
/// doubled, whatever crashed in between.
final class HomeDelivery {

    private static final Reply DELIVERED = Reply.of(250, "2.0.0", "It lies in the mailbox");
    private static final Reply EXPANDED = Reply.of(250, "2.0.0", "It went to all of them");
    private static final Reply TOO_LARGE = Reply.of(552, "5.2.3", "No mailbox holds so much");

    private final Store store;
    private final Heard heard;

    /// Who hears of a letter that lies in a mailbox.
    interface Heard {
        void delivered(Account account, ReversePath from, Address to, Letter letter);
    }

    HomeDelivery(Store store, Heard heard) {
        this.store = store;
        this.heard = heard;
    }

    Outcome deliver(Envelope envelope, Recipient recipient) {
        return switch (recipient) {
            case Recipient.Local local -> deliver(envelope, local);
            case Recipient.Expanded _ ->
                    new Outcome.Arrived(Optional.of(Action.EXPANDED), Said.ours(EXPANDED));
            case Recipient.Distributed _ ->
                    new Outcome.Arrived(Optional.of(Action.DELIVERED), Said.ours(EXPANDED));
            case Recipient.Elsewhere _ ->
                    throw new IllegalStateException("a recipient of elsewhere, here");
        };
    }

    private Outcome deliver(Envelope envelope, Recipient.Local local) {
        var letter = store.letter(envelope.blob(), envelope.size(), envelope.summary());
        var message =
                new NewMessage(
                        letter,
                        local.prefix(),
                        Flags.NONE,
                        Instant.ofEpochMilli(envelope.arrival()));
        try {
            var account = store.account(local.account());
            var delivered = account.deliver(envelope.delivery(), message);
            if (delivered.isPresent() && local.rcpt().to() instanceof Address to)
                heard.delivered(account, envelope.mail().from(), to, letter);
            return new Outcome.Arrived(Optional.of(Action.DELIVERED), Said.ours(DELIVERED));
        } catch (Refused refused) {
            return switch (refused.reason()) {
                case NO_SUCH_ACCOUNT -> new Outcome.Failed(Said.ours(Reply.NO_SUCH_USER));
                case MESSAGE_TOO_LARGE -> new Outcome.Failed(Said.ours(TOO_LARGE));
                case OVER_QUOTA -> Outcome.Deferred.after(Said.ours(Reply.MAILBOX_FULL));
                default -> Outcome.Deferred.after(Said.ours(Reply.LOCAL_ERROR));
            };
        }
    }
}
