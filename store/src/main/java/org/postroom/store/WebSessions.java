package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Secret;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Sessions of browsers. A cookie names the account and the session and proves it by 128 random bits, of
/// which only a hash is kept; the rows lie in the account's partition, so that they go with it.
public final class WebSessions {

    /// Unused for so long, or so old, a session is no more.
    private static final Duration IDLE = Duration.ofDays(14);

    private static final Duration OLDEST = Duration.ofDays(90);

    /// How exactly it is known when one was last used.
    private static final Duration EXACTNESS = Duration.ofMinutes(5);

    /// The oldest make room for more than so many of an account.
    private static final int MOST = 50;

    private static final int LONGEST_TEXT = 200;

    private final Store store;

    WebSessions(Store store) {
        this.store = store;
    }

    /// Whose session a token is of.
    ///
    /// @param secret what belongs to this session alone: other secrets are derived from it
    public record Known(AccountId account, WebSession session, Secret secret) {}

    /// Begins one.
    ///
    /// @return the cookie's token
    /// @throws Refused NO_SUCH_ACCOUNT
    public Secret begin(AccountId account, String agent, String from) throws Refused {
        var token = Token.of(account);
        long now = store.now();
        var row =
                new WebSessionRow(
                        token.id(), now, now, Hashing.sha256(token.proof()), cut(agent), cut(from));
        store.account(account)
                .edit(edit -> {
                    makeRoom(edit, now);
                    edit.put(WebSessionRow.key(token.id()), row.row());
                    return true;
                });
        return token.said();
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private static void makeRoom(Edit edit, long now) {
        var rows = new ArrayList<WebSessionRow>();
        WebSessionRow.ALL.each(
                edit.change(), row -> rows.add(WebSessionRow.read(row.key(), row.value())));
        rows.sort(Comparator.comparingLong(WebSessionRow::used));
        int over = rows.size() + 1 - MOST;
        for (int i = 0; i < rows.size(); i++)
            if (i < over || isOver(rows.get(i), now))
                edit.delete(WebSessionRow.key(rows.get(i).id()));
    }

    private static boolean isOver(WebSessionRow row, long now) {
        return now - row.used() > IDLE.toMillis() || now - row.created() > OLDEST.toMillis();
    }

    /// Whose token it is, if it is one that holds still. It has been used then.
    public Optional<Known> find(Secret said) {
        return Token.read(said).flatMap(this::find);
    }

    private Optional<Known> find(Token token) {
        var row = row(token.account(), token.id());
        long now = store.now();
        if (row.isEmpty()
                || isOver(row.get(), now)
                || !MessageDigest.isEqual(row.get().sha256(), Hashing.sha256(token.proof())))
            return Optional.empty();
        var whose = new AccountId(token.account());
        if (now - row.get().used() > EXACTNESS.toMillis()) use(whose, row.get(), now);
        return Optional.of(
                new Known(
                        whose,
                        row.get().shown(),
                        new Secret(Base64.getUrlEncoder().encodeToString(token.proof()))));
    }

    private Optional<WebSessionRow> row(long account, long id) {
        byte[] key = WebSessionRow.key(id);
        byte @Nullable [] row =
                store.commits()
                        .<byte @Nullable [], RuntimeException>read(account, rows -> rows.get(key));
        return Optional.ofNullable(row).map(there -> WebSessionRow.read(key, there));
    }

    private void use(AccountId account, WebSessionRow row, long now) {
        try {
            store.account(account)
                    .edit(edit -> {
                        if (edit.change().get(WebSessionRow.key(row.id())) != null)
                            edit.put(
                                    WebSessionRow.key(row.id()),
                                    new WebSessionRow(
                                                    row.id(),
                                                    row.created(),
                                                    now,
                                                    row.sha256(),
                                                    row.agent(),
                                                    row.from())
                                            .row());
                        return true;
                    });
        } catch (Refused removed) {
            // then it is found no more next time
        }
    }

    /// Those of an account, the latest used first.
    public List<WebSession> list(AccountId account) {
        long now = store.now();
        return store.commits()
                .<List<WebSession>, RuntimeException>read(
                        account.value(),
                        rows -> {
                            var sessions = new ArrayList<WebSession>();
                            WebSessionRow.ALL.each(
                                    rows,
                                    row -> {
                                        var session = WebSessionRow.read(row.key(), row.value());
                                        if (!isOver(session, now)) sessions.add(session.shown());
                                    });
                            sessions.sort(Comparator.comparing(WebSession::used).reversed());
                            return sessions;
                        });
    }

    /// Ends one; that there is none of the id is fine.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public void end(AccountId account, long id) throws Refused {
        store.account(account)
                .edit(edit -> {
                    byte[] key = WebSessionRow.key(id);
                    if (edit.change().get(key) != null) edit.delete(key);
                    return true;
                });
    }

    /// Ends all of an account but one: its password is another now.
    ///
    /// @param but 0 for none
    /// @throws Refused NO_SUCH_ACCOUNT
    public void endAll(AccountId account, long but) throws Refused {
        store.account(account)
                .edit(edit -> {
                    var ids = new ArrayList<Long>();
                    WebSessionRow.ALL.each(edit.change(), row -> ids.add(Key.longAt(row.key(), 1)));
                    for (long id : ids) if (id != but) edit.delete(WebSessionRow.key(id));
                    return true;
                });
    }
}
