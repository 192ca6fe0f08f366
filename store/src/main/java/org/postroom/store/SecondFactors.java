package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Seal;
import org.postroom.wire.Secret;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One-time codes from the clock (TOTP, RFC 6238): SHA-1, six digits, thirty seconds, as every program
/// for telephones has them. An account that has a second factor is entered by password and code, or by
/// an app password; its chosen password alone is half of a [Proof].
public final class SecondFactors {

    /// RFC 6238 §4.1, X.
    public static final int SECONDS = 30;

    /// RFC 4226 §5.3.
    public static final int DIGITS = 6;

    /// RFC 4226 §4, R6: the length that it recommends.
    private static final int SEED_OCTETS = 20;

    /// RFC 6238 §5.2: one step either way, for clocks that differ and people who type slowly.
    private static final int STEPS_ASIDE = 1;

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_OCTETS = 10; // 80 bits: sixteen letters

    private final SecureRandom random = new SecureRandom();
    private final Store store;
    private final Seal seal;
    private final Compute compute;

    SecondFactors(Store store, Seal seal, Compute compute) {
        this.store = store;
        this.seal = seal;
        this.compute = compute;
    }

    public boolean has(AccountId account) {
        return row(account).isPresent();
    }

    private Optional<SecondFactorRow> row(AccountId account) {
        byte @Nullable [] row =
                store.commits()
                        .<byte @Nullable [], RuntimeException>read(
                                account.value(), rows -> rows.get(SecondFactorRow.KEY));
        return Optional.ofNullable(row).map(SecondFactorRow::read);
    }

    /// Gives an account a second factor, in the place of the one that it has.
    ///
    /// @return the seed in base32, as programs take it (RFC 4648 §6)
    /// @throws Refused TOO_BUSY; NO_SUCH_ACCOUNT
    public Secret add(AccountId account) throws Refused {
        byte[] seed = new byte[SEED_OCTETS];
        random.nextBytes(seed);
        byte[] sealed = compute.call(() -> seal.close(seed, about(account)));
        put(account, new SecondFactorRow(sealed, 0, List.of()));
        return new Secret(Base32.of(seed).toUpperCase(java.util.Locale.ROOT));
    }

    /// A seed that is nobody's yet, in base32: [#confirm] makes it an account's.
    public Secret propose() {
        byte[] seed = new byte[SEED_OCTETS];
        random.nextBytes(seed);
        return new Secret(Base32.of(seed).toUpperCase(java.util.Locale.ROOT));
    }

    /// Makes a proposed seed the account's second factor, once its owner has shown that his telephone has
    /// it.
    ///
    /// @return whether the code was the seed's
    /// @throws Refused TOO_BUSY; NO_SUCH_ACCOUNT
    public boolean confirm(AccountId account, Secret proposed, Secret code) throws Refused {
        byte[] seed = Base32.read(proposed.reveal());
        byte[] said = Hashing.octets(code.reveal().strip());
        long now = store.now() / 1_000 / SECONDS;
        long step = compute.call(() -> matching(seed, now, said));
        if (step == 0) return false;
        byte[] sealed = compute.call(() -> seal.close(seed, about(account)));
        put(account, new SecondFactorRow(sealed, step, List.of()));
        return true;
    }

    private void put(AccountId account, SecondFactorRow row) throws Refused {
        store.account(account)
                .edit(edit -> {
                    edit.put(SecondFactorRow.KEY, row.row());
                    return true;
                });
    }

    /// @throws Refused NO_SECOND_FACTOR; NO_SUCH_ACCOUNT
    public void remove(AccountId account) throws Refused {
        store.account(account)
                .edit(edit -> {
                    if (edit.change().get(SecondFactorRow.KEY) == null)
                        throw new Refused(Reason.NO_SECOND_FACTOR);
                    edit.delete(SecondFactorRow.KEY);
                    return true;
                });
    }

