package org.postroom.mime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Collects what is odd: each kind once, where it was first met, so that no message makes it grow.
final class Oddities {

    private final Map<Oddity.Kind, Long> first = new EnumMap<>(Oddity.Kind.class);

    void note(Oddity.Kind kind, long offset) {
        first.merge(kind, offset, Math::min);
    }

    List<Oddity> list() {
        var all = new ArrayList<Oddity>();
        first.forEach((kind, offset) -> all.add(new Oddity(kind, offset)));
        return all;
    }
}
