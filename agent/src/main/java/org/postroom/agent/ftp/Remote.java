package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Something at a server.
///
/// @param directory where one has to be to say the path; empty where paths begin at a root
/// @param path from the root where the server has one; else as the server is told it
record Remote(Host host, String directory, String path) {

    /// A connection for it.
    Connection borrow() throws Hindrance {
        var connection = host.borrow();
        connection.at(directory);
        return connection;
    }

    /// The last part of the path.
    String name() {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    Remote child(String name) {
        return new Remote(host, directory, below(path, name));
    }

    static String below(String directory, String name) {
        if (directory.isEmpty()) return name;
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /// Nothing where the server does not say.
    static OptionalLong size(Connection connection, String path) throws Hindrance {
        try {
            return OptionalLong.of(connection.ask(it -> it.size(path)));
        } catch (Hindrance unknown) {
            if (unknown.kind() == Kind.NOT_SO) return OptionalLong.empty();
            throw unknown;
        }
    }

    /// Nothing where the server does not say.
    static Optional<Instant> modified(Connection connection, String path) throws Hindrance {
        try {
            return connection.features().has("MDTM")
                    ? Optional.of(connection.ask(it -> it.mdtm(path)))
                    : Optional.empty();
        } catch (Hindrance unknown) {
            if (unknown.kind() == Kind.NOT_SO) return Optional.empty();
            throw unknown;
        }
    }
}
