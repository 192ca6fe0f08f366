package org.postroom.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.agent.TestDesk;
import org.postroom.agent.account.Account;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Place;
import org.postroom.agent.account.Scheme;
import org.postroom.agent.account.SecretSource;
import org.postroom.agent.letter.Draft;
import org.postroom.crypto.smime.Authority;
import org.postroom.crypto.smime.Certificates;
import org.postroom.crypto.smime.Identity;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Letter;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.render.Rendering;
import org.postroom.wire.Secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

final class KeyRingTest {

    private static final Person ANN = new Person("Ann", "ann", "example.org");
    private static final Person BOB = new Person("Bob", "bob", "example.net");
    private static final Composer COMPOSER = Composer.of(ZoneOffset.UTC, "example.org");

    @TempDir Path folder;

    private KeyRing ring(Person person) {
        return ring(person, person.address());
    }

    private KeyRing ring(Person person, String name) {
        var place = new Place.Net(Scheme.IMAPS, "mail.example.org", 993, person.address());
        var account =
                new Account(
                        name,
                        person,
                        List.of(),
                        place,
                        Optional.empty(),
                        place,
                        new SecretSource.Asked(),
                        false,
                        "");
        return new KeyRing(new Folder(folder), account, new TestDesk(true));
    }

    private static byte[] armored(org.postroom.crypto.pgp.Certificate one) throws Exception {
        var out = new ByteArrayOutputStream();
        one.writeTo(out, true);
        return out.toByteArray();
    }

    private static byte[] letter(KeyRing ring, Person from, Person to, String how)
            throws Exception {
        var draft = new Draft();
        draft.signs = !how.contains("plain");
        draft.encrypts = how.contains("encrypt");
        draft.smime = how.contains("smime");
        var message =
                new Letter()
                        .from(from)
                        .to(to)
                        .subject("The word")
                        .text("It is sesame.\n")
                        .compose(COMPOSER);
        try (var sealed = new Letterbox(ring).seal(message, draft, List.of(to), COMPOSER)) {
            return sealed.message().withoutBcc().octets(NextHop.SEVEN_BIT);
        }
    }

    private record Seen(State state, String text) {}

    private static Seen look(KeyRing ring, byte[] letter) throws Exception {
        try (var looked = new Letterbox(ring).look(Structure.of(letter), Source.of(letter))) {
            var opened = looked.opened();
            return new Seen(
                    looked.state(),
                    opened.isEmpty()
                            ? ""
                            : Rendering.of(opened.get().summary(), opened.get().source(), 78));
        }
    }

    @Test
    void theFirstKeyThatIsKeptIsTheOneThatIsExpected() throws Exception {
        var ann = ring(ANN);
        var bob = ring(BOB);
        ann.make(new Secret("letmein"));
        bob.make(new Secret("letmein"));
        // nobody has kept anything: the letter brings its author's key itself
        var signed = letter(ann, ANN, BOB, "sign");
        var seen = look(bob, signed);
        assertThat(seen.state().lines())
                .containsExactly(
                        "Signed with a key that says it is Ann <ann@example.org>'s; nobody vouches"
                                + " for it. `keys keep` keeps it.");
        assertThat(seen.state().isWarning()).isFalse();

        assertThat(bob.keep(ann.own().orElseThrow().certificate())).isEmpty();
        assertThat(look(bob, signed).state().lines().getFirst())
                .startsWith("Signed by Ann <ann@example.org>; you keep this key since ");

        // somebody else says that she is Ann, and signs well
        var mallory = ring(ANN, "mallory");
        mallory.make(new Secret("letmein"));
        var forged = look(bob, letter(mallory, ANN, BOB, "sign"));
        assertThat(forged.state().isWarning()).isTrue();
        assertThat(forged.state().lines().getFirst())
                .startsWith("Signed with ANOTHER KEY than the one you keep for ann@example.org");
        assertThat(bob.keep(mallory.own().orElseThrow().certificate()))
                .containsExactly("ann@example.org");
    }

