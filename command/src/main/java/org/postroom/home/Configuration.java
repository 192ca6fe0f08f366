package org.postroom.home;

import org.postroom.logbook.Format;
import org.postroom.server.Settings;
import org.postroom.store.StoreSettings;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What postroom.toml says: the server's settings, and what only the roof needs to know.
///
/// @param store as of the next start
/// @param certificate a file with the chain, the server's own first
/// @param key a file with its private key
/// @param transfers a file for the log of transfers
/// @param access a file for the log of requests
public record Configuration(
        Settings settings,
        StoreSettings store,
        Path certificate,
        Path key,
        Format log,
        Optional<Path> transfers,
        Optional<Path> access) {

    /// Reads a home's file; a home without one has the standard configuration.
    ///
    /// @throws BadConfiguration with all that is wrong in it
    public static Configuration read(Path home) throws BadConfiguration {
        var file = home.resolve(Home.CONFIGURATION);
        try {
            return parse(Files.readString(file), file.toString(), home);
        } catch (NoSuchFileException none) {
            return parse("", file.toString(), home);
        } catch (MalformedInputException binary) {
            throw new BadConfiguration(List.of(file + ": it is no text in UTF-8"));
        } catch (IOException e) {
            throw new Fault("reading " + file, e);
        }
    }

    /// @param file what its errors call it
    static Configuration parse(String text, String file, Path home) throws BadConfiguration {
        return new ConfigurationReader(file, home).read(text);
    }

    /// With what the command line said instead.
    public Configuration with(Settings.Server server) {
        return new Configuration(
                settings.withServer(server), store, certificate, key, log, transfers, access);
    }
}
