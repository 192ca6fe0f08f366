package org.postroom.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Secret;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who may sign in. An account has at most one chosen password, kept as an Argon2id hash, and any
/// number of app passwords, which are random, so that a fast hash and stored SCRAM keys will do.
///
/// Argon2id runs on a few threads with a bounded queue; a password that was right is remembered for
/// a short while by a keyed hash, so that a client that signs in each minute costs nothing. Someone
/// unknown takes as long as someone wrong (TRAPS T11, F7).
public final class Passwords implements AutoCloseable {

    /// RFC 5802 §5.1: at least 4096; more gains nothing against 160 random bits.
    private static final int ITERATIONS = 4096;

    private static final int SALT_OCTETS = 16;
    private static final int SECRET_OCTETS = 20;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final SecureRandom random = new SecureRandom();
    private final Compute compute = new Compute();
    private final Store store;
    private final byte[] serverKey;
    private final byte[] memoryKey = bytes(32);
    private final AccountId nobody = new AccountId((random.nextLong() & Long.MAX_VALUE) | 1);
    private final int kib;
    private final PasswordRow nobodys;

    /// Of those that were right: a keyed hash of account, row and secret, so that a changed row
    /// forgets and a dump of the memory tells nothing.
    private final Cache<ByteBuffer, Boolean> verified =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

    /// A new app password, shown this once.
    public record Issued(AppPassword about, Secret secret) {}

    /// @param serverKey what fake salts are made from; the same for the life of the home
    Passwords(Store store, byte[] serverKey) {
        this.store = store;
        this.serverKey = serverKey;
        kib = store.settings().passwordKib();
        nobodys = row(bytes(SALT_OCTETS), bytes(Hashing.HASH_OCTETS));
    }

    private PasswordRow row(byte[] salt, byte[] hash) {
        return new PasswordRow(kib, Hashing.PASSES, Hashing.LANES, salt, hash);
    }

