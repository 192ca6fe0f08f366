package org.postroom.control;

import org.postroom.home.Configuration;
import org.postroom.home.Credentials;
import org.postroom.home.Home;
import org.postroom.home.Sample;
import org.postroom.store.Addressee;
import org.postroom.store.Directory;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.nio.file.Files;
import java.util.Optional;

/// Gives a new home what it needs: the commented configuration, a certificate, an administrator.
/// Whoever calls it has the home's lock. Each part is made if it is missing, so that a birth which was
/// cut short is finished at the next start.
public final class Birth {

    /// The first administrator and the password, which is kept in a file of the home.
    public record Administrator(Addressee name, Secret password) {}

    private Birth() {}

    /// @return the administrator, if there was none before
    public static Optional<Administrator> attend(
            Home home, Configuration configuration, Store store) {
        if (!Files.exists(home.configuration())) Home.write(home.configuration(), Sample.text());
        Credentials.makeMissing(home, configuration);
        var directory = store.directory();
        if (directory.accounts().stream().anyMatch(Directory.Entry::administrator))
            return Optional.empty();
        try {
            return Optional.of(administrator(home, configuration, store));
        } catch (Refused refused) {
            throw new Fault("making the first administrator: " + refused.reason(), refused);
        }
    }

    private static Administrator administrator(Home home, Configuration configuration, Store store)
            throws Refused {
        var directory = store.directory();
        var domain =
                directory.domains().isEmpty()
                        ? configuration.settings().server().name()
                        : directory.domains().get(0);
        if (!directory.domains().contains(domain)) directory.addDomain(domain);
        var name = Addressee.of("postmaster", domain);
        var known = directory.find(name);
        var account = known.isPresent() ? known.get() : directory.add(name);
        var password = Steward.random();
        store.passwords().set(account, password);
        Home.write(home.firstAdministrator(), name + "\n" + password.reveal() + "\n");
        directory.appoint(account);
        return new Administrator(name, password);
    }
}
