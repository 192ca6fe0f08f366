package org.postroom.ftp;

import java.util.Collection;
import java.util.Locale;

/// The facts of a listing that this house knows (RFC 3659 §7.5), in the order in which it prints them.
public enum Fact {
    TYPE("type"),
    SIZE("size"),
    MODIFY("modify"),
    PERM("perm"),
    UNIQUE("unique");

    public final String label;

    Fact(String label) {
        this.label = label;
    }

    /// With a capital, as MFMT's reply has it.
    String told() {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    /// RFC 3659 §7.9.1: 1*( factname ";" )
    static String list(Collection<Fact> facts) {
        var list = new StringBuilder();
        for (var fact : values()) if (facts.contains(fact)) list.append(fact.label).append(';');
        return list.toString();
    }

    /// RFC 3659 §7.8: factlist = 1*( factname ["*"] ";" ), a star for those that are sent
    static String stars(Collection<Fact> sent) {
        var list = new StringBuilder();
        for (var fact : values()) list.append(fact.label).append(sent.contains(fact) ? "*;" : ";");
        return list.toString();
    }
}
