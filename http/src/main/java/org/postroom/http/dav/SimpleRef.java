package org.postroom.http.dav;

import java.util.Locale;
import java.util.Optional;

/// A URL in a header field: an absolute URI of http or https, or a path (RFC 4918 §8.3).
///
/// @param origin scheme and authority, `http://example.com:8080`, in lower case and without the
///     scheme's own port; empty where there was a path alone
/// @param path as it was percent-encoded, from its `/` on
public record SimpleRef(Optional<String> origin, String path) {

    private static final int LONGEST = 16_384;

    /// Whether it may be a URL of ours.
    ///
    /// @param authority where the request came to, its host with the port if that was named
    public boolean isAt(String authority) {
        if (origin.isEmpty()) return true;
        // a proxy in front may speak https where we hear http: the scheme does not count
        return withoutPort(rest(origin.get())).equals(withoutPort(lower(authority)));
    }

    private static String rest(String origin) {
        return origin.substring(origin.indexOf("://") + 3);
    }

    private static String withoutPort(String authority) {
        for (var port : new String[] {":80", ":443"})
            if (authority.endsWith(port))
                return authority.substring(0, authority.length() - port.length());
        return authority;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    // RFC 4918 §8.3: Simple-ref = absolute-URI | ( path-absolute [ "?" query ] )
    static SimpleRef read(String value) throws DavRefusal {
        if (value.length() > LONGEST || !isVisible(value)) throw DavRefusal.badRequest();
        if (value.startsWith("/")) return new SimpleRef(Optional.empty(), path(value));
        String lower = lower(value);
        if (!lower.startsWith("http://") && !lower.startsWith("https://"))
            throw DavRefusal.badRequest();
        int host = value.indexOf("://") + 3;
        int path = value.indexOf('/', host);
        if (path < 0) path = value.length();
        String authority = lower.substring(host, path);
        // RFC 9110 §4.2.4: userinfo is likely there to deceive
        if (authority.isEmpty() || authority.indexOf('@') >= 0) throw DavRefusal.badRequest();
        String rest = path == value.length() ? "/" : value.substring(path);
        return new SimpleRef(Optional.of(lower.substring(0, path)), path(rest));
    }

    /// No name of ours has a query, and a fragment is never sent.
    private static String path(String path) throws DavRefusal {
        if (path.startsWith("//") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0)
            throw DavRefusal.badRequest();
        return path;
    }

    private static boolean isVisible(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '<' && c != '>');
    }

    @Override
    public String toString() {
        return origin.orElse("") + path;
    }
}
