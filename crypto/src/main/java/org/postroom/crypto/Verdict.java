package org.postroom.crypto;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What came of one signature.
///
/// @param finding whether it is good, or what is wrong; the rest is what the signature itself says where
///     it is not good
/// @param certificate whose it is: the fingerprint of the OpenPGP certificate or of the X.509
///     certificate, in hexadecimal digits; empty if nobody is known
/// @param key the fingerprint or key id of the very key
/// @param people who the certificate says its owner is: user ids, or a name and addresses
/// @param addresses the e-mail addresses among them
/// @param when it says that it was made
/// @param text whether line ends do not matter
/// @param detail more about what is wrong, for a person; or empty
public record Verdict(
        Finding finding,
        String certificate,
        String key,
        List<String> people,
        List<String> addresses,
        Instant when,
        boolean text,
        String detail) {

    /// What a signature can be found to be. All but [#GOOD] say nothing about who wrote something.
    public enum Finding {
        GOOD("Good signature"),
        NO_CERTIFICATE("Signed with a key that is not known here"),
        WRONG("The signature does not fit: what was signed was changed"),
        KEY_EXPIRED("Signed with a key that had expired"),
        KEY_REVOKED("Signed with a key that was revoked"),
        EXPIRED("The signature has expired"),
        OUT_OF_TIME("The signature is from another time"),
        NOT_FOR_SIGNING("Signed with a key that is not meant for signing"),
        WEAK("The signature uses what can be forged today"),
        UNTRUSTED("Signed with a certificate that nobody vouches for who is trusted here"),
        UNKNOWN_REVOCATION("Whether the certificate was revoked could not be found out"),
        MALFORMED("The signature can't be read");

        /// For a person.
        public final String words;

        Finding(String words) {
            this.words = words;
        }
    }

    public Verdict {
        people = List.copyOf(people);
        addresses = List.copyOf(addresses);
    }

    public boolean isGood() {
        return finding == Finding.GOOD;
    }

    /// Whether it is good and the certificate names this address: else it may be good and somebody
    /// else's (TRAPS T38).
    public boolean speaksFor(String address) {
        return isGood() && names(address);
    }

    /// Whether the certificate names this address. Domains and, as most of them do, local parts are
    /// compared without case.
    public boolean names(String address) {
        String sought = address.toLowerCase(Locale.ROOT);
        return addresses.stream().anyMatch(one -> one.toLowerCase(Locale.ROOT).equals(sought));
    }
}
