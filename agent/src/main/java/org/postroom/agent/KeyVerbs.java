package org.postroom.agent;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.keys.KeyRing;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.crypto.smime.Certificates;
import org.postroom.mime.render.Columns;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Secret;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// `keys`: the key ring, listed and changed.
final class KeyVerbs {

    private static final int LONGEST = 300;
    private static final long MOST_OCTETS = 32 << 20;

    private final Session session;
    private final KeyRing ring;

    KeyVerbs(Session session) {
        this.session = session;
        this.ring = session.ring;
    }

    void run(Given given) throws Hindrance {
        var words = given.words();
        String what = words.isEmpty() ? "list" : words.getFirst();
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            switch (what) {
                case "list" -> list();
                case "make" -> make();
                case "import" -> take(rest);
                case "export" -> export(rest);
                case "keep" -> keep(rest);
                case "forget" -> forget(rest);
                case "revoke" -> revoke();
                default ->
                        throw Hindrance.usage(
                                "keys list, make, import FILE, export [ADDRESS], keep [LETTER],"
                                        + " forget ADDRESS or revoke; not "
                                        + what);
            }
        } catch (Unusable unusable) {
            throw Hindrance.notSo(unusable.text() + ".");
        } catch (IOException e) {
            throw Hindrance.system("The key ring", e);
        }
        session.desk.out().flush();
    }

    private void list() throws IOException, Unusable {
        var now = Instant.now();
        for (var key : ring.keys()) row("yours", key.certificate(), now);
        for (var one : ring.people()) row("", one, now);
        for (var one : ring.certified())
            row("S/MIME", Certificates.fingerprint(one), Certificates.addresses(one));
        for (var one : ring.authorities())
            row("believed", Certificates.fingerprint(one), List.of(Certificates.name(one)));
    }

    private void row(String kind, Certificate certificate, Instant now) {
        boolean over = certificate.expires().filter(end -> !now.isBefore(end)).isPresent();
        String state = certificate.isRevoked(now) ? "revoked" : over ? "expired" : kind;
        row(state, certificate.fingerprint(), certificate.people(now));
    }

    private void row(String kind, String fingerprint, List<String> people) {
        session.desk
                .out()
                .println(
                        Columns.fit(kind, 10)
                                + fingerprint
                                + "  "
                                + Visible.line(String.join(", ", people), LONGEST));
    }

    private void make() throws IOException, Unusable, Hindrance {
        Secret once = session.desk.secret("A passphrase for your key");
        if (once.isEmpty()) throw Hindrance.usage("A key without a passphrase is anybody's.");
        if (!once.equals(session.desk.secret("Once more")))
            throw Hindrance.usage("These are two passphrases; try again.");
        session.desk.tell("Your key is " + ring.make(once).fingerprint());
    }

    private void take(List<String> files) throws IOException, Unusable, Hindrance {
        if (files.isEmpty()) throw Hindrance.usage("Import which file?");
        for (var name : files) {
            var file = Path.of(FileNames.expanded(name));
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_OCTETS)
                throw Hindrance.notSo(file + " is no file of keys.");
            for (var taken : ring.take(Files.readAllBytes(file)))
                session.desk.tell("Took " + Visible.line(taken, LONGEST));
        }
    }

    private void export(List<String> addresses) throws IOException, Unusable, Hindrance {
        var text = new ByteArrayOutputStream();
        if (addresses.isEmpty()) {
            var own = ring.own();
            if (own.isEmpty())
                throw Hindrance.notSo("There is no key of yours; `keys make` makes one.");
            own.get().certificate().writeTo(text, true);
        }
        for (var address : addresses) {
            var pgp = ring.of(address);
            var smime = ring.certifiedOf(address);
            if (pgp.isEmpty() && smime.isEmpty())
                throw Hindrance.notSo("No key is kept for " + address + ".");
            if (pgp.isPresent()) pgp.get().writeTo(text, true);
            if (smime.isPresent())
                text.writeBytes(Certificates.pem(smime.get()).getBytes(StandardCharsets.US_ASCII));
        }
        session.desk.out().print(text.toString(StandardCharsets.US_ASCII));
    }

    /// Keeps what a letter brings: that of its author, after a look at the fingerprint.
    private void keep(List<String> words) throws IOException, Unusable, Hindrance {
        var row = Numbers.row(words, session);
        session.read(row);
        var looked = session.looked();
        String author =
                row.envelope().from().size() == 1
                        ? row.envelope().from().getFirst().addrSpec()
                        : "";
        boolean any = false;
        for (var one : looked.brought())
            any |=
                    agreed(one.fingerprint(), one.people(Instant.now()), changed(one))
                            && told(ring.keep(one));
        for (var one : looked.certificates())
            if (one.getBasicConstraints() < 0 && Certificates.addresses(one).contains(author))
                any |=
                        agreed(Certificates.fingerprint(one), Certificates.addresses(one), false)
                                && told(ring.keep(one));
        if (!any) throw Hindrance.notSo("Nothing was kept.");
    }

    private boolean changed(Certificate one) throws IOException {
        for (var address : one.addresses(Instant.now())) {
            var kept = ring.kept(address);
            if (kept.isPresent() && !kept.get().fingerprint().equals(one.fingerprint()))
                return true;
        }
        return false;
    }

    private boolean agreed(String fingerprint, List<String> people, boolean changes) {
        String who = Visible.line(String.join(", ", people), LONGEST);
        if (changes)
            session.desk.tell(
                    session.desk
                            .paint()
                            .warning("You keep ANOTHER key for " + who + ". Has it changed?"));
        return session.desk.agrees("Keep " + fingerprint + " of " + who + "?");
    }

    private boolean told(List<String> changed) {
        session.desk.tell(
                changed.isEmpty()
                        ? "Kept."
                        : "Kept, instead of another, for " + String.join(", ", changed));
        return true;
    }

    private void forget(List<String> addresses) throws IOException, Hindrance {
        if (addresses.isEmpty()) throw Hindrance.usage("Forget the key of which address?");
        for (var address : addresses)
            if (!ring.forget(address)) throw Hindrance.notSo("No key is kept for " + address + ".");
    }

    private void revoke() throws IOException, Unusable, Hindrance {
        if (!session.desk.agrees("Revoke your key, for good?"))
            throw Hindrance.notSo("Nothing was revoked.");
        var out = new ByteArrayOutputStream();
        ring.revoke().writeTo(out, true);
        session.desk.tell("Send this to everybody who has your key:");
        session.desk.out().print(out.toString(StandardCharsets.US_ASCII));
    }
}
