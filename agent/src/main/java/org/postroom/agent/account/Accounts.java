package org.postroom.agent.account;

import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.compose.Party;
import org.postroom.mime.compose.Party.Person;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The file of accounts, `accounts.toml` in the agent's folder:
///
/// ```
/// default = "work"
/// [account.work]
/// address = "Ann Example <ann@example.org>"
/// access = "imaps://ann@mail.example.org"
/// submission = "submissions://ann@mail.example.org"
/// password-command = "pass show mail"
/// ```
public final class Accounts {

    static final String FILE = "accounts.toml";

    private static final Set<String> KEYS =
            Set.of(
                    "address",
                    "also",
                    "access",
                    "submission",
                    "home",
                    "password-command",
                    "keyring",
                    "collect",
                    "signature");

    private final Map<String, Account> accounts;
    private final String first;

    private Accounts(Map<String, Account> accounts, String first) {
        this.accounts = accounts;
        this.first = first;
    }

    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    public List<Account> all() {
        return List.copyOf(accounts.values());
    }

    /// The one that is used when none is named.
    public Optional<Account> first() {
        return Optional.ofNullable(accounts.get(first));
    }

    /// By its name, or by an address of its person.
    public Optional<Account> named(String name) {
        var found = accounts.get(name);
        if (found != null) return Optional.of(found);
        return accounts.values().stream()
                .filter(account ->
                        account.own().stream()
                                .anyMatch(person -> person.address().equalsIgnoreCase(name)))
                .findFirst();
    }

    /// None where there is no file.
    public static Accounts read(Folder folder, Homes homes) throws Hindrance {
        var file = folder.file(FILE);
        try {
            if (!Files.exists(file)) return new Accounts(Map.of(), "");
            var toml = Toml.parse(Files.readString(file));
            for (var error : toml.errors())
                throw new Hindrance(Kind.CONFIGURATION, file + ": " + error.toString());
            return new Reader(file, toml, homes).accounts();
        } catch (IOException e) {
            throw Hindrance.system(file.toString(), e);
        }
    }

    /// Adds an account to the file; the first is the default.
    public static void add(
            Folder folder, String name, String address, String access, String submission)
            throws Hindrance {
        var lines = new ArrayList<String>();
        try {
            lines.addAll(folder.lines(FILE));
            if (lines.isEmpty()) lines.add("default = " + quoted(name));
            lines.add("");
            lines.add("[account." + quoted(name) + "]");
            lines.add("address = " + quoted(address));
            lines.add("access = " + quoted(access));
            if (!submission.isEmpty()) lines.add("submission = " + quoted(submission));
            folder.replace(FILE, lines);
        } catch (IOException e) {
            throw Hindrance.system(FILE, e);
        }
    }

    private static String quoted(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }

    /// An account that no file knows.
    ///
    /// @param submission where letters are handed in; nothing: at the same host
    /// @param address whom letters are from; nothing: whom one signs in as
    public static Account of(
            String url, Optional<String> submission, Optional<String> address, SecretSource secret)
            throws Hindrance {
        var access = Place.parse(url);
        var place = access.place();
        var person = person(address.orElseGet(() -> address(place)), url);
        return new Account(
                place.user() + "@" + place.host(),
                person,
                List.of(),
                place,
                access.mailbox(),
                submission.isPresent() ? Place.parse(submission.get()).place() : beside(place),
                secret,
                false,
                "");
    }

    /// Knows where the sockets of a home on this machine are.
    @FunctionalInterface
    public interface Homes {

        /// @param home nothing: the one that every command takes when none is named
        /// @param name `imap` or `submission`
        Path socket(Optional<Path> home, String name);
    }

    /// Somebody with an account in a home on this machine.
    public static Account at(Homes homes, Optional<Path> home, String address) throws Hindrance {
        return new Account(
                address,
                person(address, "--as"),
                List.of(),
                new Place.Home(Scheme.IMAP, homes.socket(home, "imap"), address),
                Optional.empty(),
                new Place.Home(Scheme.SUBMISSION, homes.socket(home, "submission"), address),
                new SecretSource.Asked(),
                false,
                "");
    }

    private static String address(Place.Net place) {
        return place.user().contains("@") ? place.user() : place.user() + "@" + place.host();
    }

