package org.postroom.store;

import java.util.List;
import java.util.Optional;

/// Who is here: domains, accounts, aliases. A partition of its own; each account is a partition, too,
/// so an account is born there first and named here second, and goes in the other order. A crash
/// between leaves a partition that nobody names, which [Store#sweep] removes.
public final class Directory {

    /// @param administrator whether mail for a bare `postmaster` comes here
    public record Entry(AccountId account, Addressee address, boolean administrator) {}

    public record AliasEntry(Addressee alias, List<Addressee> members) {}

    Directory() {}

    /// Where a letter for this address goes. An exact name comes before one without its `+tag`;
    /// `postmaster` of any domain of ours goes to the administrator if nobody has the name
    /// (RFC 5321 §4.5.1).
    public Resolution resolve(Addressee address) {
        return Unwritten.yet();
    }

    /// Where a letter for the bare `postmaster` goes (RFC 5321 §4.1.1.3).
    public Resolution postmaster() {
        return Unwritten.yet();
    }

    /// Whose name this is at sign-in: an account's address exactly, no tag, no alias.
    public Optional<AccountId> find(Addressee name) {
        return Unwritten.yet();
    }

    public Optional<Entry> entry(AccountId account) {
        return Unwritten.yet();
    }

    /// Makes an account with its mailboxes, without any password.
    ///
    /// @throws Refused ACCOUNT_EXISTS (an alias of the name, too); NO_SUCH_DOMAIN
    public AccountId add(Addressee address) throws Refused {
        return Unwritten.yet();
    }

    /// All accounts, by address.
    public List<Entry> accounts() {
        return Unwritten.yet();
    }

    /// The name is gone when this returns; what the account held, after the next sweep.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public void remove(Addressee address) throws Refused {
        Unwritten.<Object>yet();
    }

    /// Makes an account the administrator.
    public void appoint(AccountId account) throws Refused {
        Unwritten.<Object>yet();
    }

    /// @throws Refused DOMAIN_EXISTS; BAD_ADDRESS
    public void addDomain(String domain) throws Refused {
        Unwritten.<Object>yet();
    }

    /// As A-labels, sorted.
    public List<String> domains() {
        return Unwritten.yet();
    }

    /// @throws Refused NO_SUCH_DOMAIN; DOMAIN_IN_USE
    public void removeDomain(String domain) throws Refused {
        Unwritten.<Object>yet();
    }

    public boolean isOurs(Addressee address) {
        return Unwritten.yet();
    }

    /// Makes or replaces an alias.
    ///
    /// @throws Refused NO_SUCH_DOMAIN; ACCOUNT_EXISTS when an account has the name
    public void setAlias(Addressee alias, List<Addressee> members) throws Refused {
        Unwritten.<Object>yet();
    }

    public List<AliasEntry> aliases() {
        return Unwritten.yet();
    }

    /// @throws Refused NO_SUCH_ALIAS
    public void removeAlias(Addressee alias) throws Refused {
        Unwritten.<Object>yet();
    }
}
