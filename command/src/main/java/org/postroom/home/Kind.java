package org.postroom.home;

import org.postroom.ftp.Verb;
import org.postroom.imap.Capability;
import org.postroom.logbook.Format;
import org.postroom.queue.Route;
import org.postroom.server.Settings;
import org.postroom.wire.Network;
import org.tomlj.TomlArray;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What a key's value has to be.
///
/// @param what for an error: "it has to be …"
/// @param read the value from what TOML knows (String, Long, Boolean, TomlArray), or nothing
public record Kind<T>(String what, Function<Object, Optional<T>> read) {

    private static final Pattern NAME =
            Pattern.compile(
                    "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,126}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?([KMG]iB)");
    private static final Pattern TIMES = Pattern.compile("([0-9]{1,7})([dhms])");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    /// The first and the last of some ports.
    public record Range(int from, int to) {}

    static final Kind<String> HOST = text("a host name, such as \"mail.example.org\"", Kind::host);

    static final Kind<String> DOMAIN =
            text(
                    "a domain, such as \"example.org\", or \"*\" for every one",
                    text -> text.equals("*") ? Optional.of(text) : host(text));

    static final Kind<String> ADDRESS =
            text(
                    "an IP address of this machine, such as \"127.0.0.1\", \"0.0.0.0\" or \"::\"",
                    text -> isAddress(text) ? Optional.of(text) : Optional.empty());

    static final Kind<String> PATH =
            text(
                    "a file, within the home or absolute",
                    text -> Optional.of(text).filter(it -> !it.isEmpty() && it.indexOf(0) < 0));

    static final Kind<String> PATH_OR_NONE =
            text(
                    "a file, within the home or absolute, or \"\"",
                    text -> Optional.of(text).filter(it -> it.indexOf(0) < 0));

    static final Kind<Integer> PORT = number(1, 65_535);

    /// Octets, as a number or with a unit.
    static final Kind<Long> SIZE_OR_NONE =
            new Kind<>(
                    "a size such as \"50 MiB\", or a number of octets, or 0 for no limit",
                    value ->
                            switch (value) {
                                case Long octets when octets >= 0 -> Optional.of(octets);
                                case String text -> size(text);
                                default -> Optional.empty();
                            });

    /// A time in days.
    static final Kind<Duration> DAYS =
            new Kind<>(
                    "a number of days, such as 30",
                    value ->
                            value instanceof Long days && days >= 0 && days <= 36_500
                                    ? Optional.of(Duration.ofDays(days))
                                    : Optional.empty());

    static final Kind<Boolean> TRUTH =
            new Kind<>(
                    "true or false",
                    value ->
                            value instanceof Boolean truth ? Optional.of(truth) : Optional.empty());

    static final Kind<Settings.Fetch.Way> WAY =
            text(
                    "\"atrn\", \"turn\" or \"etrn\"",
                    text ->
                            Arrays.stream(Settings.Fetch.Way.values())
                                    .filter(it -> it.name().equalsIgnoreCase(text))
                                    .findFirst());

    static final Kind<Route.Security> SECURITY =
            text(
                    "\"opportunistic\", \"required\" or \"verified\"",
                    text ->
                            Arrays.stream(Route.Security.values())
                                    .filter(it -> it.name().equalsIgnoreCase(text))
                                    .findFirst());

    static final Kind<String> USER =
            text(
                    "a user name",
                    text ->
                            Optional.of(text)
                                    .filter(it -> !it.isEmpty())
                                    .filter(it -> it.chars().noneMatch(Character::isISOControl)));

    /// A time with its unit.
    static final Kind<Duration> TIME =
            text("a time such as \"5d\", \"4h\", \"30m\" or \"90s\"", Kind::time);

    static final Kind<Range> PORTS =
            text(
                    "two ports with a dash, such as \"30000-30999\", or \"\" to let the system"
                            + " choose",
                    Kind::range);

    static final Kind<String> ACCOUNT =
            text(
                    "an account's address, such as \"branch@example.org\"",
                    text -> text.indexOf('@') > 0 ? Optional.of(text) : Optional.empty());

    static final Kind<String> DOMAIN_OR_NONE =
            text(
                    "a domain, such as \"example.org\", or \"\"",
                    text -> text.indexOf('@') < 0 ? Optional.of(text) : Optional.empty());

    static final Kind<String> ACCOUNT_OR_NONE =
            text(
                    "an account's address, such as \"public@example.org\", or \"\"",
                    text ->
                            text.isEmpty() || text.indexOf('@') > 0
                                    ? Optional.of(text)
                                    : Optional.empty());

