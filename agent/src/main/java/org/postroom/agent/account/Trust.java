package org.postroom.agent.account;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;
import org.postroom.wire.Tls;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Which servers are believed to be who they say: those whom the system trusts, and those whose
/// certificate a person has accepted, which is remembered (`certificates` in the agent's folder, a
/// line each: host and port, SHA-256). Without a person only the first are.
public final class Trust {

    private static final String FILE = "certificates";

    private final Folder folder;
    private final Asking asking;
    private final boolean insecure;

    /// @param insecure believes everybody, and takes clear text; for scripts that know why
    public Trust(Folder folder, Asking asking, boolean insecure) {
        this.folder = folder;
        this.asking = asking;
        this.insecure = insecure;
    }

    boolean isInsecure() {
        return insecure;
    }

    /// One attempt to reach a place.
    Attempt attempt(Place.Net place) {
        return new Attempt(place);
    }

    /// A handshake waits for nobody, so the certificate that it failed by is kept, and the person asked
    /// once it is over; then there is another attempt.
    final class Attempt implements Tls.Judge {

        private final Place.Net place;
        private @Nullable X509Certificate rejected;
        private String why = "";

        private Attempt(Place.Net place) {
            this.place = place;
        }

        Tls.Client tls() {
            return insecure ? Tls.opportunistic() : Tls.judged(this);
        }

        @Override
        public boolean trusts(X509Certificate certificate, String reason) {
            if (isKnown(place, fingerprint(certificate))) return true;
            rejected = certificate;
            why = reason;
            return false;
        }

        /// Whether another attempt makes sense: the certificate was the reason, and the person
        /// accepts it.
        boolean isWorthAnother() throws Hindrance {
            var certificate = rejected;
            if (certificate == null) return false;
            String print = fingerprint(certificate);
            boolean changed = knowsAnother(place);
            String question =
                    (changed
                                    ? "WARNING: "
                                            + place.address()
                                            + " shows another certificate"
                                            + " than the one that you have accepted before.\n"
                                    : "The system does not trust the certificate of "
                                            + place.address()
                                            + " ("
                                            + inWords(why)
                                            + ").\n")
                            + "  issued to "
                            + shortened(certificate.getSubjectX500Principal().getName())
                            + "\n  until "
                            + certificate.getNotAfter().toInstant()
                            + "\n  SHA-256 "
                            + spaced(print)
                            + "\nTrust it, now and later?";
            if (asking.agrees(question)) {
                remember(place, print);
                return true;
            }
            throw new Hindrance(
                    Hindrance.Kind.NOT_ALLOWED,
                    "The certificate of "
                            + place.address()
                            + " is not trusted ("
                            + inWords(why)
                            + ").");
        }
    }

    /// One server shows one certificate at all its ports.
    private boolean isKnown(Place.Net place, String print) {
        for (var line : lines())
            if (line.startsWith(place.host() + ":") && line.endsWith(" " + print)) return true;
        return false;
    }

    private boolean knowsAnother(Place.Net place) {
        return lines().stream().anyMatch(line -> line.startsWith(place.address() + " "));
    }

    private List<String> lines() {
        try {
            return folder.lines(FILE);
        } catch (IOException unreadable) {
            asking.tell("The accepted certificates can't be read: " + unreadable.getMessage());
            return List.of();
        }
    }

    private void remember(Place.Net place, String print) throws Hindrance {
        try {
            var lines = new ArrayList<String>();
            for (var line : folder.lines(FILE))
                if (!line.startsWith(place.address() + " ")) lines.add(line);
            lines.add(place.address() + " " + print);
            folder.replace(FILE, lines);
        } catch (IOException e) {
            throw Hindrance.system("Remembering the certificate", e);
        }
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new Fault("a certificate's fingerprint", e);
        }
    }

    private static String spaced(String hex) {
        return hex.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /// What the JDK says of a certificate, for people.
    private static String inWords(String why) {
        if (why.contains("path building failed")) return "nobody whom it knows vouches for it";
        if (why.contains("No subject alternative") || why.contains("No name matching"))
            return "it is made out to another name";
        return shortened(why);
    }

    /// What a stranger's certificate says, or the JDK about it.
    private static String shortened(String text) {
        return org.postroom.mime.render.Visible.line(text, 200);
    }
}
