package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Secret;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Links by which those who have no account come to files.
public final class FileLinks {

    /// Of an account at once.
    private static final int MOST = 1_000;

    private final Store store;

    FileLinks(Store store) {
        this.store = store;
    }

    /// A link, and what its address ends with.
    public record Issued(FileLink link, Secret token) {}

    /// Makes a link to what lies at a path now.
    ///
    /// @param life how long it leads there, if not for ever
    /// @param password what is asked for, if anything
    /// @param most how often what it leads to may be fetched; 0 for any number
    /// @throws Refused NO_SUCH_FILE; NOT_A_DIRECTORY for a link to put files into; BAD_PASSWORD; TOO_BUSY;
    ///     TOO_MANY_PROPERTIES when the account has too many links
    public Issued make(
            AccountId account,
            FilePath path,
            FileLink.Purpose purpose,
            Optional<Duration> life,
            Optional<Secret> password,
            int most)
            throws Refused {
        var token = Token.of(account);
        byte[] locked =
                password.isPresent() ? store.passwords().locked(password.get()) : new byte[0];
        long now = store.now();
        long expires = life.map(it -> now + it.toMillis()).orElse(0L);
        var link =
                store.account(account)
                        .edit(edit -> {
                            var found = Walk.find(edit.change(), path);
                            if (purpose == FileLink.Purpose.ADD && !found.row().directory())
                                throw new Refused(Reason.NOT_A_DIRECTORY);
                            makeRoom(edit, now);
                            var row =
                                    new FileLinkRow(
                                            token.id(),
                                            now,
                                            expires,
                                            purpose,
                                            found.node(),
                                            token.proof(),
                                            locked,
                                            most,
                                            0);
                            edit.put(FileLinkRow.key(token.id()), row.row());
                            return row.shown(account, Optional.of(path));
                        });
        return new Issued(link, token.said());
    }

    private static void makeRoom(Edit edit, long now) throws Refused {
        int count = 0;
        for (var row : rows(edit.change()))
            if (row.isOver(now)) edit.delete(FileLinkRow.key(row.id()));
            else count++;
        if (count >= MOST) throw new Refused(Reason.TOO_MANY_PROPERTIES);
    }

    private static List<FileLinkRow> rows(Rows rows) {
        var all = new ArrayList<FileLinkRow>();
        FileLinkRow.ALL.each(rows, row -> all.add(FileLinkRow.read(row.key(), row.value())));
        return all;
    }

    /// The link that somebody came by, if it is one that leads somewhere still.
    public Optional<FileLink> find(Secret said) {
        return Token.read(said).flatMap(token -> find(token));
    }

    private Optional<FileLink> find(Token token) {
        var account = new AccountId(token.account());
        if (store.directory().entry(account).isEmpty()) return Optional.empty();
        return this.<Optional<FileLink>>read(
                account,
                rows ->
                        row(rows, token)
                                .filter(row -> row.most() == 0 || row.used() < row.most())
                                .map(row -> row.shown(account, where(rows, row.node())))
                                .filter(link -> link.path().isPresent()));
    }

    private static Optional<FilePath> where(Rows rows, long node) {
        return Walk.node(rows, node).map(_ -> Walk.path(rows, node));
    }

    private interface Look<T> {
        T at(Rows rows);
    }

    private <T> T read(AccountId account, Look<T> look) {
        return store.commits().<T, RuntimeException>read(account.value(), look::at);
    }

    private Optional<FileLinkRow> row(Rows rows, Token token) {
        byte[] key = FileLinkRow.key(token.id());
        byte @Nullable [] there = rows.get(key);
        return Optional.ofNullable(there)
                .map(row -> FileLinkRow.read(key, row))
                .filter(row -> !row.isOver(store.now()))
                .filter(row -> MessageDigest.isEqual(row.proof(), token.proof()));
    }

    /// Whether this is the link's password.
    ///
    /// @throws Refused TOO_BUSY
    public boolean opens(Secret said, Secret password) throws Refused {
        var token = Token.read(said);
        if (token.isEmpty()) return false;
        var row =
                this.<Optional<FileLinkRow>>read(
                        new AccountId(token.get().account()), rows -> row(rows, token.get()));
        return row.isPresent()
                && row.get().password().length > 0
                && store.passwords().unlocks(row.get().password(), password);
    }

    /// Counts that what it leads to was fetched.
    ///
    /// @throws Refused NO_SUCH_FILE when it was as often as it may be, or the link is no more
    public void use(FileLink link) throws Refused {
        store.account(link.account())
                .edit(edit -> {
                    byte[] key = FileLinkRow.key(link.id());
                    byte[] there = edit.change().get(key);
                    if (there == null) throw new Refused(Reason.NO_SUCH_FILE);
                    var row = FileLinkRow.read(key, there);
                    if (row.most() > 0 && row.used() >= row.most())
                        throw new Refused(Reason.NO_SUCH_FILE);
                    edit.put(key, row.usedOnceMore().row());
                    return true;
                });
    }

    /// An account's, the latest first, with what their addresses end with.
    public List<Issued> list(AccountId account) {
        long now = store.now();
        return this.<List<Issued>>read(
                account,
                rows ->
                        rows(rows).stream()
                                .filter(row -> !row.isOver(now))
                                .sorted(Comparator.comparingLong(FileLinkRow::created).reversed())
                                .map(row ->
                                        new Issued(
                                                row.shown(account, where(rows, row.node())),
                                                new Token(account.value(), row.id(), row.proof())
                                                        .said()))
                                .toList());
    }

    /// It leads nowhere any more; that there is none of the id is fine.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public void revoke(AccountId account, long id) throws Refused {
        store.account(account)
                .edit(edit -> {
                    byte[] key = FileLinkRow.key(id);
                    if (edit.change().get(key) != null) edit.delete(key);
                    return true;
                });
    }
}
