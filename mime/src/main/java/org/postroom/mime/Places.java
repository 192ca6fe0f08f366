package org.postroom.mime;

import java.util.ArrayList;
import java.util.List;

/// Where the fields of the message's own header section stand, as many as are kept.
final class Places {

    private final Kept kept;
    private final Oddities oddities;
    private final List<FieldPlace> list = new ArrayList<>();

    Places(Kept kept, Oddities oddities) {
        this.kept = kept;
        this.oddities = oddities;
    }

    void add(String name, long offset, long length) {
        if (list.size() == Structure.MAX_FIELDS) oddities.note(Oddity.Kind.TOO_MANY_FIELDS, offset);
        else if (kept.keepPlace(name, offset))
            list.add(new FieldPlace(name, offset, (int) Math.min(length, Integer.MAX_VALUE)));
    }

    List<FieldPlace> list() {
        return list;
    }
}
