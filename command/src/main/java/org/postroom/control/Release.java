package org.postroom.control;

/// Which Postroom this is.
public final class Release {

    /// Its version; `0-here` when it runs from its compiled classes, as tests do.
    public static final String VERSION = version();

    private Release() {}

    private static String version() {
        var said = Release.class.getPackage().getImplementationVersion();
        return said == null ? "0-here" : said;
    }
}
