package org.postroom.server.smtp;

import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.AccountId;
import org.postroom.store.MessageDraft;
import org.postroom.store.Notice;
import org.postroom.store.Watch;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Speaking to those who are there (RFC 821 §3.4): the sessions that opted in.
final class Speaking {

    /// What is longer is a letter, and no word between two people.
    private static final int MOST_OCTETS = 64 * 1024;

    /// With sessions that have something else to say; one in IDLE has not.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Watch watch;

    Speaking(Watch watch) {
        this.watch = watch;
    }

    /// @throws Refusal 450 when nobody is there (RFC 821 §3.4)
    void demandSomebody(Transaction.Named recipient) throws Refusal {
        if (listener(recipient).filter(watch::isAnybodyThere).isEmpty())
            throw new Refusal(Reply.NOBODY_THERE);
    }

    /// The one account that a recipient is; a list is nobody to speak to.
    private static Optional<AccountId> listener(Transaction.Named recipient) {
        return recipient.here().size() == 1 && recipient.elsewhere().isEmpty()
                ? Optional.of(recipient.here().getFirst().account())
                : Optional.empty();
    }

    /// Says a letter, and waits until one session has written all of it.
    ///
    /// @return whether one has
    boolean say(MessageDraft letter, Transaction.Named recipient) {
        var account = listener(recipient).filter(watch::isAnybodyThere);
        if (account.isEmpty() || letter.size() > MOST_OCTETS) return false;
        try {
            return watch.say(account.get(), notice(letter), PATIENCE);
        } catch (InterruptedException e) {
            throw new Fault("speaking to those who are there", e);
        }
    }

    /// Says a letter that is in the mailbox, too: nobody has to wait for it.
    void mention(MessageDraft letter, Transaction.Named recipient) {
        var account = listener(recipient).filter(watch::isAnybodyThere);
        if (account.isPresent() && letter.size() <= MOST_OCTETS)
            watch.post(account.get(), notice(letter));
    }

    private static Notice notice(MessageDraft letter) {
        try (var octets = letter.read()) {
            return new Notice(new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new Fault("reading a letter", e);
        }
    }
}
