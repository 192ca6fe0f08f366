package org.postroom.crypto.pgp;

/// What kind of key is made.
public enum Profile {
    /// Version 4, Ed25519 and X25519 as GnuPG 2.2 knows them; encrypted with a modification detection code.
    RFC4880("rfc4880", "Version 4, Ed25519 and X25519, for everybody"),

    /// Version 6 with authenticated encryption, for programs of today.
    RFC9580("rfc9580", "Version 6, Ed25519 and X25519, authenticated encryption");

    /// As it is called on the command line.
    public final String word;

    public final String help;

    Profile(String word, String help) {
        this.word = word;
        this.help = help;
    }
}
