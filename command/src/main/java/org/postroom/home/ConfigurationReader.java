package org.postroom.home;

import org.jspecify.annotations.Nullable;
import org.postroom.queue.Route;
import org.postroom.server.Settings;
import org.postroom.store.StoreSettings;
import org.postroom.wire.Secret;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads one configuration and gathers everything that is wrong with it.
final class ConfigurationReader {

    private static final TomlTable STANDARD =
            Toml.parse(
                    Keys.ALL.stream()
                            .filter(key -> !key.byDefault().isEmpty())
                            .map(key -> key.table() + "." + key.name() + " = " + key.byDefault())
                            .collect(Collectors.joining("\n")));

    private final String file;
    private final Path home;
    private final List<String> problems = new ArrayList<>();

    ConfigurationReader(String file, Path home) {
        this.file = file;
        this.home = home;
    }

    Configuration read(String text) throws BadConfiguration {
        var toml = Toml.parse(text);
        for (var error : toml.errors()) problem(error.position(), error.getMessage());
        if (problems.isEmpty()) names(toml);
        var configuration =
                new Configuration(
                        settings(toml),
                        StoreSettings.standard()
                                .withQuota(value(toml, Keys.QUOTA))
                                .withHistory(value(toml, Keys.HISTORY)),
                        home.resolve(value(toml, Keys.CERTIFICATE)),
                        home.resolve(value(toml, Keys.KEY)),
                        value(toml, Keys.LOG_FORMAT),
                        Optional.of(value(toml, Keys.LOG_TRANSFERS))
                                .filter(name -> !name.isEmpty())
                                .map(home::resolve),
                        Optional.of(value(toml, Keys.LOG_ACCESS))
                                .filter(name -> !name.isEmpty())
                                .map(home::resolve));
        if (!problems.isEmpty()) throw new BadConfiguration(problems);
        return configuration;
    }

    private Settings settings(TomlTable toml) {
        var ports = value(toml, Keys.PASSIVE_PORTS);
        return new Settings(
                new Settings.Server(
                        value(toml, Keys.NAME),
                        value(toml, Keys.LISTEN),
                        value(toml, Keys.PORT_OFFSET),
                        value(toml, Keys.PROXIES)),
                new Settings.Limits(
                        value(toml, Keys.CONNECTIONS),
                        value(toml, Keys.PER_ADDRESS),
                        value(toml, Keys.LINE),
                        value(toml, Keys.MESSAGE)),
                new Settings.Smtp(value(toml, Keys.TURN), value(toml, Keys.SPEAK)),
                new Settings.Ftp(ports.from(), ports.to(), anonymous(toml), profiles(toml)),
                new Settings.Http(
                        Optional.of(value(toml, Keys.SIGN_UP)).filter(name -> !name.isEmpty())),
                new Settings.Dns(value(toml, Keys.DNS_SERVERS)),
                new Settings.Queueing(value(toml, Keys.KEEP_FOR), value(toml, Keys.WARN_AFTER)),
                routes(toml),
                fetches(toml),
                new Settings.Access(
                        value(toml, Keys.MARK_READ),
                        value(toml, Keys.KEEP),
                        value(toml, Keys.LOGIN_DELAY),
                        imapProfiles(toml)));
    }

    private List<Settings.ImapProfile> imapProfiles(TomlTable toml) {
        var profiles = new ArrayList<Settings.ImapProfile>();
        for (var one : tables(toml, "imap-profile")) {
            var table = one.table();
            if (!table.contains(List.of("account")))
                problem(one.at(), "[[imap-profile]] has no account; it has to say whose it is");
            profiles.add(
                    new Settings.ImapProfile(
                            given(table, Keys.IMAP_ACCOUNT).orElse(""),
                            given(table, Keys.IMAP_HIDE).orElse(List.of()),
                            given(table, Keys.IMAP_SHOW).orElse(List.of())));
        }
        return profiles;
    }

    private Optional<Settings.Anonymous> anonymous(TomlTable toml) {
        String account = value(toml, Keys.ANONYMOUS);
        var commands = value(toml, Keys.ANONYMOUS_COMMANDS);
        String dropBox = value(toml, Keys.ANONYMOUS_DROP_BOX);
        return account.isEmpty()
                ? Optional.empty()
                : Optional.of(new Settings.Anonymous(account, commands, dropBox));
    }

