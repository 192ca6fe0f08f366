package org.postroom.server;

import org.postroom.store.AccountId;
import org.postroom.store.Addressee;
import org.postroom.store.Proof;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.Use;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/// Who may come in, for all protocols alike; each connection has its [Door].
///
/// To hash a password takes tens of milliseconds, and there are few threads for it: of a network two
/// callers at a time are let through to them, of an account one, and the others wait behind those.
public final class Doorkeeper {

    private static final int MOST_WAITING = 64; // of one network
    private static final String OURSELVES = ourselves();

    final Store store;
    final Patience patience;
    private final Turnstile<String> networks = new Turnstile<>(2, MOST_WAITING);
    private final Turnstile<AccountId> accounts = new Turnstile<>(1, Integer.MAX_VALUE);

    public Doorkeeper(Store store, Patience patience) {
        this.store = store;
        this.patience = patience;
    }

    /// The door of a connection.
    Door at(Wire wire, Journal journal, Use use) {
        return new Door(this, wire, journal, use);
    }

    /// Where requests sign in, each by itself.
    public Wicket wicket(Journal journal) {
        return new Wicket(this, journal);
    }

    /// Whether the peer's process is the administrator's: it came by a socket of the home's `run` folder,
    /// and is root's or runs as the user that this server runs as.
    public static boolean isOurs(Wire wire) {
        var user = wire.peerUser();
        return user.isPresent() && (user.get().equals("root") || user.get().equals(OURSELVES));
    }

    /// As the system calls whoever owns what this process makes. The property user.name is `?` where
    /// the user has no row among the machine's, as in many a container.
    private static String ourselves() {
        try {
            var made = Files.createTempFile("postroom", "");
            try {
                return Files.getOwner(made).getName();
            } finally {
                Files.delete(made);
            }
        } catch (IOException e) {
            throw new Fault("asking who we are", e);
        }
    }

    Optional<Admission.Admitted> known(String name) {
        try {
            var addressee = Addressee.of(name);
            return store.directory()
                    .find(addressee)
                    .map(account -> new Admission.Admitted(account, addressee));
        } catch (Refused badAddress) {
            return Optional.empty();
        }
    }

    /// Somebody said a wrong password for something that is no account: he waits, likewise.
    public void wrong(Wicket.Asker asker) {
        patience.wrong(asker.network(), Optional.empty());
    }

    /// What this password proves of the account, or of nobody: then it is nothing, as late.
    ///
    /// @throws Refused TOO_BUSY
    Proof verify(String network, Optional<AccountId> account, Secret password, Use use)
            throws Refused {
        return inTurn(network, account, () -> store.passwords().verify(account, password, use));
    }

    /// As the other, of the chosen password alone.
    Proof verifyChosen(String network, Optional<AccountId> account, Secret password)
            throws Refused {
        return inTurn(network, account, () -> store.passwords().verifyChosen(account, password));
    }

    private Proof inTurn(String network, Optional<AccountId> account, Turnstile.Errand<Proof> check)
            throws Refused {
        return networks.pass(
                network,
                () -> account.isEmpty() ? check.run() : accounts.pass(account.get(), check));
    }
}
