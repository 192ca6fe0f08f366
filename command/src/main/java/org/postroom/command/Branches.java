package org.postroom.command;

import org.postroom.mime.Outline;
import org.postroom.mime.Part;

import java.util.IdentityHashMap;

/// Draws the branches of a tree of parts before their names.
final class Branches {

    private final IdentityHashMap<Part, String> before = new IdentityHashMap<>();

    Branches(Part root) {
        before.put(root, "");
        grow(root, "");
    }

    String before(Outline.Entry entry) {
        return before.getOrDefault(entry.part(), "");
    }

    private void grow(Part part, String indent) {
        for (int i = 0; i < part.children().size(); i++) { // Structure bounds the depth
            var child = part.children().get(i);
            boolean last = i == part.children().size() - 1;
            before.put(child, indent + (last ? "└─ " : "├─ "));
            grow(child, indent + (last ? "   " : "│  "));
        }
    }
}