    /// Where one hands in if nothing is said: the same host and user.
    private static Place beside(Place.Net access) {
        var scheme = access.scheme().submission();
        return new Place.Net(scheme, access.host(), scheme.port, access.user());
    }

    private static Person person(String text, String where) throws Hindrance {
        var people = Party.people(Party.parse(text));
        if (people.size() == 1) return people.getFirst();
        throw new Hindrance(
                Kind.CONFIGURATION,
                where + ": " + text + " is no address; name yours, such as ann@example.org.");
    }

    /// Reads the file, key by key.
    private record Reader(Path file, TomlParseResult toml, Homes homes) {

        Accounts accounts() throws Hindrance {
            for (var key : toml.keySet())
                if (!key.equals("default") && !key.equals("account"))
                    throw wrong(key, "is no key here; `default` and `[account.NAME]` are");
            var accounts = new LinkedHashMap<String, Account>();
            var tables = toml.getTableOrEmpty("account");
            for (var name : tables.keySet())
                if (tables.get(List.of(name)) instanceof TomlTable table)
                    accounts.put(name, account(name, table));
            String first = string(toml, "default").orElse("");
            if (!first.isEmpty() && !accounts.containsKey(first))
                throw wrong("default", "names no account");
            if (first.isEmpty() && !accounts.isEmpty()) first = accounts.keySet().iterator().next();
            return new Accounts(accounts, first);
        }

        private Account account(String name, TomlTable table) throws Hindrance {
            String where = "account." + name;
            for (var key : table.keySet())
                if (!KEYS.contains(key))
                    throw wrong(where + "." + key, "is no key; there are " + sorted());
            var address = string(table, "address");
            var home = string(table, "home");
            if (home.isPresent())
                return at(
                        homes,
                        Optional.of(expand(home.get())),
                        address.orElseThrow(() -> wrong(where, "has no address")));
            var access = string(table, "access");
            if (access.isEmpty()) throw wrong(where, "has neither access nor home");
            var known = of(access.get(), string(table, "submission"), address, secret(name, table));
            return new Account(
                    name,
                    known.person(),
                    others(where, table),
                    known.access(),
                    known.mailbox(),
                    known.submission(),
                    known.secret(),
                    collects(where, table),
                    signature(where, table));
        }

        private List<Person> others(String where, TomlTable table) throws Hindrance {
            var others = new ArrayList<Person>();
            var array = table.getArrayOrEmpty("also");
            for (int i = 0; i < array.size(); i++)
                others.add(person(array.get(i).toString(), where + ".also"));
            return others;
        }

        private boolean collects(String where, TomlTable table) throws Hindrance {
            return switch (string(table, "collect").orElse("keep")) {
                case "keep" -> false;
                case "delete" -> true;
                default -> throw wrong(where + ".collect", "is \"keep\" or \"delete\"");
            };
        }

        private String signature(String where, TomlTable table) throws Hindrance {
            var named = string(table, "signature");
            if (named.isEmpty()) return "";
            try {
                return Files.readString(expand(named.get()), StandardCharsets.UTF_8)
                        .stripTrailing();
            } catch (IOException e) {
                throw wrong(where + ".signature", "can't be read: " + e.getMessage());
            }
        }

        private SecretSource secret(String name, TomlTable table) throws Hindrance {
            var command = string(table, "password-command");
            if (command.isPresent()) return new SecretSource.Command(command.get());
            return Boolean.TRUE.equals(table.get("keyring"))
                    ? new SecretSource.Keyring(name)
                    : new SecretSource.Asked();
        }

        private Optional<String> string(TomlTable table, String key) throws Hindrance {
            var value = table.get(key);
            if (value == null) return Optional.empty();
            if (value instanceof String text) return Optional.of(text);
            throw wrong(key, "is a text in quotes");
        }

        private static String sorted() {
            return String.join(", ", KEYS.stream().sorted().toList());
        }

        private Hindrance wrong(String key, String why) {
            return new Hindrance(Kind.CONFIGURATION, file + ": " + key + " " + why + ".");
        }
    }

    /// `~/` is the person's own folder.
    static Path expand(String path) {
        return path.startsWith("~/")
                ? Path.of(System.getProperty("user.home", "."), path.substring(2))
                : Path.of(path);
    }
}
