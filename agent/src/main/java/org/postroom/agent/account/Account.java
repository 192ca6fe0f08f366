package org.postroom.agent.account;

import org.postroom.mime.compose.Party.Person;

import java.util.List;
import java.util.Optional;

/// Who reads and writes, and where.
///
/// @param name what the person calls it; names its files, too
/// @param person whom letters are from
/// @param others further addresses of hers: letters to them are letters to her
/// @param access where letters are read
/// @param submission where letters are handed in; by default at the host where they are read
/// @param collects whether POP3 removes what was fetched (delete mode), or keeps it
/// @param signature what stands below what she writes, or empty
public record Account(
        String name,
        Person person,
        List<Person> others,
        Place access,
        Optional<String> mailbox,
        Place submission,
        SecretSource secret,
        boolean collects,
        String signature) {

    public Account {
        others = List.copyOf(others);
    }

    /// All addresses that are hers.
    public List<Person> own() {
        var all = new java.util.ArrayList<>(others);
        all.addFirst(person);
        return all;
    }
}
