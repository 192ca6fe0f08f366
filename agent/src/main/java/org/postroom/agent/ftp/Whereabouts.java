package org.postroom.agent.ftp;

import org.postroom.ftp.Representation;

import java.nio.file.Path;
import java.util.Optional;

/// Where a person is, and how files are carried, when she says something: what goes on in the background goes
/// on from there.
///
/// @param directory at the server
/// @param here the folder on this machine
record Whereabouts(Optional<Host> host, String directory, Path here, Representation as) {

    Whereabouts at(Host host, String directory) {
        return new Whereabouts(Optional.of(host), directory, here, as);
    }

    Whereabouts nowhere() {
        return new Whereabouts(Optional.empty(), "", here, as);
    }

    Whereabouts in(Path folder) {
        return new Whereabouts(host, directory, folder, as);
    }

    Whereabouts as(Representation other) {
        return new Whereabouts(host, directory, here, other);
    }

    /// A file of ours; `~/` is the person's own folder.
    Path local(String word) {
        if (word.equals("~") || word.startsWith("~/"))
            return Path.of(System.getProperty("user.home", "."), word.substring(1)).normalize();
        return here.resolve(word).normalize();
    }
}
