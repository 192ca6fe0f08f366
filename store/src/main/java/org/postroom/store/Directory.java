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
        throw new UnsupportedOperationException();
    }

    /// Where a letter for the bare `postmaster` goes (RFC 5321 §4.1.1.3).
    public Resolution postmaster() {
        throw new UnsupportedOperationException();
    }

    /// Whose name this is at sign-in: an account's address exactly, no tag, no alias.
    public Optional<AccountId> find(Addressee name) {
        throw new UnsupportedOperationException();
    }

    public Optional<Entry> entry(AccountId account) {
        throw new UnsupportedOperationException();
    }

    /// Makes an account with its mailboxes, without any password.
    ///
    /// @throws Refused ACCOUNT_EXISTS (an alias of the name, too); NO_SUCH_DOMAIN
    public AccountId add(Addressee address) throws Refused {
        throw new UnsupportedOperationException();
    }

    /// All accounts, by address.
    public List<Entry> accounts() {
        throw new UnsupportedOperationException();
    }

    /// The name is gone when this returns; what the account held, after the next sweep.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public void remove(Addressee address) throws Refused {
        throw new UnsupportedOperationException();
    }

    /// Makes an account the administrator.
    public void appoint(AccountId account) throws Refused {
        throw new UnsupportedOperationException();
    }

    /// @throws Refused DOMAIN_EXISTS; BAD_ADDRESS
    public void addDomain(String domain) throws Refused {
        throw new UnsupportedOperationException();
    }

    /// As A-labels, sorted.
    public List<String> domains() {
        throw new UnsupportedOperationException();
    }

    /// @throws Refused NO_SUCH_DOMAIN; DOMAIN_IN_USE
    public void removeDomain(String domain) throws Refused {
        throw new UnsupportedOperationException();
    }

    public boolean isOurs(Addressee address) {
        throw new UnsupportedOperationException();
    }

    /// Makes or replaces an alias.
    ///
    /// @throws Refused NO_SUCH_DOMAIN; ACCOUNT_EXISTS when an account has the name
    public void setAlias(Addressee alias, List<Addressee> members) throws Refused {
        throw new UnsupportedOperationException();
    }

    public List<AliasEntry> aliases() {
        throw new UnsupportedOperationException();
    }

    /// @throws Refused NO_SUCH_ALIAS
    public void removeAlias(Addressee alias) throws Refused {
        throw new UnsupportedOperationException();
    }
}
