package org.postroom.server;

import org.postroom.server.Admission.Admitted;
import org.postroom.server.Admission.CodeWanted;
import org.postroom.store.AccountId;
import org.postroom.store.Proof;
import org.postroom.store.Refused;
import org.postroom.store.Use;
import org.postroom.wire.Secret;

import java.util.Optional;

/// Where requests sign in, each by itself: there is no connection whose [Door] could count. Whoever keeps
/// being wrong waits ([Patience]), and nobody is locked out. Whether a password may be said in clear text
/// is the caller's to know.
public final class Wicket {

    private final Doorkeeper keeper;
    private final Journal journal;

    Wicket(Doorkeeper keeper, Journal journal) {
        this.keeper = keeper;
        this.journal = journal;
    }

    /// Who asks.
    ///
    /// @param id of the connection, for the journal
    /// @param network whom it is counted with ([org.postroom.wire.Gate#network])
    public record Asker(String id, String peer, String network) {}

    /// A name and a password that a program says: an app password, or the chosen one of an account that has
    /// no second factor.
    public Admission admit(Asker asker, String name, Secret password, Use use) {
        var known = keeper.known(name);
        try {
            var proof = keeper.verify(asker.network, known.map(Admitted::account), password, use);
            return verdict(asker, "basic", known, proof == Proof.HALF ? Proof.NONE : proof);
        } catch (Refused busy) {
            return new Admission.Busy();
        }
    }

    /// A name and the chosen password that a person says.
    ///
    /// @return [CodeWanted] where the account has a second factor
    public Admission admitPerson(Asker asker, String name, Secret password) {
        var known = keeper.known(name);
        try {
            var proof = keeper.verifyChosen(asker.network, known.map(Admitted::account), password);
            return verdict(asker, "page", known, proof);
        } catch (Refused busy) {
            return new Admission.Busy();
        }
    }

    private Admission verdict(
            Asker asker, String mechanism, Optional<Admitted> known, Proof proof) {
        if (known.isEmpty() || proof == Proof.NONE) {
            write(asker, mechanism, known, "wrong");
            return wrong(asker, known.map(Admitted::account));
        }
        if (proof == Proof.HALF) {
            write(asker, mechanism, known, "half");
            return new CodeWanted(known.get().account(), known.get().name());
        }
        // Basic comes with each request: those that are right are no news
        if (!mechanism.equals("basic")) write(asker, mechanism, known, "ok");
        return right(asker, known.get());
    }

    /// The second of two factors: a one-time code, or a recovery code.
    public Admission admit(Asker asker, CodeWanted half, Secret code) {
        var who = new Admitted(half.account(), half.name());
        try {
            boolean right = keeper.store.secondFactors().take(half.account(), code);
            write(asker, "code", Optional.of(who), right ? "ok" : "wrong");
            return right ? right(asker, who) : wrong(asker, Optional.of(half.account()));
        } catch (Refused refused) { // or the account was removed meanwhile
            return new Admission.Busy();
        }
    }

    private Admission right(Asker asker, Admitted who) {
        keeper.patience.right(asker.network, Optional.of(who.account()));
        return who;
    }

    private Admission wrong(Asker asker, Optional<AccountId> account) {
        keeper.patience.wrong(asker.network, account);
        return new Admission.Wrong();
    }

    private void write(Asker asker, String mechanism, Optional<Admitted> who, String result) {
        journal.about("sign-in", asker.id, asker.peer)
                .with("mechanism", mechanism)
                .with("account", who.map(known -> known.name().toString()).orElse(""))
                .with("result", result)
                .write();
    }
}
