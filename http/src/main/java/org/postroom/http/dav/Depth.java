package org.postroom.http.dav;

import java.util.Locale;

/// How far down a request goes (RFC 4918 §10.2).
public enum Depth {
    ZERO("0"),
    ONE("1"),
    INFINITY("infinity");

    public final String text;

    Depth(String text) {
        this.text = text;
    }

    // RFC 4918 §10.2: Depth = "Depth" ":" ("0" | "1" | "infinity")
    static Depth read(String value) throws DavRefusal {
        for (var depth : values())
            if (depth.text.equals(value.strip().toLowerCase(Locale.ROOT))) return depth;
        throw DavRefusal.badRequest();
    }
}
