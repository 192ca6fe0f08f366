package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Commits;
import org.postroom.store.engine.Reading;
import org.postroom.store.engine.Rows;
import org.postroom.store.engine.Work;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who is here: domains, accounts, aliases. A partition of its own; each account is a partition, too,
/// so an account is born there first and named here second, and goes in the other order. A crash
/// between leaves a partition that nobody names, which [Store#sweep] removes.
public final class Directory {

    static final long PARTITION = 0;

    private static final int MEMBERS = 1_000;

    private final Store store;
    private final Commits commits;

    /// @param administrator whether mail for a bare `postmaster` comes here
    public record Entry(AccountId account, Addressee address, boolean administrator) {}

    public record AliasEntry(Addressee alias, List<Addressee> members) {

        public AliasEntry {
            members = List.copyOf(members);
        }
    }

    Directory(Store store) {
        this.store = store;
        this.commits = store.commits();
    }

    private <T, X extends Exception> T read(Reading<T, X> reading) throws X {
        return commits.read(PARTITION, reading);
    }

    private void commit(Work<Boolean, Refused> work) throws Refused {
        commits.commit(PARTITION, work);
    }

    /// Where a letter for this address goes. An exact name comes before one without its `+tag`;
    /// `postmaster` of any domain of ours goes to the administrator if nobody has the name
    /// (RFC 5321 §4.5.1).
    public Resolution resolve(Addressee address) {
        return this.<Resolution, RuntimeException>read(rows -> Resolving.resolve(rows, address));
    }

    /// Where a letter for the bare `postmaster` goes (RFC 5321 §4.1.1.3).
    public Resolution postmaster() {
        return this.<Resolution, RuntimeException>read(Resolving::postmaster);
    }

    /// Whose name this is at sign-in: an account's address exactly, no tag, no alias.
    public Optional<AccountId> find(Addressee name) {
        return this.<Optional<AccountId>, RuntimeException>read(
                rows -> DirectoryRows.account(rows, name));
    }

    public Optional<Entry> entry(AccountId account) {
        return this.<Optional<Entry>, RuntimeException>read(rows ->
                Optional.ofNullable(rows.get(DirectoryRows.account(account)))
                        .map(row -> entry(rows, account, row)));
    }

    private static Entry entry(Rows rows, AccountId account, byte[] row) {
        boolean administrator =
                DirectoryRows.administrator(rows).filter(account::equals).isPresent();
        return new Entry(account, DirectoryRows.addressOf(row), administrator);
    }

    /// Makes an account with its mailboxes, without any password.
    ///
    /// @throws Refused ACCOUNT_EXISTS (an alias of the name, too); NO_SUCH_DOMAIN
    public AccountId add(Addressee address) throws Refused {
        this.<Boolean, Refused>read(rows -> free(rows, address));
        var account = store.bear();
        commit(rows -> {
            free(rows, address);
            rows.put(DirectoryRows.address(address), DirectoryRows.idRow(account));
            rows.put(DirectoryRows.account(account), DirectoryRows.addressRow(address));
            return true;
        });
        store.born(account);
        return account;
    }

    private static boolean free(Rows rows, Addressee address) throws Refused {
        demandOurs(rows, address);
        if (DirectoryRows.account(rows, address).isPresent()
                || rows.get(DirectoryRows.alias(address)) != null)
            throw new Refused(Reason.ACCOUNT_EXISTS);
        return true;
    }

    private static void demandOurs(Rows rows, Addressee address) throws Refused {
        if (!DirectoryRows.isOurs(rows, address.domain())) throw new Refused(Reason.NO_SUCH_DOMAIN);
    }

    /// All accounts, by address.
    public List<Entry> accounts() {
        return this.<List<Entry>, RuntimeException>read(rows -> {
            var entries = new ArrayList<Entry>();
            DirectoryRows.ACCOUNTS.each(
                    rows,
                    row ->
                            entries.add(
                                    entry(
                                            rows,
                                            new AccountId(Key.longAt(row.key(), 1)),
                                            row.value())));
            entries.sort(java.util.Comparator.comparing(Entry::address));
            return entries;
        });
    }