    private List<Settings.Profile> profiles(TomlTable toml) {
        var profiles = new ArrayList<Settings.Profile>();
        for (var one : tables(toml, "ftp-profile")) {
            var table = one.table();
            if (!table.contains(List.of("account")))
                problem(one.at(), "[[ftp-profile]] has no account; it has to say whose it is");
            profiles.add(
                    new Settings.Profile(
                            given(table, Keys.PROFILE_ACCOUNT).orElse(""),
                            given(table, Keys.PROFILE_CLEAR).orElse(List.of()),
                            given(table, Keys.PROFILE_RESUMPTION).orElse(false),
                            given(table, Keys.PROFILE_RATE).orElse(0L),
                            given(table, Keys.PROFILE_SESSIONS).orElse(0),
                            given(table, Keys.PROFILE_DOS).orElse(false)));
        }
        return profiles;
    }

    private List<Route> routes(TomlTable toml) {
        var routes = new ArrayList<Route>();
        for (var one : tables(toml, "route")) {
            var table = one.table();
            var at = one.at();
            var route =
                    new Route(
                            given(table, Keys.ROUTE_DOMAIN).orElse(""),
                            given(table, Keys.ROUTE_HOST),
                            given(table, Keys.ROUTE_PORT),
                            given(table, Keys.ROUTE_TLS).orElse(Route.Security.OPPORTUNISTIC),
                            credentials("route", table, Keys.ROUTE_USER, Keys.ROUTE_PASSWORD),
                            given(table, Keys.ROUTE_COLLECTED_BY),
                            given(table, Keys.ROUTE_ACCEPT).orElse(false)
                                    || table.contains(List.of("collected-by")));
            routes.add(route);
            if (!table.contains(List.of("domain")))
                problem(at, "[[route]] has no domain; it has to say whose letters it is for");
            if (route.domain().equals("*") && route.accepted())
                problem(
                        at,
                        "[[route]] for every domain would take everybody's letters to anywhere;"
                                + " accept and collected-by are for one domain");
            if (List.of("host", "port", "accept", "collected-by").stream()
                    .noneMatch(name -> table.contains(List.of(name))))
                problem(at, "[[route]] changes nothing; give it a host, a port or both");
        }
        return routes;
    }

    private List<Settings.Fetch> fetches(TomlTable toml) {
        var fetches = new ArrayList<Settings.Fetch>();
        for (var one : tables(toml, "fetch")) {
            var table = one.table();
            var at = one.at();
            var by = given(table, Keys.FETCH_BY).orElse(Settings.Fetch.Way.ATRN);
            var tls = given(table, Keys.FETCH_TLS).orElse(by.tls);
            var credentials = credentials("fetch", table, Keys.FETCH_USER, Keys.FETCH_PASSWORD);
            var domains = given(table, Keys.FETCH_DOMAINS).orElse(List.of());
            var host = given(table, Keys.FETCH_HOST);
            if (!table.contains(List.of("host")))
                problem(at, "[[fetch]] has no host; it has to say where the letters wait");
            if (by == Settings.Fetch.Way.ETRN) {
                if (domains.isEmpty())
                    problem(at, "[[fetch]] by \"etrn\" has to say by domains what for");
            } else if (!table.contains(List.of("user")))
                problem(at, "[[fetch]] signs in; give it a user and a password");
            if (by == Settings.Fetch.Way.TURN && tls != Route.Security.VERIFIED)
                problem(at, "[[fetch]] by \"turn\" has to know the other server: tls \"verified\"");
            int port = given(table, Keys.FETCH_PORT).orElse(by.port);
            var from =
                    new Route(
                            "*",
                            host,
                            Optional.of(port),
                            tls,
                            credentials,
                            Optional.empty(),
                            false);
            fetches.add(new Settings.Fetch(from, by, domains, given(table, Keys.FETCH_EVERY)));
        }
        return fetches;
    }

    /// One of several tables of a name, and where it begins.
    private record Part(TomlTable table, @Nullable TomlPosition at) {}

    private static List<Part> tables(TomlTable toml, String name) {
        var tables = new ArrayList<Part>();
        if (toml.get(List.of(name)) instanceof TomlArray array)
            for (int i = 0; i < array.size(); i++)
                if (array.get(i) instanceof TomlTable table)
                    tables.add(new Part(table, array.inputPositionOf(i)));
        return tables;
    }

