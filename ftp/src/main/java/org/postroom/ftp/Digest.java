package org.postroom.ftp;

/// What HASH and its older kin tell of a file (draft-bryan-ftpext-hash): by the names of the registry of
/// hash functions, which are Java's names, too, but for the first.
public enum Digest {
    CRC32("CRC32", Verb.XCRC),
    MD5("MD5", Verb.XMD5),
    SHA_1("SHA-1", Verb.XSHA1),
    SHA_256("SHA-256", Verb.XSHA256),
    SHA_512("SHA-512", Verb.XSHA512);

    public final String label;
    final Verb verb;

    Digest(String label, Verb verb) {
        this.label = label;
        this.verb = verb;
    }

    /// As FEAT lists them, a star at the one that HASH tells.
    static String stars(Digest chosen) {
        var list = new StringBuilder();
        for (var digest : values()) list.append(digest.label).append(digest == chosen ? "*;" : ";");
        return list.toString();
    }
}