    /// The name is gone when this returns, and whoever still has the account's handle is refused; what
    /// the account held goes with the next sweep.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public void remove(Addressee address) throws Refused {
        commit(rows -> {
            var account =
                    DirectoryRows.account(rows, address)
                            .orElseThrow(() -> new Refused(Reason.NO_SUCH_ACCOUNT));
            rows.delete(DirectoryRows.address(address));
            rows.delete(DirectoryRows.account(account));
            if (DirectoryRows.administrator(rows).filter(account::equals).isPresent())
                rows.delete(DirectoryRows.ADMINISTRATOR);
            rows.then(() -> store.forget(account));
            return true;
        });
    }

    /// Makes an account the administrator.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public void appoint(AccountId account) throws Refused {
        commit(rows -> {
            if (rows.get(DirectoryRows.account(account)) == null)
                throw new Refused(Reason.NO_SUCH_ACCOUNT);
            rows.put(DirectoryRows.ADMINISTRATOR, DirectoryRows.idRow(account));
            return true;
        });
    }

    /// @throws Refused DOMAIN_EXISTS; BAD_ADDRESS
    public void addDomain(String name) throws Refused {
        byte[] key = DirectoryRows.domain(Addressee.domain(name));
        commit(rows -> {
            if (rows.get(key) != null) throw new Refused(Reason.DOMAIN_EXISTS);
            rows.put(key, DirectoryRows.PRESENT);
            return true;
        });
    }

    /// As A-labels, sorted.
    public List<String> domains() {
        return this.<List<String>, RuntimeException>read(rows -> {
            var domains = new ArrayList<String>();
            DirectoryRows.DOMAINS.each(rows, row -> domains.add(Key.textFrom(row.key(), 1)));
            return domains;
        });
    }

    /// @throws Refused NO_SUCH_DOMAIN; DOMAIN_IN_USE; BAD_ADDRESS
    public void removeDomain(String name) throws Refused {
        String domain = Addressee.domain(name);
        commit(rows -> {
            if (!DirectoryRows.isOurs(rows, domain)) throw new Refused(Reason.NO_SUCH_DOMAIN);
            demandUnused(rows, DirectoryRows.ADDRESSES, domain);
            demandUnused(rows, DirectoryRows.ALIASES, domain);
            rows.delete(DirectoryRows.domain(domain));
            return true;
        });
    }

    private static void demandUnused(Rows rows, KeyRange range, String domain) throws Refused {
        range.<Refused>each(
                rows,
                row -> {
                    if (DirectoryRows.stored(Key.textFrom(row.key(), 1)).domain().equals(domain))
                        throw new Refused(Reason.DOMAIN_IN_USE);
                });
    }

    public boolean isOurs(Addressee address) {
        return this.<Boolean, RuntimeException>read(
                rows -> DirectoryRows.isOurs(rows, address.domain()));
    }

    /// Makes or replaces an alias.
    ///
    /// @throws Refused NO_SUCH_DOMAIN; ACCOUNT_EXISTS when an account has the name; BAD_ADDRESS for no
    ///     members, or more than 1,000
    public void setAlias(Addressee alias, List<Addressee> members) throws Refused {
        if (members.isEmpty() || members.size() > MEMBERS) throw new Refused(Reason.BAD_ADDRESS);
        commit(rows -> {
            demandOurs(rows, alias);
            if (DirectoryRows.account(rows, alias).isPresent())
                throw new Refused(Reason.ACCOUNT_EXISTS);
            rows.put(DirectoryRows.alias(alias), DirectoryRows.membersRow(members));
            return true;
        });
    }

    public List<AliasEntry> aliases() {
        return this.<List<AliasEntry>, RuntimeException>read(rows -> {
            var aliases = new ArrayList<AliasEntry>();
            DirectoryRows.ALIASES.each(
                    rows,
                    row ->
                            aliases.add(
                                    new AliasEntry(
                                            DirectoryRows.stored(Key.textFrom(row.key(), 1)),
                                            DirectoryRows.members(row.value()))));
            return aliases;
        });
    }

    /// @throws Refused NO_SUCH_ALIAS
    public void removeAlias(Addressee alias) throws Refused {
        byte[] key = DirectoryRows.alias(alias);
        commit(rows -> {
            if (rows.get(key) == null) throw new Refused(Reason.NO_SUCH_ALIAS);
            rows.delete(key);
            return true;
        });
    }
}
