package org.postroom.store;

import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Blobs;
import org.postroom.store.engine.Commits;
import org.postroom.store.engine.HomeRefused;
import org.postroom.store.engine.Storage;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A home's accounts, mail and files, opened. One program at a time has a home open; a second one is
/// refused by its lock.
///
/// Partitions: 0 is the directory's, 2 the journeys', up to [#FIRST_ACCOUNT] those of who lays out rows
/// of its own above the store; from there on each is an account's.
public final class Store implements AutoCloseable {

    public static final long FIRST_ACCOUNT = 1 << 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PAGE = 1_000;

    private final Storage storage;
    private final StoreSettings settings;
    private final Views views;
    private final Watch watch = new Watch();
    private final Directory directory;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final WebSessions webSessions = new WebSessions(this);
    private final FileLinks fileLinks = new FileLinks(this);
    private final Invitations invitations = new Invitations(this);
    private final Journeys journeys;
    private final ConcurrentHashMap<AccountId, Account> accounts = new ConcurrentHashMap<>();

    /// Those whose partition is there before the directory names them.
    private final Set<AccountId> unborn = ConcurrentHashMap.newKeySet();

    private Store(Storage storage, StoreSettings settings) {
        this.storage = storage;
        this.settings = settings;
        views = new Views(settings.cachedMessages());
        directory = new Directory(this);
        passwords = new Passwords(this, serverKey(storage.commits()));
        secondFactors = new SecondFactors(this, storage.seal(), passwords.compute());
        journeys = new Journeys(this);
    }

    /// Opens a home, makes it if it is new. Not on a virtual thread.
    ///
    /// @throws HomeRefused when another program has it open, or it is of a newer format
    public static Store open(Path home, StoreSettings settings) throws HomeRefused {
        return over(Storage.open(home), settings);
    }

    /// @param broke is run once, on a thread of the store's, should it break for good: nothing is
    ///     written from then on until the home is opened again
    public static Store open(Path home, StoreSettings settings, Runnable broke) throws HomeRefused {
        return over(Storage.open(home, broke), settings);
    }

    /// For tests: rows in memory, large blobs in a folder.
    public static Store inMemory(Path folder, StoreSettings settings) {
        return over(Storage.inMemory(folder), settings);
    }

    /// Does what opening would do first, so that something else can be done meanwhile. What fails here
    /// fails there again, and is told there.
    public static void prepare(Path home) {
        Storage.prepare(home);
    }

    /// Takes over a storage of the caller's, and closes it.
    static Store over(Storage storage, StoreSettings settings) {
        boolean opened = false;
        try {
            var store = new Store(storage, settings);
            opened = true;
            return store;
        } finally {
            if (!opened) storage.close();
        }
    }

    private static byte[] serverKey(Commits commits) {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        return commits.<byte[], RuntimeException>commit(
                Directory.PARTITION,
                change -> {
                    byte[] present = change.get(DirectoryRows.SERVER_KEY);
                    if (present != null) return present;
                    change.put(DirectoryRows.SERVER_KEY, fresh);
                    return fresh;
                });
    }

    public Directory directory() {
        return directory;
    }

    public Passwords passwords() {
        return passwords;
    }

    public SecondFactors secondFactors() {
        return secondFactors;
    }

    public WebSessions webSessions() {
        return webSessions;
    }

    public FileLinks fileLinks() {
        return fileLinks;
    }

    public Invitations invitations() {
        return invitations;
    }

