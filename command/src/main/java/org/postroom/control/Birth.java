package org.postroom.control;

import org.postroom.home.Configuration;
import org.postroom.home.Home;
import org.postroom.home.Sample;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.engine.Folder;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Gives a new home what it needs beside its certificate: the commented configuration and an
/// administrator. It happens once: what was decided stands in `run/first-admin.new` before the store is
/// made, and the file gets its own name when the administrator is there, so that a birth which was cut
/// short is finished by whoever opens the store next, and never repeated.
public final class Birth {

    /// The first administrator, and the password that is kept in a file of the home until somebody takes
    /// the file away.
    public record Administrator(Addressee name, Secret password) {}

    private Birth() {}

    /// Before the store of a new home is made; elsewhere it does nothing.
    static void begin(Home home, Configuration configuration) {
        if (home.state() != Home.State.NEW) return;
        if (!Files.exists(home.configuration())) Home.write(home.configuration(), Sample.text());
        if (Files.exists(unfinished(home))) return;
        String name = "postmaster@" + configuration.settings().server().name();
        Home.write(unfinished(home), name + "\n" + Steward.random().reveal() + "\n");
    }

    /// Once the store is open.
    static void finish(Home home, Store store) {
        var decided = read(unfinished(home));
        if (decided.isEmpty()) return;
        try {
            if (Files.exists(home.firstAdministrator())) { // somebody else was faster
                Files.delete(unfinished(home));
                return;
            }
            appoint(decided.get(), store);
            Folder.move(unfinished(home), home.firstAdministrator());
        } catch (Refused refused) {
            throw new Fault("making the first administrator: " + refused.reason(), refused);
        } catch (IOException e) {
            throw new Fault("making the first administrator", e);
        }
    }

    private static void appoint(Administrator administrator, Store store) throws Refused {
        var directory = store.directory();
        var name = administrator.name();
        if (!directory.domains().contains(name.domain())) directory.addDomain(name.domain());
        var known = directory.find(name);
        var account = known.isPresent() ? known.get() : directory.add(name);
        store.passwords().set(account, administrator.password());
        directory.appoint(account);
    }

    /// Who it is, as long as the file is there.
    static Optional<Administrator> first(Home home) {
        return read(home.firstAdministrator());
    }

    private static Path unfinished(Home home) {
        return home.firstAdministrator().resolveSibling("first-admin.new");
    }

    private static Optional<Administrator> read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            if (lines.size() != 2) return Optional.empty();
            var name = Addressee.of(lines.get(0));
            return Optional.of(new Administrator(name, new Secret(lines.get(1))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (Refused changed) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Fault("reading " + file, e);
        }
    }
}
