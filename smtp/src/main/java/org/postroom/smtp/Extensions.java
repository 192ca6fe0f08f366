package org.postroom.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a server announces in its answer to EHLO: extensions and what stands behind their keywords.
/// One that a client does not know is not kept.
public record Extensions(Map<Extension, String> offers) {

    /// What a server has that only knows HELO.
    public static final Extensions NONE = new Extensions(Map.of());

    private static final int LONGEST_NUMBER = 18; // digits that fit a long for certain

    private static final int LONGEST_LIMIT = 9; // digits that fit an int for certain
    private static final int MOST_LIMITS = 100;

    public Extensions {
        var ordered = new EnumMap<Extension, String>(Extension.class);
        ordered.putAll(offers);
        offers = Collections.unmodifiableMap(ordered);
    }

    public boolean has(Extension extension) {
        return offers.containsKey(extension);
    }

    /// The SASL mechanisms (RFC 4954 §3).
    public List<String> mechanisms() {
        String names = offers.getOrDefault(Extension.AUTH, "").strip();
        return names.isEmpty() ? List.of() : List.of(names.split(" +"));
    }

    /// The largest letter that is taken; nothing when the server names no bound, as `SIZE 0` does
    /// (RFC 1870 §3, TRAPS T10).
    public OptionalLong mostOctets() {
        String number = offers.getOrDefault(Extension.SIZE, "").strip();
        if (number.isEmpty()
                || number.length() > LONGEST_NUMBER
                || !number.chars().allMatch(c -> c >= '0' && c <= '9')) return OptionalLong.empty();
        long octets = Long.parseLong(number);
        return octets == 0 ? OptionalLong.empty() : OptionalLong.of(octets);
    }

    /// The least time in seconds that a deadline of DELIVERBY has to leave (RFC 2852 §2); 0 for any.
    public int leastTime() {
        String number = offers.getOrDefault(Extension.DELIVERBY, "").strip();
        return isNumber(number) ? Integer.parseInt(number) : 0;
    }

    /// What the server says it takes no more of.
    // RFC 9422 §4
    public enum Limit {
        /// Letters by one connection.
        MAILMAX,
        /// Recipients of one letter.
        RCPTMAX,
        /// Different domains among them.
        RCPTDOMAINMAX
    }

    // RFC 9422 §3: *(SP limit-name ["=" limit-value]); §4: MAILMAX=%x31-39 0*5DIGIT
    /// A limit; nothing where there is none, or none that can be read.
    public OptionalInt limit(Limit limit) {
        for (var word : offers.getOrDefault(Extension.LIMITS, "").split(" +", MOST_LIMITS)) {
            int equals = word.indexOf('=');
            if (equals < 0 || !word.substring(0, equals).equalsIgnoreCase(limit.name())) continue;
            String value = word.substring(equals + 1);
            if (isNumber(value) && !value.startsWith("0"))
                return OptionalInt.of(Integer.parseInt(value));
        }
        return OptionalInt.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_LIMIT
                && text.chars().allMatch(Grammar::isDigit);
    }

    // RFC 5321 §4.1.1.1: ehlo-ok-rsp = ( "250" SP Domain [ SP ehlo-greet ] CRLF ) / ( "250-" Domain
    // [ SP ehlo-greet ] CRLF *( "250-" ehlo-line CRLF ) "250" SP ehlo-line CRLF )
    /// The reply that announces them.
    public Reply reply(String domain, String greeting) {
        var lines = new ArrayList<String>();
        lines.add(domain + " " + greeting);
        offers.forEach((extension, parameters) ->
                lines.add(
                        parameters.isEmpty()
                                ? extension.keyword
                                : extension.keyword + " " + parameters));
        return new Reply(250, "", lines);
    }

    // RFC 5321 §4.1.1.1: ehlo-line = ehlo-keyword *( SP ehlo-param )
    static Extensions of(Reply reply) {
        var offers = new EnumMap<Extension, String>(Extension.class);
        for (var line : reply.lines().subList(1, reply.lines().size())) {
            int space = line.indexOf(' ');
            String keyword = space < 0 ? line : line.substring(0, space);
            String parameters = space < 0 ? "" : line.substring(space + 1).strip();
            Extension.named(keyword).ifPresent(extension -> offers.put(extension, parameters));
        }
        return new Extensions(offers);
    }
}
