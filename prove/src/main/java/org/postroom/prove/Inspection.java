package org.postroom.prove;

import org.postroom.names.Resolver;
import org.postroom.queue.Queue;
import org.postroom.server.Settings;
import org.postroom.store.Account;
import org.postroom.store.EmailId;
import org.postroom.store.FilePath;
import org.postroom.store.Flag;
import org.postroom.store.Mailbox;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.wire.Fault;
import org.postroom.wire.Tap;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Looks through a home that was opened again: where everything is, whether it is whole, and whether
/// what is counted is what is there.
final class Inspection {

    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private final Store store;
    private final Ledger ledger;
    private final Map<String, Map<String, String>> found = new HashMap<>();

    Inspection(Store store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    void run() throws IOException, Refused {
        awaitDelivery();
        for (var entry : store.directory().accounts()) {
            var name = entry.address().localPart();
            look(name, store.account(entry.account()));
        }
        ledger.settle(found);
        var report = store.check();
        if (!report.sound()) ledger.complain("unsound: " + report.findings());
    }

    /// What the queue had taken for accounts here is delivered by itself.
    private void awaitDelivery() {
        try (var queue =
                Queue.open(
                        store,
                        Resolver.system(),
                        () -> Settings.standard().forQueue(),
                        _ -> Tap.NONE)) {
            long end = System.nanoTime() + DELIVERY.toNanos();
            while (queue.waiting() > 0) {
                if (System.nanoTime() > end) throw new Fault("the queue is not delivered");
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void look(String name, Account account) throws IOException, Refused {
        var emails = new HashMap<EmailId, Long>();
        for (var mailbox : account.mailboxes()) look(name, account, mailbox, emails);
        long octets = emails.values().stream().mapToLong(Long::longValue).sum();
        long files = 0;
        var tree = account.files();
        var root = tree.resolve(FilePath.ROOT);
        var page = tree.list(root, null);
        while (true) {
            for (var node : page.nodes()) {
                files++;
                octets += node.size();
                try (var in = tree.open(FilePath.ROOT.resolve(node.name())).read()) {
                    var key = node.name().split("~", 2)[0];
                    there(key, node.name(), Specimen.digest(in.readAllBytes()));
                }
            }
            if (page.next() == null) break;
            page = tree.list(root, page.next());
        }
        var quota = account.quota();
        if (quota.used() != octets || quota.messages() != emails.size() || quota.files() != files)
            ledger.complain(
                    quota
                            + " of "
                            + name
                            + ", there are "
                            + octets
                            + " octets of "
                            + emails.size()
                            + " messages and "
                            + files
                            + " files");
    }

    private void look(String name, Account account, Mailbox mailbox, Map<EmailId, Long> emails)
            throws IOException, Refused {
        var place = name + "/" + mailbox.name();
        var view = account.view(mailbox.id());
        for (int sequence = 1; sequence <= view.size(); sequence++) {
            var email = view.email(sequence);
            emails.put(email, (long) view.octets(sequence));
            int uid = view.uid(sequence);
            if (sequence > 1 && uid <= view.uid(sequence - 1))
                ledger.complain("UID " + uid + " of " + place + " does not rise");
            var key = key(account, email);
            if (key.isEmpty()) {
                ledger.complain("torn: UID " + uid + " of " + place);
                continue;
            }
            ledger.found(place, uid, key);
            there(key, place, Flag.SEEN.in(view.flags(sequence)) ? "seen" : "");
        }
        ledger.mark(place, view.uidValidity().value(), view.uidNext());
    }

    /// Each letter is read in each round: what was whole once can be cut later.
    private static String key(Account account, EmailId email) throws IOException, Refused {
        try (var in = account.message(email).read()) {
            return Specimen.key(in.readAllBytes());
        }
    }

    private void there(String key, String place, String value) {
        var places = found.computeIfAbsent(key, _ -> new HashMap<>());
        if (places.put(place, value) != null) ledger.complain("twice: " + key + " in " + place);
    }
}
