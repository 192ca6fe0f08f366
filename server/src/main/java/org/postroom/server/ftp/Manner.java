package org.postroom.server.ftp;

import org.postroom.server.Settings;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.wire.Wire;

import java.net.InetSocketAddress;
import java.util.List;

/// How a session is held to by the profile of whoever's it is: that of the account, or that of all.
record Manner(Settings.Profile profile, boolean clearText) {

    /// @param user as USER gave it
    static Manner of(List<Settings.Profile> profiles, String user, Wire wire) {
        String account = canonical(user);
        var profile =
                profiles.stream()
                        .filter(it -> canonical(it.account()).equals(account))
                        .findFirst()
                        .or(() -> profiles.stream().filter(Settings.Profile::isForAll).findFirst())
                        .orElse(Settings.Profile.STANDARD);
        return new Manner(
                profile,
                wire.remote() instanceof InetSocketAddress from
                        && profile.clearTextFrom().stream()
                                .anyMatch(network -> network.contains(from.getAddress())));
    }

    private static String canonical(String user) {
        try {
            return Addressee.of(user).toString();
        } catch (Refused none) {
            return user;
        }
    }
}
