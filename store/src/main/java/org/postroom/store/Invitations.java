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

/// How people come to an account: by a link that an administrator sends them, once, or by asking for one
/// and being let in. The link serves, too, to set the password of an account that is there.
public final class Invitations {

    /// How long one who asks may wait for an answer.
    private static final Duration PATIENCE = Duration.ofDays(30);

    /// Who ask at once; more are turned away, so that nobody fills the directory.
    private static final int MOST_PENDING = 500;

    private static final int LONGEST_NOTE = 500;

    private final Store store;

    Invitations(Store store) {
        this.store = store;
    }

    /// An invitation, and what its link ends with.
    public record Sent(Invitation invitation, Secret token) {}

    /// Invites somebody to an address; what was sent for it before is void.
    ///
    /// @throws Refused BAD_ADDRESS; NO_SUCH_DOMAIN
    public Sent invite(String address, Duration life) throws Refused {
        var name = Addressee.of(address);
        if (!store.directory().isOurs(name)) throw new Refused(Reason.NO_SUCH_DOMAIN);
        var token = Token.of(new AccountId(Store.FIRST_ACCOUNT));
        long now = store.now();
        var row =
                new InvitationRow(
                        token.id(),
                        Invitation.State.SENT,
                        now,
                        now + life.toMillis(),
                        name.toString(),
                        "",
                        Hashing.sha256(token.proof()),
                        new byte[0]);
        store.directory()
                .commit(rows -> {
                    for (var other : rows(rows))
                        if (other.isOver(now)
                                || (other.state() == Invitation.State.SENT
                                        && other.address().equals(row.address())))
                            rows.delete(InvitationRow.key(other.id()));
                    rows.put(InvitationRow.key(row.id()), row.row());
                    return true;
                });
        return new Sent(row.shown(), token.said());
    }

    /// The invitation that somebody came by, if it holds still.
    public Optional<Invitation> find(Secret said) {
        return Token.read(said).flatMap(this::row).map(InvitationRow::shown);
    }

    private Optional<InvitationRow> row(Token token) {
        return store.directory()
                .<Optional<InvitationRow>, RuntimeException>read(rows -> row(rows, token));
    }

    private Optional<InvitationRow> row(Rows rows, Token token) {
        return row(rows, token.id())
                .filter(row -> row.state() == Invitation.State.SENT)
                .filter(row -> MessageDigest.isEqual(row.sha256(), Hashing.sha256(token.proof())));
    }

    private Optional<InvitationRow> row(Rows rows, long id) {
        byte[] key = InvitationRow.key(id);
        byte @Nullable [] there = rows.get(key);
        return Optional.ofNullable(there)
                .map(row -> InvitationRow.read(key, row))
                .filter(row -> !row.isOver(store.now()));
    }

    /// The guest has come: an account of the address, new or there already, has this password, and the
    /// link is spent.
    ///
    /// @throws Refused BAD_PASSWORD; TOO_BUSY; NO_SUCH_FILE when the invitation holds no more; ACCOUNT_EXISTS
    ///     when an alias or a list has the address by now
    public AccountId take(Secret said, Secret password) throws Refused {
        var token = Token.read(said).orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
        var row = row(token).orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
        byte[] locked = store.passwords().locked(password);
        spend(row.id());
        return admit(row.address(), locked);
    }

    private void spend(long id) throws Refused {
        store.directory()
                .commit(rows -> {
                    if (rows.get(InvitationRow.key(id)) == null)
                        throw new Refused(Reason.NO_SUCH_FILE);
                    rows.delete(InvitationRow.key(id));
                    return true;
                });
    }

    private AccountId admit(String address, byte[] locked) throws Refused {
        var name = Addressee.of(address);
        var there = store.directory().find(name);
        var account = there.isPresent() ? there.get() : store.directory().add(name);
        store.passwords().set(account, locked);
        if (there.isPresent()) store.webSessions().endAll(account, 0);
        return account;
    }

    /// Somebody asks for an address, with the password that it will have.
    ///
    /// @throws Refused BAD_ADDRESS; NO_SUCH_DOMAIN; ACCOUNT_EXISTS; BAD_PASSWORD; TOO_BUSY, when too many ask
    public Invitation ask(String address, Secret password, String note) throws Refused {
        var name = Addressee.of(address);
        if (!store.directory().isOurs(name)) throw new Refused(Reason.NO_SUCH_DOMAIN);
        byte[] locked = store.passwords().locked(password);
        long now = store.now();
        var row =
                new InvitationRow(
                        Token.of(new AccountId(Store.FIRST_ACCOUNT)).id(),
                        Invitation.State.PENDING,
                        now,
                        now + PATIENCE.toMillis(),
                        name.toString(),
                        note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note,
                        new byte[0],
                        locked);
        store.directory()
                .commit(rows -> {
                    int pending = 0;
                    for (var other : rows(rows)) {
                        if (other.isOver(now)) rows.delete(InvitationRow.key(other.id()));
                        else if (other.address().equals(row.address()))
                            throw new Refused(Reason.ACCOUNT_EXISTS);
                        else if (other.state() == Invitation.State.PENDING) pending++;
                    }
                    if (pending >= MOST_PENDING) throw new Refused(Reason.TOO_BUSY);
                    rows.put(InvitationRow.key(row.id()), row.row());
                    return true;
                });
        return row.shown();
    }

    private static List<InvitationRow> rows(Rows rows) {
        var all = new ArrayList<InvitationRow>();
        InvitationRow.ALL.each(rows, row -> all.add(InvitationRow.read(row.key(), row.value())));
        return all;
    }

    /// All that hold, the oldest first.
    public List<Invitation> list() {
        long now = store.now();
        return store.directory()
                .<List<Invitation>, RuntimeException>read(rows ->
                        rows(rows).stream()
                                .filter(row -> !row.isOver(now))
                                .sorted(Comparator.comparingLong(InvitationRow::created))
                                .map(InvitationRow::shown)
                                .toList());
    }

    /// Lets in whoever asks for an address.
    ///
    /// @throws Refused NO_SUCH_FILE when nobody does; ACCOUNT_EXISTS
    public AccountId approve(String address) throws Refused {
        var row = pending(address);
        spend(row.id());
        return admit(row.address(), row.password());
    }

    /// Turns away whoever asks for an address, or takes an invitation back.
    ///
    /// @throws Refused NO_SUCH_FILE when there is none
    public void refuse(String address) throws Refused {
        String name = Addressee.of(address).toString();
        var found =
                list().stream()
                        .filter(it -> it.address().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
        spend(found.id());
    }

    private InvitationRow pending(String address) throws Refused {
        String name = Addressee.of(address).toString();
        return store.directory()
                .<Optional<InvitationRow>, RuntimeException>read(rows ->
                        rows(rows).stream()
                                .filter(row -> row.state() == Invitation.State.PENDING)
                                .filter(row -> row.address().equals(name))
                                .filter(row -> !row.isOver(store.now()))
                                .findFirst())
                .orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
    }
}
