package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Address;
import org.postroom.mime.Addresses;
import org.postroom.mime.Text;
import org.postroom.mime.Words;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whom a letter is from or for, as text that people read: what [Address] is as octets.
// RFC 5322 §3.4: address = mailbox / group
public sealed interface Party {

    /// One correspondent.
    ///
    /// @param name the display name, empty if there is none
    /// @param local the local part, without quotes
    record Person(String name, String local, String domain) implements Party {

        /// @throws IllegalArgumentException if this is no address that could be written
        public Person {
            name = Clean.line(name);
            if (!Clean.isWord(domain) || domain.isEmpty() || hasSpecial(domain))
                throw new IllegalArgumentException("domain: " + domain);
            if (!Clean.isLine(local)) throw new IllegalArgumentException("local part: " + local);
        }

        public Person(String local, String domain) {
            this("", local, domain);
        }

        /// `local@domain`, quoted where it must be.
        public String address() {
            return AddressPrinter.local(local) + "@" + domain;
        }

        /// The same for what is the same mailbox. The local part's case is taken for nothing, as most
        /// domains do: this is for not writing to one person twice.
        String key() {
            return (local + "@" + domain).toLowerCase(Locale.ROOT);
        }

        private static boolean hasSpecial(String domain) {
            boolean literal = domain.startsWith("[") && domain.endsWith("]");
            String special = literal ? "()<>@,;\\\" " : "()<>@,;\\\" :[]";
            for (int i = literal ? 1 : 0; i < domain.length() - (literal ? 1 : 0); i++)
                if (special.indexOf(domain.charAt(i)) >= 0) return true;
            return false;
        }
    }

    /// Several under a name; none, for `undisclosed-recipients:;`.
    record Group(String name, List<Person> members) implements Party {
        public Group {
            name = Clean.line(name);
            if (name.isEmpty()) throw new IllegalArgumentException("a group has a name");
            members = List.copyOf(members);
        }
    }

    /// The people among them, those of groups included.
    static List<Person> people(List<? extends Party> parties) {
        var people = new ArrayList<Person>();
        for (var party : parties)
            switch (party) {
                case Person person -> people.add(person);
                case Group group -> people.addAll(group.members());
            }
        return people;
    }

    /// Who is written to by a text such as a person types: `Ann <ann@example.org>, bob@example.net`.
    static List<Party> parse(String text) {
        return of(Addresses.parse(octets(text)));
    }

    /// Those of the addresses that were read to whom one could write; text is decoded.
    static List<Party> of(List<Address> addresses) {
        var parties = new ArrayList<Party>();
        String group = null;
        var members = new ArrayList<Person>();
        for (var address : addresses)
            if (address.isGroupStart()) group = readable(address.mailbox());
            else if (address.isGroupEnd()) {
                if (group != null && !group.isEmpty()) parties.add(new Group(group, members));
                group = null;
                members.clear();
            } else {
                var person = person(address);
                if (person.isEmpty()) continue;
                if (group == null) parties.add(person.get());
                else members.add(person.get());
            }
        return parties;
    }

    private static Optional<Person> person(Address address) {
        if (address.mailbox() == null || address.host() == null) return Optional.empty();
        try {
            return Optional.of(
                    new Person(
                            readable(address.name()),
                            utf8(address.mailbox()),
                            utf8(address.host())));
        } catch (IllegalArgumentException unwritable) {
            return Optional.empty();
        }
    }

    private static String readable(@Nullable String octets) {
        return octets == null ? "" : Clean.line(Words.decode(octets));
    }

    private static String utf8(String octets) {
        return Text.of(octets.getBytes(StandardCharsets.ISO_8859_1), null);
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
