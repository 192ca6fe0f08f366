package org.postroom.server.http;

import org.jspecify.annotations.Nullable;
import org.postroom.http.EntityTag;
import org.postroom.http.Status;
import org.postroom.http.dav.DavRefusal;
import org.postroom.http.dav.Grammar;
import org.postroom.http.dav.IfHeader.State;
import org.postroom.http.dav.IfHeader.Tag;
import org.postroom.http.dav.IfHeader.Token;
import org.postroom.http.dav.SimpleRef;
import org.postroom.store.FilePath;
import org.postroom.store.Lock;
import org.postroom.store.Node;
import org.postroom.store.Refused;

import java.util.List;
import java.util.Optional;

/// The field If (RFC 4918 §10.4): judged before anything is done, by any method; and what it names of locks
/// is known to whoever asks.
final class DavConditions {

    private final Exchange asked;
    private final Shelf shelf;
    private final FilePath path;
    private @Nullable List<Lock> locks;

    private DavConditions(Exchange asked, Shelf shelf, FilePath path) {
        this.asked = asked;
        this.shelf = shelf;
        this.path = path;
    }

    /// The shelf for somebody who holds what the field names.
    ///
    /// @throws DavRefusal it makes no sense
    /// @throws Refusal it does not hold
    static Shelf judged(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused {
        var field = asked.field("If");
        if (field.isEmpty()) return shelf;
        var header = Grammar.ifHeader(field.get());
        if (!header.<Refused>holds(new DavConditions(asked, shelf, path)::matches))
            throw new Refusal(Status.PRECONDITION_FAILED, "changed-meanwhile");
        return shelf.holding(header.tokens());
    }

    /// The one token of a field, for whoever prolongs a lock (RFC 4918 §9.10.2).
    static Optional<String> onlyToken(Exchange asked) throws DavRefusal {
        var field = asked.field("If");
        if (field.isEmpty()) return Optional.empty();
        var tokens = Grammar.ifHeader(field.get()).tokens();
        return tokens.size() == 1 ? Optional.of(tokens.iterator().next()) : Optional.empty();
    }

    // RFC 4918 §10.4.4
    private boolean matches(Optional<SimpleRef> resource, State state) throws Refused {
        var place = resource.isEmpty() ? Optional.of(path) : place(resource.get());
        if (place.isEmpty()) return false;
        return switch (state) {
            case Token(var uri) ->
                    locks().stream()
                            .anyMatch(it -> it.token().equals(uri) && it.covers(place.get()));
            case Tag(var tag) -> {
                var there = Files.there(shelf, place.get()).filter(it -> !it.isDirectory());
                yield there.isPresent() && isTag(tag, there.get());
            }
        };
    }

    private static boolean isTag(String tag, Node node) {
        return EntityTag.of(tag).filter(it -> it.isWeakly(Files.tag(node))).isPresent();
    }

    private Optional<FilePath> place(SimpleRef resource) {
        return resource.isAt(asked.authority())
                ? Dav.place(shelf, resource.path())
                : Optional.empty();
    }

    private List<Lock> locks() {
        var known = locks;
        if (known == null) known = shelf.files().locks();
        locks = known;
        return known;
    }
}
