package org.postroom.ftp;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a server says that it can do beyond RFC 959 (RFC 2389 §3.2), by the first word of each line.
///
/// @param lines the words behind the first, by the first in upper case
public record Features(Map<String, String> lines) {

    /// Of a server that has no FEAT.
    public static final Features NONE = new Features(Map.of());

    public Features {
        lines = Map.copyOf(lines);
    }

    static Features of(List<String> told) {
        var lines = new HashMap<String, String>();
        for (var line : told) {
            var words = line.strip().split(" ", 2);
            lines.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
        }
        return new Features(lines);
    }

    public boolean has(String word) {
        return lines.containsKey(word);
    }

    /// The server lists facts (RFC 3659 §7).
    public boolean hasMlsd() {
        return has("MLST") || has("MLSD");
    }

    /// A transfer can begin at an offset (RFC 3659 §5.1).
    public boolean restarts() {
        return lines.getOrDefault("REST", "").toUpperCase(Locale.ROOT).contains("STREAM");
    }

    /// By what the server would hash, the strongest first.
    public List<Digest> digests() {
        Set<Digest> all = EnumSet.noneOf(Digest.class);
        String told = lines.getOrDefault("HASH", "").toUpperCase(Locale.ROOT);
        for (var digest : Digest.values())
            if (List.of(told.replace("*", "").split("[; ]", -1))
                            .contains(digest.label.toUpperCase(Locale.ROOT))
                    || has(digest.verb.name())) all.add(digest);
        return all.stream().sorted(java.util.Comparator.reverseOrder()).toList();
    }

    /// Whether HASH itself tells this one; else the older command does.
    boolean hashes(Digest digest) {
        return Optional.ofNullable(lines.get("HASH"))
                .map(told -> told.toUpperCase(Locale.ROOT).replace("*", ""))
                .filter(told ->
                        List.of(told.split("[; ]", -1))
                                .contains(digest.label.toUpperCase(Locale.ROOT)))
                .isPresent();
    }
}