    @Test
    void whatIsEncryptedOnlyItsReadersRead() throws Exception {
        var ann = ring(ANN);
        var bob = ring(BOB);
        ann.make(new Secret("letmein"));
        bob.make(new Secret("letmein"));
        assertThatThrownBy(() -> letter(ann, ANN, BOB, "encrypt"))
                .isInstanceOf(Hindrance.class)
                .hasMessageContaining("No OpenPGP key is kept for bob@example.net");
        ann.take(armored(bob.own().orElseThrow().certificate()));
        bob.keep(ann.own().orElseThrow().certificate());
        var letter = letter(ann, ANN, BOB, "encrypt");
        for (var reader : List.of(bob, ann)) {
            var seen = look(reader, letter);
            assertThat(seen.text()).contains("Subject: The word", "It is sesame.");
            assertThat(seen.state().lines().getFirst()).startsWith("Encrypted: nobody");
            assertThat(seen.state().isWarning()).isFalse();
        }
        var eve = ring(new Person("eve", "example.com"));
        var shut = look(eve, letter);
        assertThat(shut.state().isWarning()).isTrue();
        assertThat(shut.state().lines().getFirst()).startsWith("This letter can't be opened.");
        assertThat(shut.text()).isEmpty();
    }

    @Test
    void anAuthorityVouchesForStrangers() throws Exception {
        var now = Instant.now();
        var house = Authority.found("House", now);
        var ann = ring(ANN);
        var bob = ring(BOB);
        for (var who : List.of(ann, bob)) {
            var person = who == ann ? ANN : BOB;
            var identity =
                    house.issue(
                            Identity.generate(),
                            person.name(),
                            List.of(person.address()),
                            Duration.ofDays(30),
                            now);
            assertThat(who.take(identity.pkcs12(new Secret("letmein"))))
                    .containsExactly("your S/MIME key, " + person.name());
        }
        var signed = letter(ann, ANN, BOB, "smime sign");
        assertThat(look(bob, signed).state().isWarning()).isTrue();
        bob.take(Certificates.pem(house.certificate()).getBytes(StandardCharsets.US_ASCII));
        assertThat(look(bob, signed).state().lines())
                .containsExactly("Signed by Ann, and somebody you believe vouches for that.");
        ann.keep(bob.identities().getFirst().certificate());
        var seen = look(bob, letter(ann, ANN, BOB, "smime encrypt"));
        assertThat(seen.text()).contains("Subject: The word", "It is sesame.");
        assertThat(seen.state().lines()).hasSize(2);
    }

    @Test
    void aRevokedKeyIsNotUsed() throws Exception {
        var ann = ring(ANN);
        var first = ann.make(new Secret("letmein"));
        ann.revoke();
        assertThat(ann.own()).isEmpty();
        assertThatThrownBy(() -> letter(ann, ANN, BOB, "sign"))
                .hasMessageContaining("There is no key of yours");
        assertThat(ann.make(new Secret("letmein")).fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(ann.keys()).hasSize(2);
    }

    @Test
    void theFilesAreForNobodyElse() throws Exception {
        ring(ANN).make(new Secret("letmein"));
        var file = folder.resolve("keys").resolve("ann@example.org").resolve("own.asc");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII))
                .doesNotContain("letmein");
    }

    @Test
    void somebodyWhoIsForgottenIsNotExpected() throws Exception {
        var ann = ring(ANN);
        var bob = ring(BOB);
        ann.keep(bob.make(new Secret("letmein")));
        assertThat(ann.of("Bob@Example.net")).isPresent();
        assertThat(ann.forget("bob@example.net")).isTrue();
        assertThat(ann.of("bob@example.net")).isEmpty();
        assertThat(ann.forget("bob@example.net")).isFalse();
    }
}
