package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Collects what is odd: each kind once, where it was first met, so that no message makes it grow.
final class Oddities {

    private @Nullable Map<Oddity.Kind, Long> first;

    void note(Oddity.Kind kind, long offset) {
        if (first == null) first = new EnumMap<>(Oddity.Kind.class);
        var known = first.get(kind);
        if (known == null || known > offset) first.put(kind, offset);
    }

    List<Oddity> list() {
        if (first == null) return List.of();
        var all = new ArrayList<Oddity>(first.size());
        first.forEach((kind, offset) -> all.add(new Oddity(kind, offset)));
        return all;
    }
}
