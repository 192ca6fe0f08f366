package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Commits;
import org.postroom.store.engine.Reading;
import org.postroom.store.engine.Rows;
import org.postroom.store.engine.Work;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /// Who had an address has another one now.
    ///
    /// @param forwards whether letters follow
    public record Move(Addressee from, Addressee to, boolean forwards) {}

    Directory(Store store) {
        this.store = store;
        this.commits = store.commits();
    }

    <T, X extends Exception> T read(Reading<T, X> reading) throws X {
        return commits.read(PARTITION, reading);
    }

    void commit(Work<Boolean, Refused> work) throws Refused {
        commits.commit(PARTITION, work);
    }

    /// Where a letter for this address goes. An exact name comes before one without its `+tag`;
    /// `postmaster` and `abuse` of any domain of ours go to the administrator if nobody has the name
    /// (RFC 5321 §4.5.1, RFC 2142 §4); an alias `*` has what nobody else has.
    public Resolution resolve(Addressee address) {
        return this.<Resolution, RuntimeException>read(rows -> Resolving.resolve(rows, address));
    }

    /// Where a letter for the bare `postmaster` goes (RFC 5321 §4.1.1.3).
    public Resolution postmaster() {
        return this.<Resolution, RuntimeException>read(Resolving::postmaster);
    }

    /// Whose name this is at sign-in: an account's address exactly, no tag, no alias; its domain by
    /// whatever name.
    public Optional<AccountId> find(Addressee name) {
        return this.<Optional<AccountId>, RuntimeException>read(rows ->
                Resolving.ours(rows, name).flatMap(ours -> DirectoryRows.account(rows, ours)));
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
                || rows.get(DirectoryRows.alias(address)) != null
                || rows.get(DirectoryRows.list(address)) != null)
            throw new Refused(Reason.ACCOUNT_EXISTS);
        return true;
    }

    private static void demandOurs(Rows rows, Addressee address) throws Refused {
        // nobody lives at another domain's second name: it has no letters of its own
        if (DirectoryRows.home(rows, address.domain()).filter(address.domain()::equals).isEmpty())
            throw new Refused(Reason.NO_SUCH_DOMAIN);
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

    /// Makes a domain another name for one that we have: who is `anna` there is `anna` here.
    ///
    /// @throws Refused DOMAIN_EXISTS; BAD_ADDRESS; NO_SUCH_DOMAIN when that is none of ours, or itself
    ///     another's second name
    public void addDomain(String name, String of) throws Refused {
        byte[] key = DirectoryRows.domain(Addressee.domain(name));
        String target = Addressee.domain(of);
        commit(rows -> {
            if (rows.get(key) != null) throw new Refused(Reason.DOMAIN_EXISTS);
            if (DirectoryRows.home(rows, target).filter(target::equals).isEmpty())
                throw new Refused(Reason.NO_SUCH_DOMAIN);
            rows.put(key, DirectoryRows.domainRow(target));
            return true;
        });
    }

    /// Those that have accounts, as A-labels, sorted; their second names are not among them.
    public List<String> domains() {
        var domains = new ArrayList<String>();
        homes().forEach((name, home) -> {
            if (name.equals(home)) domains.add(name);
        });
        return domains;
    }

    /// What else domains are called: from the second name to the one that it stands for.
    public SortedMap<String, String> domainAliases() {
        var aliases = homes();
        aliases.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return aliases;
    }

    private SortedMap<String, String> homes() {
        return this.<SortedMap<String, String>, RuntimeException>read(rows -> homes(rows));
    }

    private static SortedMap<String, String> homes(Rows rows) {
        var homes = new TreeMap<String, String>();
        DirectoryRows.DOMAINS.each(
                rows,
                row -> {
                    String name = Key.textFrom(row.key(), 1);
                    homes.put(name, DirectoryRows.home(rows, name).orElseThrow());
                });
        return homes;
    }

    /// @throws Refused NO_SUCH_DOMAIN; DOMAIN_IN_USE; BAD_ADDRESS
    public void removeDomain(String name) throws Refused {
        String domain = Addressee.domain(name);
        commit(rows -> {
            if (!DirectoryRows.isOurs(rows, domain)) throw new Refused(Reason.NO_SUCH_DOMAIN);
            demandUnused(rows, DirectoryRows.ADDRESSES, domain);
            demandUnused(rows, DirectoryRows.ALIASES, domain);
            demandUnused(rows, DirectoryRows.LISTS, domain);
            demandUnused(rows, DirectoryRows.MOVES, domain);
            var others = homes(rows);
            others.remove(domain);
            if (others.containsValue(domain)) throw new Refused(Reason.DOMAIN_IN_USE);
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

    /// Makes or replaces an alias; one whose local part is `*` has what nobody else at its domain has.
    ///
    /// @throws Refused NO_SUCH_DOMAIN; ACCOUNT_EXISTS when an account has the name; BAD_ADDRESS for no
    ///     members, or more than 1,000
    public void setAlias(Addressee alias, List<Addressee> members) throws Refused {
        if (members.isEmpty() || members.size() > MEMBERS) throw new Refused(Reason.BAD_ADDRESS);
        commit(rows -> {
            demandOurs(rows, alias);
            if (DirectoryRows.account(rows, alias).isPresent()
                    || rows.get(DirectoryRows.list(alias)) != null)
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

    /// Makes a list, or changes it.
    ///
    /// @throws Refused NO_SUCH_DOMAIN; ACCOUNT_EXISTS when an account or an alias has the name;
    ///     BAD_ADDRESS for more than 1,000 members
    public void setList(MailingList list) throws Refused {
        if (list.members().size() > MEMBERS) throw new Refused(Reason.BAD_ADDRESS);
        commit(rows -> {
            demandOurs(rows, list.name());
            if (DirectoryRows.account(rows, list.name()).isPresent()
                    || rows.get(DirectoryRows.alias(list.name())) != null)
                throw new Refused(Reason.ACCOUNT_EXISTS);
            rows.put(DirectoryRows.list(list.name()), DirectoryRows.listRow(list));
            return true;
        });
    }

    /// Lets members into a list and others out of it; who is in already, or out, stays so.
    ///
    /// @throws Refused NO_SUCH_LIST; BAD_ADDRESS for more than 1,000 members
    public void changeList(Addressee name, List<Addressee> join, List<Addressee> leave)
            throws Refused {
        byte[] key = DirectoryRows.list(name);
        commit(rows -> {
            byte[] row = rows.get(key);
            if (row == null) throw new Refused(Reason.NO_SUCH_LIST);
            var list = DirectoryRows.list(name, row);
            var members = new LinkedHashSet<>(list.members());
            members.addAll(join);
            leave.forEach(members::remove);
            if (members.size() > MEMBERS) throw new Refused(Reason.BAD_ADDRESS);
            rows.put(key, DirectoryRows.listRow(list.withMembers(List.copyOf(members))));
            return true;
        });
    }

    /// Whether an account answers for a list.
    public boolean isOwner(MailingList list, AccountId account) {
        return switch (resolve(list.owner())) {
            case Resolution.Local(var id, _, _) -> id.equals(account);
            case Resolution.Alias(var here, _) ->
                    here.stream().anyMatch(local -> local.account().equals(account));
            case Resolution.Members _,
                    Resolution.Moved _,
                    Resolution.NotHere _,
                    Resolution.NoSuchUser _ ->
                    false;
        };
    }

    /// Whether a sender may write to a list: always, to an open one.
    public boolean mayWrite(MailingList list, Optional<Addressee> sender) {
        if (!list.membersOnly()) return true;
        if (sender.isEmpty()) return false;
        var asIs = sender.get();
        if (list.members().contains(asIs) || list.owner().equals(asIs)) return true;
        if (!(resolve(asIs) instanceof Resolution.Local(var account, _, _))) return false;
        return isOwner(list, account) || isMember(list, account);
    }

    private boolean isMember(MailingList list, AccountId account) {
        return resolve(list.name()) instanceof Resolution.Members(_, var here, _)
                && here.stream().anyMatch(local -> local.account().equals(account));
    }

    public List<MailingList> lists() {
        return this.<List<MailingList>, RuntimeException>read(rows -> {
            var lists = new ArrayList<MailingList>();
            DirectoryRows.LISTS.each(
                    rows,
                    row -> {
                        var name = DirectoryRows.stored(Key.textFrom(row.key(), 1));
                        lists.add(DirectoryRows.list(name, row.value()));
                    });
            return lists;
        });
    }

    /// @throws Refused NO_SUCH_LIST
    public void removeList(Addressee name) throws Refused {
        byte[] key = DirectoryRows.list(name);
        commit(rows -> {
            if (rows.get(key) == null) throw new Refused(Reason.NO_SUCH_LIST);
            rows.delete(key);
            return true;
        });
    }

    /// Says that who had an address has another one now, from the next letter on. An account of that
    /// name stays as it is, to be read.
    ///
    /// @throws Refused NO_SUCH_DOMAIN; ACCOUNT_EXISTS when an alias or a list has the name;
    ///     BAD_ADDRESS for a move to itself
    public void move(Move move) throws Refused {
        if (move.from().equals(move.to())) throw new Refused(Reason.BAD_ADDRESS);
        commit(rows -> {
            demandOurs(rows, move.from());
            if (rows.get(DirectoryRows.alias(move.from())) != null
                    || rows.get(DirectoryRows.list(move.from())) != null)
                throw new Refused(Reason.ACCOUNT_EXISTS);
            rows.put(DirectoryRows.move(move.from()), DirectoryRows.moveRow(move));
            return true;
        });
    }

    public List<Move> moves() {
        return this.<List<Move>, RuntimeException>read(rows -> {
            var moves = new ArrayList<Move>();
            DirectoryRows.MOVES.each(
                    rows,
                    row -> {
                        var from = DirectoryRows.stored(Key.textFrom(row.key(), 1));
                        moves.add(DirectoryRows.move(from, row.value()));
                    });
            return moves;
        });
    }

    /// Takes a [#move] back.
    ///
    /// @throws Refused NO_SUCH_MOVE
    public void removeMove(Addressee from) throws Refused {
        byte[] key = DirectoryRows.move(from);
        commit(rows -> {
            if (rows.get(key) == null) throw new Refused(Reason.NO_SUCH_MOVE);
            rows.delete(key);
            return true;
        });
    }
}
