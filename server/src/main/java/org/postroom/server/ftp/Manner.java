package org.postroom.server.ftp;

import org.postroom.server.Settings;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/// How a session is held to by the profile of whoever's it is: that of the account, or that of all.
record Manner(Settings.Profile profile, boolean clearText) {

    /// @param user as USER gave it
    static Manner of(List<Settings.Profile> profiles, String user, SocketAddress from) {
        String account = canonical(user);
        var profile =
                profiles.stream()
                        .filter(it -> canonical(it.account()).equals(account))
                        .findFirst()
                        .or(() -> profiles.stream().filter(Settings.Profile::isForAll).findFirst())
                        .orElse(Settings.Profile.STANDARD);
        return new Manner(
                profile,
                from instanceof InetSocketAddress inet
                        && profile.clearTextFrom().stream()
                                .anyMatch(network -> network.contains(inet.getAddress())));
    }

    private static String canonical(String user) {
        try {
            return Addressee.of(user).toString();
        } catch (Refused none) {
            return user;
        }
    }
}