    static final Kind<String> FOLDER_OR_NONE =
            text(
                    "a path that begins with /, or \"\"",
                    text ->
                            text.isEmpty() || text.startsWith("/")
                                    ? Optional.of(text)
                                    : Optional.empty());

    static final Kind<Set<Verb>> ANONYMOUS_COMMANDS =
            new Kind<>(
                    "a list of some of " + Settings.ANONYMOUS_COMMANDS,
                    value -> value instanceof TomlArray array ? verbs(array) : Optional.empty());

    static final Kind<Format> FORMAT =
            text(
                    "\"logfmt\" or \"json\"",
                    text ->
                            switch (text.toLowerCase(Locale.ROOT)) {
                                case "logfmt" -> Optional.of(Format.LOGFMT);
                                case "json" -> Optional.of(Format.JSON);
                                default -> Optional.empty();
                            });

    static final Kind<List<InetSocketAddress>> SERVERS =
            new Kind<>(
                    "a list of addresses, such as [\"9.9.9.9\", \"127.0.0.1:5353\"]",
                    value -> list(value, Kind::server));

    static final Kind<List<String>> DOMAINS =
            new Kind<>(
                    "a list of domains, such as [\"example.org\"]",
                    value -> list(value, Kind::host));

    static final Kind<List<String>> CAPABILITIES =
            new Kind<>(
                    "a list of IMAP's capabilities, such as [\"QRESYNC\"]",
                    value -> list(value, text -> Capability.named(text).map(it -> it.atom)));

    static final Kind<List<Network>> NETWORKS =
            new Kind<>(
                    "a list of networks, such as [\"192.0.2.0/24\", \"::1\"]",
                    value -> list(value, Network::of));

    static Kind<Integer> number(int least, int most) {
        return new Kind<>(
                "a whole number from " + least + " to " + most,
                value ->
                        value instanceof Long number && number >= least && number <= most
                                ? Optional.of(number.intValue())
                                : Optional.empty());
    }

    private static <T> Kind<T> text(String what, Function<String, Optional<T>> read) {
        return new Kind<>(
                what, value -> value instanceof String text ? read.apply(text) : Optional.empty());
    }

    private static Optional<String> host(String text) {
        return text.length() <= 253 && NAME.matcher(text).matches()
                ? Optional.of(text.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /// An address in figures; a name would have to be looked up.
    public static boolean isAddress(String text) {
        try {
            java.net.InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /// Octets, from a number and a unit.
    public static Optional<Long> size(String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) return Optional.empty();
        int shift =
                switch (match.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    default -> 30;
                };
        return Optional.of(Long.parseLong(match.group(1)) << shift);
    }

    private static Optional<Range> range(String text) {
        if (text.isEmpty()) return Optional.of(new Range(0, 0));
        var match = RANGE.matcher(text);
        if (!match.matches()) return Optional.empty();
        int from = Integer.parseInt(match.group(1));
        int to = Integer.parseInt(match.group(2));
        return from >= 1024 && from <= to && to <= 65_535
                ? Optional.of(new Range(from, to))
                : Optional.empty();
    }

    private static Optional<Set<Verb>> verbs(TomlArray array) {
        var verbs = EnumSet.noneOf(Verb.class);
        for (var one : array.toList()) {
            var verb =
                    Settings.ANONYMOUS_COMMANDS.stream()
                            .filter(it -> it.name().equals(one))
                            .findFirst();
            if (verb.isEmpty()) return Optional.empty();
            verbs.add(verb.get());
        }
        return Optional.of(verbs);
    }

    private static <T> Optional<List<T>> list(Object value, Function<String, Optional<T>> read) {
        if (!(value instanceof TomlArray array)) return Optional.empty();
        var list = new ArrayList<T>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof String text)) return Optional.empty();
            var one = read.apply(text);
            if (one.isEmpty()) return Optional.empty();
            list.add(one.get());
        }
        return Optional.of(List.copyOf(list));
    }

    /// `9.9.9.9`, `9.9.9.9:53`, `::1`, `[::1]:53`.
    private static Optional<InetSocketAddress> server(String text) {
        String host = text;
        String port = "53";
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            host = text.substring(1, text.indexOf(']'));
            if (colon > text.indexOf(']')) port = text.substring(colon + 1);
        } else if (colon > 0 && text.indexOf(':') == colon) {
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
        }
        if (!isAddress(host) || !port.matches("[0-9]{1,5}")) return Optional.empty();
        int number = Integer.parseInt(port);
        return number < 1 || number > 65_535
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(java.net.InetAddress.ofLiteral(host), number));
    }

    private static Optional<Duration> time(String text) {
        var match = TIMES.matcher(text);
        if (!match.matches()) return Optional.empty();
        long number = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "d" -> Duration.ofDays(number);
                    case "h" -> Duration.ofHours(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }
}
