package org.postroom.home;

/// A key of postroom.toml: what it takes, what holds without it, when a change counts.
///
/// @param table the table it stands in: `server`, or `route` for each `[[route]]`
/// @param byDefault as it would be written in TOML; empty where there is none
/// @param since the release that has it first
/// @param help one or two sentences for the administrator, the unit included
public record Key<T>(
        String table,
        String name,
        Kind<T> kind,
        String byDefault,
        Takes takes,
        String since,
        String help) {

    /// As an error names it.
    public String title() {
        return "[" + table + "] " + name;
    }
}
