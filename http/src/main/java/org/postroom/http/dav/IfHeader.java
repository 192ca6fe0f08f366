package org.postroom.http.dav;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The header field If (RFC 4918 §10.4): what has to be so for a request to be done, and which locks are
/// known to whoever asks.
///
/// @param productions one of them has to hold
public record IfHeader(List<Production> productions) {

    public IfHeader {
        productions = List.copyOf(productions);
    }

    /// Lists about one resource, of which one has to hold.
    ///
    /// @param resource what they are about, or nothing for the request's own
    public record Production(Optional<SimpleRef> resource, List<Conditions> lists) {

        public Production {
            lists = List.copyOf(lists);
        }
    }

    /// All of these have to hold.
    public record Conditions(List<Condition> all) {

        public Conditions {
            all = List.copyOf(all);
        }
    }

    /// @param not whether the resource must not have this state
    public record Condition(boolean not, State state) {}

    public sealed interface State {}

    /// A lock covers the resource.
    public record Token(String uri) implements State {}

    /// What the resource holds is this.
    ///
    /// @param tag as it is written, with its quotes and with `W/` where it is weak
    public record Tag(String tag) implements State {}

    /// What a resource is now.
    public interface Matching<X extends Exception> {
        boolean matches(Optional<SimpleRef> resource, State state) throws X;
    }

    /// All tokens in it: by being here they are submitted, whatever comes of the conditions.
    // RFC 4918 §10.4.1
    public Set<String> tokens() {
        var tokens = new LinkedHashSet<String>();
        for (var production : productions)
            for (var list : production.lists)
                for (var condition : list.all)
                    if (condition.state instanceof Token(var uri)) tokens.add(uri);
        return tokens;
    }

    // RFC 4918 §10.4.3
    public <X extends Exception> boolean holds(Matching<X> now) throws X {
        for (var production : productions)
            for (var list : production.lists)
                if (holds(production.resource, list, now)) return true;
        return false;
    }

    private static <X extends Exception> boolean holds(
            Optional<SimpleRef> resource, Conditions list, Matching<X> now) throws X {
        for (var condition : list.all)
            if (now.matches(resource, condition.state) == condition.not) return false;
        return true;
    }

    /// As it is sent.
    @Override
    public String toString() {
        return productions.stream().map(IfHeader::print).collect(Collectors.joining(" "));
    }

    private static String print(Production production) {
        String lists =
                production.lists.stream().map(IfHeader::print).collect(Collectors.joining(" "));
        return production.resource.map(it -> "<" + it + "> ").orElse("") + lists;
    }

    private static String print(Conditions list) {
        return list.all.stream()
                .map(condition -> (condition.not ? "Not " : "") + print(condition.state))
                .collect(Collectors.joining(" ", "(", ")"));
    }

    private static String print(State state) {
        return switch (state) {
            case Token(var uri) -> "<" + uri + ">";
            case Tag(var tag) -> "[" + tag + "]";
        };
    }
}
