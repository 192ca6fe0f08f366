package org.postroom.agent;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Accounts.Homes;
import org.postroom.agent.account.Discovery;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.agent.account.Place;
import org.postroom.agent.account.SecretSource;
import org.postroom.agent.account.Settings;

import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;

/// The first minute: two questions, and there are letters; or an address alone, and its domain is asked.
final class FirstTime {

    private final Folder folder;
    private final Homes homes;
    private final Desk desk;
    private final Supplier<Discovery> discovery;

    FirstTime(Folder folder, Homes homes, Desk desk, Supplier<Discovery> discovery) {
        this.folder = folder;
        this.homes = homes;
        this.desk = desk;
        this.discovery = discovery;
    }

    Account account() throws Hindrance {
        desk.out().println("Welcome. Two questions, and your letters are here.");
        desk.out().flush();
        String address = asked("Your address: ", "");
        int at = address.lastIndexOf('@');
        if (at < 1) throw Hindrance.usage("An address looks like ann@example.org.");
        if (Files.exists(homes.socket(Optional.empty(), "imap"))
                && desk.agrees("A Postroom runs on this machine. Are your letters there?"))
            return Accounts.at(homes, Optional.empty(), address);
        var settings = settings(address);
        String guess =
                settings.map(it -> it.access().url())
                        .orElse("imaps://" + address + "@mail." + address.substring(at + 1));
        String access = asked("Your server, by its URL: ", guess);
        if (!Place.isUrl(access)) access = "imaps://" + address + "@" + access;
        var submission =
                access.equals(guess)
                        ? settings.map(it -> it.submission().url())
                        : Optional.<String>empty();
        var account =
                Accounts.of(access, submission, Optional.of(address), new SecretSource.Asked());
        remember(address, access, submission.orElse(""));
        return account;
    }

    /// What the domain tells, or a guess is made.
    private Optional<Settings> settings(String address) {
        desk.tell("Asking its domain where your letters are.");
        try {
            return Optional.of(discovery.get().of(address));
        } catch (Hindrance unknown) {
            desk.tell(unknown.why());
            return Optional.empty();
        }
    }

    /// An account by its address alone, as its domain tells. Nobody but the domain itself is believed
    /// without a person's word.
    // RFC 8314 §5.1: the user is asked about a target elsewhere, and SRV records not each time
    Account found(String address, SecretSource secret) throws Hindrance {
        var settings = discovery.get().of(address);
        String access = settings.access().url();
        String submission = settings.submission().url();
        if (!settings.vouched() || desk.hasPerson()) {
            if (!desk.agrees("Use " + settings + "?"))
                throw new Hindrance(
                        Kind.NOT_ALLOWED,
                        "Nobody vouches for "
                                + settings
                                + ". If it is right, say --account "
                                + access
                                + " --submission "
                                + submission
                                + ".");
            remember(address, access, submission);
        }
        return Accounts.of(access, Optional.of(submission), Optional.of(address), secret);
    }

    private void remember(String address, String access, String submission) throws Hindrance {
        String file = folder.file("accounts.toml").toString();
        if (desk.agrees("Remember this in " + file + "?"))
            Accounts.add(folder, address, address, access, submission);
    }

    private String asked(String question, String begun) throws Hindrance {
        String said = desk.line(question, begun).orElse("").strip();
        if (said.isEmpty()) throw new Hindrance(Kind.CONFIGURATION, "Without that, no letters.");
        return said;
    }
}