    private byte[] bytes(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    /// What an account's partition says of its passwords.
    private record Known(
            @Nullable PasswordRow chosen, List<AppPasswordRow> apps, boolean secondFactor) {

        static Known read(Rows rows) {
            byte[] chosen = rows.get(PasswordRow.KEY);
            var apps = new ArrayList<AppPasswordRow>();
            AppPasswordRow.ALL.each(
                    rows, row -> apps.add(AppPasswordRow.read(row.key(), row.value())));
            return new Known(
                    chosen == null ? null : PasswordRow.read(chosen),
                    apps,
                    rows.get(SecondFactorRow.KEY) != null);
        }

        /// What the chosen password proves.
        Proof proof() {
            return secondFactor ? Proof.HALF : Proof.WHOLE;
        }

        boolean hasApp(byte[] secret, Use use, long now) {
            byte[] hash = Hashing.sha256(secret);
            boolean found = false;
            for (var app : apps)
                found |= MessageDigest.isEqual(app.sha256(), hash) && app.serves(use, now);
            return found;
        }
    }

    private Known known(AccountId account) {
        return store.commits().<Known, RuntimeException>read(account.value(), Known::read);
    }

    /// Whether this secret, chosen or app password, is the account's. An app password is enough, a chosen
    /// one is where there is no second factor.
    ///
    /// @param account nobody, when the name is unknown: the answer is no, as late as any no
    /// @param use what for: an app password may be for something else
    /// @throws Refused TOO_BUSY
    public Proof verify(Optional<AccountId> account, Secret secret, Use use) throws Refused {
        var who = account.orElse(nobody);
        var known = known(who);
        byte[] password = Hashing.prepared(secret);
        if (known.hasApp(password, use, store.now())) return Proof.WHOLE;
        return chosen(who, known, password);
    }

    /// Whether this is the account's chosen password: who has only an app password is no person.
    ///
    /// @throws Refused TOO_BUSY
    public Proof verifyChosen(Optional<AccountId> account, Secret secret) throws Refused {
        var who = account.orElse(nobody);
        return chosen(who, known(who), Hashing.prepared(secret));
    }

    private Proof chosen(AccountId who, Known known, byte[] password) throws Refused {
        var row = known.chosen == null ? nobodys : known.chosen;
        var memory = memory(who, row, password);
        if (verified.getIfPresent(memory) != null) return known.proof();
        byte[] hash =
                compute.call(() ->
                        Hashing.argon2id(
                                password, row.salt(), row.memory(), row.passes(), row.lanes()));
        boolean right = MessageDigest.isEqual(hash, row.hash()) && known.chosen != null;
        if (right) verified.put(memory, true);
        return right ? known.proof() : Proof.NONE;
    }

    private ByteBuffer memory(AccountId account, PasswordRow row, byte[] password) {
        byte[] all =
                new RowOut(0).long8(account.value()).counted(row.row()).counted(password).row();
        return ByteBuffer.wrap(Hashing.hmac("HmacSHA256", memoryKey, all));
    }

    Compute compute() {
        return compute;
    }

    /// Sets the chosen password.
    ///
    /// @throws Refused BAD_PASSWORD; TOO_BUSY; NO_SUCH_ACCOUNT
    public void set(AccountId account, Secret secret) throws Refused {
        set(account, locked(secret));
    }

    /// Likewise, of what [#locked] made of it.
    void set(AccountId account, byte[] locked) throws Refused {
        put(account, PasswordRow.KEY, locked);
    }

    /// What is kept of a chosen password, here or elsewhere: a [PasswordRow].
    ///
    /// @throws Refused BAD_PASSWORD; TOO_BUSY
    byte[] locked(Secret secret) throws Refused {
        if (!Hashing.isAcceptable(secret)) throw new Refused(Reason.BAD_PASSWORD);
        byte[] password = Hashing.prepared(secret);
        byte[] salt = bytes(SALT_OCTETS);
        byte[] hash =
                compute.call(
                        () -> Hashing.argon2id(password, salt, kib, Hashing.PASSES, Hashing.LANES));
        return row(salt, hash).row();
    }

    /// Whether this is the secret that something was [#locked] by.
    ///
    /// @throws Refused TOO_BUSY
    boolean unlocks(byte[] locked, Secret secret) throws Refused {
        var row = PasswordRow.read(locked);
        byte[] password = Hashing.prepared(secret);
        byte[] hash =
                compute.call(() ->
                        Hashing.argon2id(
                                password, row.salt(), row.memory(), row.passes(), row.lanes()));
        return MessageDigest.isEqual(hash, row.hash());
    }

    private void put(AccountId account, byte[] key, byte[] row) throws Refused {
        store.account(account)
                .edit(edit -> {
                    edit.put(key, row);
                    return true;
                });
    }

    /// Makes an app password that is good for all, for ever.
    public Issued issue(AccountId account, String label) throws Refused {
        return issue(account, label, EnumSet.allOf(Use.class), Optional.empty());
    }

    /// Makes an app password.
    ///
    /// @param label what the user calls it: the program or machine that will have it
    /// @throws Refused TOO_BUSY; NO_SUCH_ACCOUNT
    public Issued issue(AccountId account, String label, Set<Use> uses, Optional<Instant> expires)
            throws Refused {
        var apps = known(account).apps;
        byte[] salt = apps.isEmpty() ? bytes(SALT_OCTETS) : apps.getFirst().salt();
        int iterations = apps.isEmpty() ? ITERATIONS : apps.getFirst().iterations();
        var secret = new Secret(Base32.of(bytes(SECRET_OCTETS)));
        long id = Math.max(1, random.nextLong() & Long.MAX_VALUE);
        var row =
                compute.call(() ->
                        new AppPasswordRow(
                                id,
                                store.now(),
                                label,
                                Hashing.sha256(Hashing.prepared(secret)),
                                salt,
                                iterations,
                                Hashing.scram(ScramKeys.Hash.SHA1, secret, salt, iterations),
                                Hashing.scram(ScramKeys.Hash.SHA256, secret, salt, iterations),
                                Hashing.scram(ScramKeys.Hash.SHA512, secret, salt, iterations),
                                uses,
                                expires.map(Instant::toEpochMilli).orElse(0L)));
        put(account, AppPasswordRow.key(id), row.row());
        return new Issued(row.shown(), secret);
    }

    /// In the order they were made.
    public List<AppPassword> list(AccountId account) {
        return known(account).apps.stream()
                .map(AppPasswordRow::shown)
                .sorted(java.util.Comparator.comparing(AppPassword::created))
                .toList();
    }

    /// @throws Refused NO_SUCH_APP_PASSWORD
    public void revoke(AccountId account, long id) throws Refused {
        byte[] key = AppPasswordRow.key(id);
        store.account(account)
                .edit(edit -> {
                    if (id == 0 || edit.change().get(key) == null)
                        throw new Refused(Reason.NO_SUCH_APP_PASSWORD);
                    edit.delete(key);
                    return true;
                });
    }

    /// What SCRAM needs to greet this name.
    ///
    /// @param name what the client called itself, prepared or not
    public ScramKeys scram(Optional<AccountId> account, String name, ScramKeys.Hash hash, Use use) {
        long now = store.now();
        var apps =
                known(account.orElse(nobody)).apps.stream()
                        .filter(app -> app.serves(use, now))
                        .toList();
        if (apps.isEmpty()) return new ScramKeys(fakeSalt(name), ITERATIONS, List.of());
        return new ScramKeys(
                apps.getFirst().salt(),
                apps.getFirst().iterations(),
                apps.stream().map(app -> app.pair(hash)).toList());
    }

    /// The same for one name for ever, as a real one would be.
    private byte[] fakeSalt(String name) {
        String same;
        try {
            same = Addressee.of(name).toString();
        } catch (Refused notAnAddress) {
            same = name;
        }
        return Arrays.copyOf(
                Hashing.hmac("HmacSHA256", serverKey, Hashing.octets(same)), SALT_OCTETS);
    }

    @Override
    public void close() {
        compute.close();
    }
}