    /// The one handle of an account that has a name.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public Account account(AccountId id) throws Refused {
        var known = accounts.get(id);
        if (known != null) return known;
        long version =
                commits()
                        .<Long, Refused>read(
                                id.value(),
                                rows -> {
                                    if (rows.get(AccountRow.KEY) == null)
                                        throw new Refused(Reason.NO_SUCH_ACCOUNT);
                                    return rows.version();
                                });
        var handle = new Account(id, this, version);
        var earlier = accounts.putIfAbsent(id, handle);
        if (earlier != null) return earlier;
        // looked up only now: a removal from here on finds the handle
        if (directory.entry(id).isEmpty()) {
            forget(id);
            throw new Refused(Reason.NO_SUCH_ACCOUNT);
        }
        return handle;
    }

    /// A new account's partition, complete but for its name; [#born] once it has that. One that never
    /// gets it is swept after the next start.
    AccountId bear() {
        long number;
        do number = RANDOM.nextLong() & Long.MAX_VALUE;
        while (number < FIRST_ACCOUNT);
        var id = new AccountId(number);
        long now = now();
        unborn.add(id);
        commits()
                .<Boolean, RuntimeException>commit(
                        number,
                        change -> {
                            Birth.of(change, now);
                            return true;
                        });
        return id;
    }

    void born(AccountId id) {
        unborn.remove(id);
    }

    /// Whether the directory has it, or is about to; asked in the other order, so that none is missed
    /// between the two.
    boolean isNamed(AccountId id) {
        return unborn.contains(id) || directory.entry(id).isPresent();
    }

    /// The account's name is gone; its handle is no more to be had, and whoever holds it is refused.
    void forget(AccountId id) {
        var handle = accounts.remove(id);
        if (handle != null) handle.remove();
    }

    /// Begins a message.
    public MessageDraft draft() {
        return new MessageDraft(blobs());
    }

    /// A letter whose blob a commit has kept, to be given to accounts. The commit's own rows must name
    /// the blob for as long.
    ///
    /// @param summary as [Summary#encode] gave it, at any time: one of an older parser is made anew
    public Letter letter(BlobId blob, long size, byte[] summary) {
        return Letter.kept(
                blob,
                size,
                Summary.isCurrent(summary) ? Summary.decode(summary) : parsed(blob, size));
    }

    private Summary parsed(BlobId blob, long size) {
        var parser = new Structure.Parser();
        try (var in = content(blob, size).open()) {
            byte[] slice = new byte[64 << 10];
            for (int n = in.read(slice); n >= 0; n = in.read(slice)) parser.write(slice, 0, n);
        } catch (IOException e) {
            throw new Fault("reading a blob", e);
        }
        return parser.finish();
    }

    /// A kept blob's octets, to be read any number of times. Close each stream.
    public Source content(BlobId blob, long size) {
        return () ->
                ContentStream.of(
                        List.of(new ContentStream.Piece(() -> blobs().open(blob, size), 0, size)),
                        0,
                        size);
    }

    public Journeys journeys() {
        return journeys;
    }

    public Watch watch() {
        return watch;
    }

    /// For what lays out partitions of its own above the store, such as the queue.
    public Commits commits() {
        return storage.commits();
    }

    public Blobs blobs() {
        return storage.blobs();
    }

    StoreSettings settings() {
        return settings;
    }

    Views views() {
        return views;
    }

    long now() {
        return settings.clock().millis();
    }

    /// The accounts' partitions, named in the directory or not.
    List<AccountId> partitions() {
        var all = new ArrayList<AccountId>();
        long after = FIRST_ACCOUNT - 1;
        for (var page = commits().partitions(after, PAGE);
                !page.isEmpty();
                page = commits().partitions(page.getLast(), PAGE))
            page.forEach(number -> all.add(new AccountId(number)));
        return all;
    }

    /// Reads everything and says what does not agree; changes nothing. Best when nobody writes: what
    /// changes meanwhile may be reported.
    public Report check() {
        return new Check(this).run();
    }

    /// Removes what nothing names any more: blobs an hour old, removed accounts, history beyond its age
    /// or room, deliveries a week old.
    public Swept sweep() {
        return new Sweeper(this).run(null);
    }

    /// The same with one age for all: 0 leaves nothing that is not in use.
    public Swept sweep(Duration olderThan) {
        return new Sweeper(this).run(olderThan);
    }

    /// What a sweep removed.
    ///
    /// @param rows of history: messages, files, log entries, deliveries
    public record Swept(long accounts, long rows, long blobs, long bytes) {}

    /// Finishes what was begun. Whoever calls after this gets a Fault.
    @Override
    public void close() {
        journeys.close();
        passwords.close();
        storage.close();
    }
}
