package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.store.Refused.Reason;
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

class SecondFactorsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({ // RFC 6238 App. B, the rows of SHA-1
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void aCodeIsAsTheRfcPrintsIt(long seconds, String printed) {
        byte[] seed = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        assertThat(SecondFactors.code(seed, seconds / 30, 8)).isEqualTo(printed);
    }

    @Test
    void aCodeServesOnceAndItsNeighboursServe() throws Exception { // RFC 6238 §5.2
        var clock = new AtomicReference<>(Instant.ofEpochSecond(1_000_000_000));
        try (var store = Store.inMemory(folder, StoreSettings.standard().withClock(clock::get))) {
            var bob = Place.account(store, "bob@example.test").id();
            var factors = store.secondFactors();
            assertThat(factors.take(bob, new Secret("000000"))).isFalse();
            var seed = decoded(factors.add(bob).reveal());
            assertThat(factors.has(bob)).isTrue();
            long step = 1_000_000_000 / 30;
            for (long far : new long[] {step - 2, step + 2})
                assertThat(factors.take(bob, code(seed, far))).isFalse();
            assertThat(factors.take(bob, code(seed, step - 1))).isTrue();
            assertThat(factors.take(bob, code(seed, step))).isTrue();
            assertThat(factors.take(bob, code(seed, step))).isFalse();
            assertThat(factors.take(bob, code(seed, step - 1))).isFalse();
            assertThat(factors.take(bob, code(seed, step + 1))).isTrue();
            clock.set(clock.get().plusSeconds(60));
            assertThat(factors.take(bob, new Secret(""))).isFalse();
            assertThat(factors.take(bob, code(seed, step + 2))).isTrue();
            factors.remove(bob);
            assertThat(factors.has(bob)).isFalse();
            assertThat(factors.take(bob, code(seed, step + 3))).isFalse();
            MessagesTest.refused(Reason.NO_SECOND_FACTOR, () -> factors.remove(bob));
        }
    }

    @Test
    void thePasswordIsHalfAndAnAppPasswordWhole() throws Exception {
        try (var store = Store.inMemory(folder, StoreSettings.standard().withPasswordKib(8))) {
            var bob = Place.account(store, "bob@example.test").id();
            var passwords = store.passwords();
            passwords.set(bob, new Secret("letmein"));
            var app = passwords.issue(bob, "phone").secret();
            assertThat(passwords.verify(Optional.of(bob), new Secret("letmein"), Use.LETTERS))
                    .isEqualTo(Proof.WHOLE);
            store.secondFactors().add(bob);
            assertThat(passwords.verify(Optional.of(bob), new Secret("letmein"), Use.LETTERS))
                    .isEqualTo(Proof.HALF); // a remembered one, too
            assertThat(passwords.verify(Optional.of(bob), new Secret("wrong"), Use.LETTERS))
                    .isEqualTo(Proof.NONE);
            assertThat(passwords.verify(Optional.of(bob), app, Use.LETTERS)).isEqualTo(Proof.WHOLE);
        }
    }

    @Test
    void aSeedIsReadAfterARestartAndNotWithoutItsKey() throws Exception {
        Secret seed;
        AccountId bob;
        try (var store = Store.open(folder, StoreSettings.standard())) {
            bob = Place.account(store, "bob@example.test").id();
            seed = store.secondFactors().add(bob);
        }
        var key = folder.resolve("store/SEAL");
        assertThat(Files.getPosixFilePermissions(key)).hasSize(2); // its owner reads and writes
        try (var store = Store.open(folder, StoreSettings.standard())) {
            long now = System.currentTimeMillis() / 30_000;
            assertThat(store.secondFactors().take(bob, code(decoded(seed.reveal()), now))).isTrue();
        }
        Files.delete(key);
        try (var store = Store.open(folder, StoreSettings.standard())) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> store.secondFactors().take(bob, new Secret("123456")))
                    .isInstanceOf(org.postroom.wire.Fault.class);
        }
    }

    private static Secret code(byte[] seed, long step) {
        return new Secret(SecondFactors.code(seed, step, SecondFactors.DIGITS));
    }

    private static byte[] decoded(String base32) {
        byte[] octets = new byte[base32.length() * 5 / 8];
        for (int bit = 0; bit < octets.length * 8; bit++) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(bit / 5));
            if ((value >> (4 - bit % 5) & 1) == 1) octets[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return octets;
    }
}
