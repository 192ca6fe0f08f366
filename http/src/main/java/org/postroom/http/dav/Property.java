package org.postroom.http.dav;

/// A property of a file or directory.
///
/// @param xml the whole element with its name, as XML that was written here and stands by itself: it
///     declares each prefix that it has, but `D` where the name is WebDAV's
public record Property(Name name, String xml) {

    /// One without a value, or of which the name alone is told.
    public static Property empty(Name name) {
        return new Property(name, new Markup().empty(name).toString());
    }

    /// One of WebDAV's, whose value is text.
    public static Property text(String name, String text) {
        return new Property(Name.dav(name), new Markup().element(name, text).toString());
    }

    /// One of WebDAV's, whose value is an empty element of WebDAV's.
    public static Property element(String name, String element) {
        return of(name, new Markup().empty(element).toString());
    }

    /// One of WebDAV's.
    ///
    /// @param xml what is in it
    static Property of(String name, String xml) {
        return new Property(Name.dav(name), new Markup().begin(name).raw(xml).end(name).toString());
    }
}
