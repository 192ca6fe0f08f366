package org.postroom.crypto.letter;

import org.postroom.crypto.Verdict;
import org.postroom.crypto.Withheld;
import org.postroom.mime.Source;
import org.postroom.mime.Summary;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/// A letter that was opened: what may be shown of it, and what is known of it.
///
/// @param by what encloses it
/// @param encryption whether nobody on the way could read it
/// @param signatures of those signatures that cover all that is shown, what came of each
/// @param summary the letter that may be shown, taken apart
/// @param source its octets, good until [#close]: header fields and text
/// @param isHeaderProtected whether subject, sender and the like are those that were signed or encrypted
/// @param certificates X.509 certificates that came along
/// @param held what [#close] lets go of
public record Opened(
        By by,
        Encryption encryption,
        List<Verdict> signatures,
        Summary summary,
        Source source,
        boolean isHeaderProtected,
        List<X509Certificate> certificates,
        List<Withheld> held)
        implements AutoCloseable {

    /// What a letter is signed or encrypted with.
    public enum By {
        NOTHING,
        PGP_MIME,
        INLINE_PGP,
        SMIME,
        /// Something within it is signed or encrypted; the letter as a whole is not.
        PART_ONLY
    }

    /// How a letter was encrypted.
    public enum Encryption {
        NONE,
        /// And nobody altered it.
        WHOLE,
        /// In a way that does not show whether it was altered; a signature may.
        UNPROTECTED
    }

    public Opened {
        signatures = List.copyOf(signatures);
        certificates = List.copyOf(certificates);
        held = List.copyOf(held);
    }

    /// Whether one of the signatures is good and names this address.
    public boolean isSignedBy(String address) {
        return signatures.stream().anyMatch(one -> one.speaksFor(address));
    }

    @Override
    public void close() throws IOException {
        for (var one : held) one.close();
    }
}