    /// Whether this is the account's code now. Each serves once (RFC 6238 §5.2).
    ///
    /// @throws Refused TOO_BUSY; NO_SUCH_ACCOUNT
    public boolean take(AccountId account, Secret code) throws Refused {
        var row = row(account);
        if (row.isEmpty()) return false;
        byte[] said = Hashing.octets(code.reveal().strip());
        long now = store.now() / 1_000 / SECONDS;
        byte[] sealed = row.get().seed();
        long step = compute.call(() -> matching(seal.open(sealed, about(account)), now, said));
        return (step > row.get().step() && used(account, sealed, step)) || recover(account, said);
    }

    /// Makes codes for the day when the telephone is gone: each serves once in a code's place, and those
    /// that were made before serve no more.
    ///
    /// @throws Refused NO_SECOND_FACTOR; NO_SUCH_ACCOUNT
    public List<Secret> makeRecoveryCodes(AccountId account) throws Refused {
        var codes = new ArrayList<Secret>();
        var hashes = new ArrayList<byte[]>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            byte[] octets = new byte[RECOVERY_OCTETS];
            random.nextBytes(octets);
            String code = Base32.of(octets);
            codes.add(new Secret(code));
            hashes.add(Hashing.sha256(Hashing.octets(code)));
        }
        store.account(account)
                .edit(edit -> {
                    byte[] row = edit.change().get(SecondFactorRow.KEY);
                    if (row == null) throw new Refused(Reason.NO_SECOND_FACTOR);
                    var known = SecondFactorRow.read(row);
                    edit.put(SecondFactorRow.KEY, known.recoveredBy(hashes).row());
                    return true;
                });
        return codes;
    }

    /// How many recovery codes are left.
    public int recoveryCodes(AccountId account) {
        return row(account).map(row -> row.recovery().size()).orElse(0);
    }

    private boolean recover(AccountId account, byte[] said) throws Refused {
        byte[] hash = Hashing.sha256(lowerCase(said));
        return store.account(account)
                .edit(edit -> {
                    byte[] row = edit.change().get(SecondFactorRow.KEY);
                    if (row == null) return false;
                    var known = SecondFactorRow.read(row);
                    var left = new ArrayList<>(known.recovery());
                    boolean there = left.removeIf(one -> MessageDigest.isEqual(one, hash));
                    if (there) edit.put(SecondFactorRow.KEY, known.recoveredBy(left).row());
                    return there;
                });
    }

    /// As people copy it: in capitals, or with blanks and dashes in it.
    private static byte[] lowerCase(byte[] said) {
        var kept = new java.io.ByteArrayOutputStream(said.length);
        for (byte octet : said)
            if (octet != ' ' && octet != '-') kept.write(Character.toLowerCase(octet));
        return kept.toByteArray();
    }

    /// Nobody else was faster with it, and the factor is the same still.
    private boolean used(AccountId account, byte[] sealed, long step) throws Refused {
        return store.account(account)
                .edit(edit -> {
                    byte[] row = edit.change().get(SecondFactorRow.KEY);
                    if (row == null) return false;
                    var known = SecondFactorRow.read(row);
                    if (known.step() >= step || !MessageDigest.isEqual(known.seed(), sealed))
                        return false;
                    edit.put(SecondFactorRow.KEY, known.at(step).row());
                    return true;
                });
    }

    /// The step whose code this is, of those near now; 0 for none. It takes as long for each.
    private static long matching(byte[] seed, long now, byte[] said) {
        long found = 0;
        for (long step = now - STEPS_ASIDE; step <= now + STEPS_ASIDE; step++)
            if (MessageDigest.isEqual(Hashing.octets(code(seed, step, DIGITS)), said)) found = step;
        return found;
    }

    /// RFC 4226 §5.3, of RFC 6238 §4.2's step.
    static String code(byte[] seed, long step, int digits) {
        byte[] hash = Hashing.hmac("HmacSHA1", seed, ByteBuffer.allocate(8).putLong(step).array());
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
        String text = Integer.toString(number % (int) Math.pow(10, digits));
        return "0".repeat(digits - text.length()) + text;
    }

    private static byte[] about(AccountId account) {
        return Key.of('O', account.value());
    }
}
