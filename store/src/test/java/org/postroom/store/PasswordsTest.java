package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;
import org.postroom.wire.Secret;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

class PasswordsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void thePasswordOpensAndAnotherDoesNot(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var bob = Optional.of(Place.account(store, "bob@example.test").id());
            var passwords = store.passwords();
            assertThat(passwords.verify(bob, new Secret(""), Use.LETTERS)).isEqualTo(Proof.NONE);
            passwords.set(bob.get(), new Secret("le\u0301t me\u00a0in"));
            assertThat(passwords.verify(bob, new Secret("l\u00e9t me in"), Use.LETTERS))
                    .isEqualTo(Proof.WHOLE); // OpaqueString: blanks and forms of letters are made
            // alike
            assertThat(passwords.verify(bob, new Secret("L\u00e9t me in"), Use.LETTERS))
                    .isEqualTo(Proof.NONE);
            assertThat(
                            passwords.verify(
                                    Optional.empty(), new Secret("l\u00e9t me in"), Use.LETTERS))
                    .isEqualTo(Proof.NONE);
            passwords.set(bob.get(), new Secret("other"));
            assertThat(passwords.verify(bob, new Secret("l\u00e9t me in"), Use.LETTERS))
                    .isEqualTo(Proof.NONE);
            assertThat(passwords.verify(bob, new Secret("other"), Use.LETTERS))
                    .isEqualTo(Proof.WHOLE);
            for (var bad : new String[] {"", "a\nb", "\0"})
                MessagesTest.refused(
                        Reason.BAD_PASSWORD, () -> passwords.set(bob.get(), new Secret(bad)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAppPasswordOpensUntilItIsRevoked(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var bob = Optional.of(account.id());
            var passwords = store.passwords();
            var phone = passwords.issue(account.id(), "phone");
            var desk = passwords.issue(account.id(), "desk");
            assertThat(phone.secret().reveal()).matches("[a-z2-7]{32}");
            assertThat(passwords.verify(bob, phone.secret(), Use.LETTERS)).isEqualTo(Proof.WHOLE);
            assertThat(passwords.list(account.id()))
                    .extracting(AppPassword::label)
                    .containsExactlyInAnyOrder("phone", "desk");
            var keys = passwords.scram(bob, "bob@example.test", ScramKeys.Hash.SHA256, Use.LETTERS);
            assertThat(keys.pairs()).hasSize(2);
            assertThat(keys.iterations()).isGreaterThanOrEqualTo(4096);
            var expected =
                    Hashing.scram(
                            ScramKeys.Hash.SHA256, desk.secret(), keys.salt(), keys.iterations());
            assertThat(keys.pairs())
                    .anyMatch(
                            pair -> MessageDigest.isEqual(pair.storedKey(), expected.storedKey()));
            passwords.revoke(account.id(), phone.about().id());
            assertThat(passwords.verify(bob, phone.secret(), Use.LETTERS)).isEqualTo(Proof.NONE);
            assertThat(passwords.verify(bob, desk.secret(), Use.LETTERS)).isEqualTo(Proof.WHOLE);
            MessagesTest.refused(
                    Reason.NO_SUCH_APP_PASSWORD,
                    () -> passwords.revoke(account.id(), phone.about().id()));
        }
    }

    @Test
    void someoneUnknownHasASaltThatStays() throws Exception {
        byte[] salt;
        try (var store = Place.DISK.open(folder)) {
            var passwords = store.passwords();
            var keys =
                    passwords.scram(
                            Optional.empty(), "eve@example.test", ScramKeys.Hash.SHA1, Use.LETTERS);
            salt = keys.salt();
            assertThat(keys.pairs()).isEmpty();
            assertThat(
                            passwords
                                    .scram(
                                            Optional.empty(),
                                            "mallory@example.test",
                                            ScramKeys.Hash.SHA1,
                                            Use.LETTERS)
                                    .salt())
                    .isNotEqualTo(salt);
        }
        try (var store = Place.DISK.open(folder)) {
            assertThat(
                            store.passwords()
                                    .scram(
                                            Optional.empty(),
                                            "EVE@example.test",
                                            ScramKeys.Hash.SHA512,
                                            Use.LETTERS)
                                    .salt())
                    .isEqualTo(salt);
        }
    }

    // RFC 7677 §3, the example exchange: user "user", password "pencil"
    @Test
    void theKeysAreThoseOfTheRfc() {
        byte[] salt = java.util.Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        var pair = Hashing.scram(ScramKeys.Hash.SHA256, new Secret("pencil"), salt, 4096);
        String exchange =
                "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                        + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        byte[] signature = Hashing.hmac("HmacSHA256", pair.serverKey(), Place.octets(exchange));
        assertThat(java.util.Base64.getEncoder().encodeToString(signature))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    // the reference program's vector
    @Test
    void argon2idIsTheReferenceProgramsOwn() {
        byte[] hash =
                Hashing.argon2id(Place.octets("password"), Place.octets("somesalt"), 65536, 2, 1);
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }
}