    private Optional<Route.Credentials> credentials(
            String title, TomlTable table, Key<String> userKey, Key<String> passwordKey) {
        var user = given(table, userKey);
        var file = given(table, passwordKey);
        if (user.isEmpty() && file.isEmpty()) return Optional.empty();
        if (user.isEmpty() || file.isEmpty()) {
            problem(
                    table.inputPositionOf(List.of(user.isEmpty() ? "password" : "user")),
                    "[[" + title + "]] signs in by a user and a password; give it both");
            return Optional.empty();
        }
        try {
            String password = Files.readString(home.resolve(file.get())).strip();
            return Optional.of(new Route.Credentials(user.get(), new Secret(password)));
        } catch (IOException e) {
            problem(
                    table.inputPositionOf(List.of("password")),
                    "[[" + title + "]] password: " + home.resolve(file.get()) + " can't be read");
            return Optional.empty();
        }
    }

    /// What the file says, or what holds by default.
    private <T> T value(TomlTable toml, Key<T> key) {
        if (toml.get(List.of(key.table())) instanceof TomlTable table) {
            var given = given(table, key);
            if (given.isPresent()) return given.get();
        }
        return standard(key);
    }

    private static <T> T standard(Key<T> key) {
        var value = STANDARD.get(List.of(key.table(), key.name()));
        if (value == null) throw new IllegalStateException(key.title() + " has no default");
        return key.kind().read().apply(value).orElseThrow();
    }

    private <T> Optional<T> given(TomlTable table, Key<T> key) {
        var path = List.of(key.name());
        var written = table.get(path);
        if (written == null) return Optional.empty();
        var value = key.kind().read().apply(written);
        if (value.isEmpty())
            problem(
                    table.inputPositionOf(path),
                    key.title() + " is " + shown(written) + "; it has to be " + key.kind().what());
        return value;
    }

    private static String shown(Object written) {
        return switch (written) {
            case String text -> '"' + text + '"';
            case TomlArray _ -> "a list";
            case TomlTable _ -> "a table";
            default -> written.toString();
        };
    }

    /// Every name in the file has a row.
    private void names(TomlTable toml) {
        for (var name : toml.keySet()) {
            var at = toml.inputPositionOf(List.of(name));
            var found = toml.get(List.of(name));
            if (!Keys.tables().contains(name)) strangeTable(name, at, found);
            else if (Keys.isMany(name)) many(name, at, found);
            else if (found instanceof TomlTable table) names(name, table);
            else
                problem(at, "[" + name + "] is a table; write it in brackets on a line of its own");
        }
    }

    private void many(String name, @Nullable TomlPosition at, @Nullable Object found) {
        if (found instanceof TomlArray tables
                && tables.toList().stream().allMatch(TomlTable.class::isInstance))
            for (int i = 0; i < tables.size(); i++) names(name, tables.getTable(i));
        else problem(at, "there may be several [[" + name + "]]; write it in double brackets");
    }

    private void strangeTable(String name, @Nullable TomlPosition at, @Nullable Object found) {
        boolean isTable = found instanceof TomlTable || found instanceof TomlArray;
        var home =
                Keys.ALL.stream()
                        .filter(key -> key.name().equals(name))
                        .map(Key::title)
                        .findFirst();
        if (!isTable && home.isPresent())
            problem(at, name + " stands outside of its table; did you mean " + home.get() + "?");
        else
            problem(
                    at,
                    (isTable ? "[" + name + "]" : name)
                            + " is unknown"
                            + Nearest.to(name, Keys.tables())
                                    .map(near -> "; did you mean [" + near + "]?")
                                    .orElse(
                                            "; the tables are "
                                                    + String.join(", ", Keys.tables())));
    }

    private void names(String tableName, TomlTable table) {
        var known = Keys.of(tableName).stream().map(Key::name).toList();
        for (var name : table.keySet())
            if (!known.contains(name)) {
                var elsewhere =
                        Keys.ALL.stream()
                                .filter(key -> key.name().equals(name))
                                .map(Key::title)
                                .findFirst();
                problem(
                        table.inputPositionOf(List.of(name)),
                        "["
                                + tableName
                                + "] "
                                + name
                                + " is unknown; "
                                + elsewhere
                                        .or(() ->
                                                Nearest.to(name, known)
                                                        .map(near -> "[" + tableName + "] " + near))
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("it may have " + String.join(", ", known)));
            }
    }

    private void problem(@Nullable TomlPosition at, @Nullable String what) {
        problems.add(file + ":" + (at == null ? "" : at.line() + ":") + " " + what);
    }
}
