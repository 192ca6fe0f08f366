package org.postroom.http.dav;

/// The name of a property or element (RFC 4918 §4.5).
///
/// @param space the namespace, empty for none
public record Name(String space, String local) {

    public static final String DAV = "DAV:";

    /// A name that RFC 4918 or one of its kind gives.
    public static Name dav(String local) {
        return new Name(DAV, local);
    }

    /// A name as [#toString] prints it.
    ///
    /// @throws IllegalArgumentException it does not
    public static Name of(String printed) {
        int end = printed.lastIndexOf('}');
        if (!printed.startsWith("{") || end < 0) throw new IllegalArgumentException(printed);
        return new Name(printed.substring(1, end), printed.substring(end + 1));
    }

    public boolean isDav() {
        return space.equals(DAV);
    }

    /// The namespace in braces, and the local name, which has none.
    @Override
    public String toString() {
        return "{" + space + "}" + local;
    }
}
