package org.postroom.http.dav;

import org.postroom.http.dav.IfHeader.Condition;
import org.postroom.http.dav.IfHeader.Conditions;
import org.postroom.http.dav.IfHeader.Production;
import org.postroom.http.dav.IfHeader.State;
import org.postroom.http.dav.IfHeader.Tag;
import org.postroom.http.dav.IfHeader.Token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the header fields of RFC 4918 §10, one method a production, the ABNF above it.
public final class Grammar {

    private static final int MOST_CONDITIONS = 1_000;
    private static final long MOST_SECONDS = 0xffff_ffffL; // RFC 4918 §10.7

    private final String line;
    private int at;
    private int conditions;

    private Grammar(String line) {
        this.line = line;
    }

    public static Depth depth(String value) throws DavRefusal {
        return Depth.read(value);
    }

    // RFC 4918 §10.3: Destination = "Destination" ":" Simple-ref
    public static SimpleRef destination(String value) throws DavRefusal {
        return SimpleRef.read(value.strip());
    }

    // RFC 4918 §10.6: Overwrite = "Overwrite" ":" ("T" | "F")
    public static boolean overwrite(String value) throws DavRefusal {
        return switch (value.strip()) {
            case "T", "t" -> true;
            case "F", "f" -> false;
            default -> throw DavRefusal.badRequest();
        };
    }

    /// The first of the wishes that is understood, nothing for all time.
    // RFC 4918 §10.7: TimeOut = "Timeout" ":" 1#TimeType
    // TimeType = ("Second-" DAVTimeOutVal | "Infinite")
    public static Optional<Duration> timeout(String value) {
        for (var one : value.split(",", 100)) {
            String type = one.strip();
            if (type.equalsIgnoreCase("Infinite")) return Optional.empty();
            if (type.regionMatches(true, 0, "Second-", 0, 7)) return seconds(type.substring(7));
        }
        return Optional.empty();
    }

    // RFC 4918 §10.7: DAVTimeOutVal = 1*DIGIT
    private static Optional<Duration> seconds(String digits) {
        boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) return Optional.empty();
        long seconds = digits.length() > 10 ? MOST_SECONDS : Long.parseLong(digits);
        return Optional.of(Duration.ofSeconds(Math.min(seconds, MOST_SECONDS)));
    }

    // RFC 4918 §10.5: Lock-Token = "Lock-Token" ":" Coded-URL
    public static String lockToken(String value) throws DavRefusal {
        var in = new Grammar(value.strip());
        String token = in.codedUrl();
        in.end();
        return token;
    }

    // RFC 4918 §10.4.2: If = "If" ":" ( 1*No-tag-list | 1*Tagged-list )
    public static IfHeader ifHeader(String value) throws DavRefusal {
        var in = new Grammar(value);
        var productions = new ArrayList<Production>();
        in.space();
        if (in.isNext('(')) productions.add(new Production(Optional.empty(), in.lists()));
        else
            do {
                // RFC 4918 §10.4.2: Tagged-list = Resource-Tag 1*List
                var resource = SimpleRef.read(in.codedUrl());
                in.space();
                productions.add(new Production(Optional.of(resource), in.lists()));
            } while (in.isNext('<'));
        in.end();
        return new IfHeader(productions);
    }

    private List<Conditions> lists() throws DavRefusal {
        var lists = new ArrayList<Conditions>();
        do {
            lists.add(list());
            space();
        } while (isNext('('));
        return lists;
    }

    // RFC 4918 §10.4.2: List = "(" 1*Condition ")"
    private Conditions list() throws DavRefusal {
        expect('(');
        var all = new ArrayList<Condition>();
        space();
        do {
            all.add(condition());
            space();
        } while (!isNext(')'));
        expect(')');
        return new Conditions(all);
    }

    // RFC 4918 §10.4.2: Condition = ["Not"] (State-token | "[" entity-tag "]")
    private Condition condition() throws DavRefusal {
        if (++conditions > MOST_CONDITIONS) throw DavRefusal.badRequest();
        boolean not = line.regionMatches(true, at, "Not", 0, 3);
        if (not) at += 3;
        space();
        State state = isNext('[') ? new Tag(entityTag()) : new Token(codedUrl());
        return new Condition(not, state);
    }

    // RFC 9110 §8.8.3: entity-tag = [ weak ] opaque-tag
    private String entityTag() throws DavRefusal {
        expect('[');
        int from = at;
        if (line.startsWith("W/", at)) at += 2;
        expect('"');
        upTo('"');
        expect('"');
        String tag = line.substring(from, at);
        expect(']');
        return tag;
    }

    // RFC 4918 §10.1: Coded-URL = "<" absolute-URI ">"
    private String codedUrl() throws DavRefusal {
        expect('<');
        int from = at;
        upTo('>');
        String url = line.substring(from, at);
        expect('>');
        boolean clean = url.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '<');
        if (url.isEmpty() || !clean) throw DavRefusal.badRequest();
        return url;
    }

    private void upTo(char end) throws DavRefusal {
        int found = line.indexOf(end, at);
        if (found < 0) throw DavRefusal.badRequest();
        at = found;
    }

    private void space() {
        while (isNext(' ') || isNext('\t')) at++;
    }

    private boolean isNext(char c) {
        return at < line.length() && line.charAt(at) == c;
    }

    private void expect(char c) throws DavRefusal {
        if (!isNext(c)) throw DavRefusal.badRequest();
        at++;
    }

    private void end() throws DavRefusal {
        if (at < line.length()) throw DavRefusal.badRequest();
    }
}
