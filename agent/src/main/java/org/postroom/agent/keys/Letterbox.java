package org.postroom.agent.keys;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.letter.Draft;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.letter.Keys;
import org.postroom.crypto.letter.Opened;
import org.postroom.crypto.letter.Reader;
import org.postroom.crypto.letter.Sealing;
import org.postroom.crypto.letter.Seen;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.crypto.pgp.Key;
import org.postroom.crypto.smime.Identity;
import org.postroom.crypto.smime.Trust;
import org.postroom.mime.Source;
import org.postroom.mime.Summary;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.Party.Person;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Letters opened and sealed with the keys of a ring.
public final class Letterbox {

    private final KeyRing ring;

    public Letterbox(KeyRing ring) {
        this.ring = ring;
    }

    /// A letter that was looked into.
    ///
    /// @param opened what may be shown of it; nothing if it can't be opened
    /// @param brought OpenPGP certificates of its author that it brings and that are not kept
    /// @param certificates S/MIME certificates that it brings
    public record Looked(
            Optional<Opened> opened,
            State state,
            List<Certificate> brought,
            List<X509Certificate> certificates)
            implements AutoCloseable {
        public Looked {
            brought = List.copyOf(brought);
            certificates = List.copyOf(certificates);
        }

        @Override
        public void close() throws IOException {
            if (opened.isPresent()) opened.get().close();
        }
    }

    /// Opens a letter, as far as there is anything to open.
    public Looked look(Summary summary, Source letter) throws Hindrance {
        try {
            var brought = Seen.in(summary, letter, from(summary));
            try {
                var opened =
                        Reader.open(
                                summary,
                                letter,
                                new Known(ring, brought),
                                new TemporarySpool(),
                                Instant.now());
                var inside = Seen.in(opened.summary(), opened.source(), from(summary));
                var offered = new ArrayList<>(brought);
                for (var one : inside)
                    if (offered.stream().noneMatch(it -> isSame(it, one))) offered.add(one);
                return new Looked(
                        Optional.of(opened),
                        State.of(opened, from(opened.summary()), ring),
                        offered,
                        opened.certificates());
            } catch (Unusable shut) {
                if (shut.why() == Unusable.Why.LOCKED) ring.forgetPassphrase();
                return new Looked(Optional.empty(), State.shut(shut.text()), brought, List.of());
            }
        } catch (IOException e) {
            throw Hindrance.system("Opening the letter", e);
        }
    }

    private static boolean isSame(Certificate one, Certificate other) {
        return one.fingerprint().equals(other.fingerprint());
    }

    private static String from(Summary summary) {
        var from = summary.envelope().from();
        return from.size() == 1 && from.getFirst().host() != null ? from.getFirst().addrSpec() : "";
    }

    /// The ring, and what the letter itself brings: a signature by it is a signature by whoever wrote the
    /// letter, and [State] says that nobody vouches for more.
    private record Known(KeyRing ring, List<Certificate> brought) implements Keys {

        @Override
        public List<Certificate> certificates() throws IOException, Unusable {
            var all = new ArrayList<>(ring.certificates());
            for (var one : brought) if (all.stream().noneMatch(it -> isSame(it, one))) all.add(one);
            return all;
        }

        @Override
        public List<Key> keys() throws IOException, Unusable {
            return ring.keys();
        }

        @Override
        public List<Secret> passphrases() {
            return ring.passphrases();
        }

        @Override
        public Trust trust() throws IOException, Unusable {
            return ring.trust();
        }

        @Override
        public List<Identity> identities() throws IOException, Unusable {
            return ring.identities();
        }
    }

    /// Signs and encrypts a letter as its draft says, for oneself, too: what was sent is to be read again.
    public Sealing.Sealed seal(
            Message message, Draft draft, List<Person> recipients, Composer composer)
            throws Hindrance {
        if (draft.encrypts && !draft.bcc.isBlank())
            throw Hindrance.usage(
                    "An encrypted letter tells its readers who else can read it: --each sends one"
                            + " to each, and Bcc would not be blind.");
        try {
            var how = draft.smime ? smime(draft, recipients) : pgp(draft, recipients);
            return new Sealing(composer, new TemporarySpool()).seal(introduced(message), how);
        } catch (Unusable unusable) {
            if (unusable.why() == Unusable.Why.LOCKED) ring.forgetPassphrase();
            throw Hindrance.notSo(unusable.text() + ".");
        } catch (IOException e) {
            throw Hindrance.system("Sealing the letter", e);
        } catch (CannotCross e) {
            throw Hindrance.notSo("The letter can't be sealed: " + e.getMessage());
        }
    }

    /// With one's own certificate, so that whoever gets it can answer in kind.
    private Message introduced(Message message) throws IOException, Unusable {
        var own = ring.own();
        if (own.isEmpty()) return message;
        var certificate = own.get().certificate();
        var header = new ArrayList<>(message.header());
        for (var field : message.header())
            if (field instanceof Header.Parties(var name, var parties)
                    && name.equals("From")
                    && parties.size() == 1
                    && parties.getFirst() instanceof Person person)
                header.add(
                        new Header.Tokens(
                                "Autocrypt", Seen.autocrypt(person.address(), certificate)));
        return new Message(header, message.content());
    }

    private Sealing.How pgp(Draft draft, List<Person> recipients)
            throws IOException, Unusable, Hindrance {
        var own = ring.own().orElseThrow(KeyRing::noKey);
        var to = new ArrayList<Certificate>();
        if (draft.encrypts) {
            for (var person : recipients)
                to.add(ring.of(person.address()).orElseThrow(() -> missing(person, "OpenPGP key")));
            to.add(own.certificate());
        }
        return new Sealing.Pgp(draft.signs ? Optional.of(signing(own)) : Optional.empty(), to);
    }

    private org.postroom.crypto.pgp.Signing signing(Key own) {
        return new org.postroom.crypto.pgp.Signing(
                List.of(own), own.isLocked() ? ring.passphrases() : List.of(), false);
    }

    private Sealing.How smime(Draft draft, List<Person> recipients)
            throws IOException, Unusable, Hindrance {
        var own = ring.identities();
        if (own.isEmpty())
            throw Hindrance.notSo(
                    "There is no S/MIME key of yours; `keys import FILE` takes one, with its"
                            + " certificate.");
        var to = new ArrayList<X509Certificate>();
        if (draft.encrypts) {
            for (var person : recipients)
                to.add(
                        ring.certifiedOf(person.address())
                                .orElseThrow(() -> missing(person, "S/MIME certificate")));
            to.add(own.getFirst().certificate());
        }
        return new Sealing.Smime(
                draft.signs
                        ? Optional.of(new org.postroom.crypto.smime.Signing(own))
                        : Optional.empty(),
                to,
                true);
    }

    private static Hindrance missing(Person person, String what) {
        return Hindrance.notSo(
                "No "
                        + what
                        + " is kept for "
                        + person.address()
                        + ": ask for one, and `keys import` it, or `keys keep` that of a letter.");
    }
}
