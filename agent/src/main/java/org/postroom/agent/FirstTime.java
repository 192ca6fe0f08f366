package org.postroom.agent;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Accounts.Homes;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.agent.account.Place;
import org.postroom.agent.account.SecretSource;

import java.nio.file.Files;
import java.util.Optional;

/// The first minute: two questions, and there are letters.
final class FirstTime {

    private final Folder folder;
    private final Homes homes;
    private final Desk desk;

    FirstTime(Folder folder, Homes homes, Desk desk) {
        this.folder = folder;
        this.homes = homes;
        this.desk = desk;
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
        String guess = "imaps://" + address + "@mail." + address.substring(at + 1);
        String access = asked("Your server, by its URL: ", guess);
        if (!Place.isUrl(access)) access = "imaps://" + address + "@" + access;
        var account =
                Accounts.of(
                        access, Optional.empty(), Optional.of(address), new SecretSource.Asked());
        String file = folder.file("accounts.toml").toString();
        if (desk.agrees("Remember this in " + file + "?"))
            Accounts.add(folder, address, address, access, "");
        return account;
    }

    private String asked(String question, String begun) throws Hindrance {
        String said = desk.line(question, begun).orElse("").strip();
        if (said.isEmpty()) throw new Hindrance(Kind.CONFIGURATION, "Without that, no letters.");
        return said;
    }
}
