package org.postroom.store;

import org.postroom.store.engine.Rows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out where an address leads. Aliases may name aliases, in a ring even: each name is looked at
/// once, and not more than a thousand.
final class Resolving {

    private static final int NAMES = 1_000;
    private static final String POSTMASTER = "postmaster";

    private final Rows rows;
    private final Set<Addressee> seen = new HashSet<>();
    private final Deque<Addressee> open = new ArrayDeque<>();
    private final Set<AccountId> accounts = new HashSet<>();
    private final List<Resolution.Local> here = new ArrayList<>();
    private final List<Addressee> elsewhere = new ArrayList<>();

    private Resolving(Rows rows) {
        this.rows = rows;
    }

    static Resolution resolve(Rows rows, Addressee address) {
        if (!DirectoryRows.isOurs(rows, address.domain())) return new Resolution.NotHere();
        var local = local(rows, address);
        if (local.isPresent()) return local.get();
        if (alias(rows, address).isEmpty()) return new Resolution.NoSuchUser();
        return new Resolving(rows).expand(address);
    }

    static Resolution postmaster(Rows rows) {
        return administrator(rows)
                .<Resolution>map(local -> local)
                .orElseGet(Resolution.NoSuchUser::new);
    }

    private static Optional<Resolution.Local> administrator(Rows rows) {
        return DirectoryRows.administrator(rows)
                .flatMap(account ->
                        Optional.ofNullable(rows.get(DirectoryRows.account(account)))
                                .map(row ->
                                        new Resolution.Local(
                                                account, DirectoryRows.addressOf(row), "")));
    }

    /// An account by exact name, then (unless an alias has the exact name) without the tag; the
    /// administrator for a postmaster that nobody is.
    private static Optional<Resolution.Local> local(Rows rows, Addressee address) {
        var exact = account(rows, address, "");
        if (exact.isPresent() || rows.get(DirectoryRows.alias(address)) != null) return exact;
        var plain = address.untagged();
        var tagged = account(rows, plain, address.tag());
        if (tagged.isPresent()
                || !plain.localPart().equals(POSTMASTER)
                || rows.get(DirectoryRows.alias(plain)) != null) return tagged;
        return administrator(rows);
    }

    private static Optional<Resolution.Local> account(Rows rows, Addressee name, String tag) {
        return DirectoryRows.account(rows, name)
                .map(account -> new Resolution.Local(account, name, tag));
    }

    private static Optional<List<Addressee>> alias(Rows rows, Addressee address) {
        return Optional.ofNullable(rows.get(DirectoryRows.alias(address)))
                .or(() -> Optional.ofNullable(rows.get(DirectoryRows.alias(address.untagged()))))
                .map(DirectoryRows::members);
    }

    private Resolution expand(Addressee address) {
        visit(address);
        while (!open.isEmpty()) {
            var next = open.remove();
            var local =
                    DirectoryRows.isOurs(rows, next.domain())
                            ? local(rows, next)
                            : Optional.<Resolution.Local>empty();
            if (local.isPresent()) {
                if (accounts.add(local.get().account())) here.add(local.get());
            } else if (DirectoryRows.isOurs(rows, next.domain()))
                alias(rows, next).ifPresent(members -> members.forEach(this::visit));
            else elsewhere.add(next);
        }
        return here.isEmpty() && elsewhere.isEmpty()
                ? new Resolution.NoSuchUser()
                : new Resolution.Alias(here, elsewhere);
    }

    private void visit(Addressee address) {
        if (seen.size() < NAMES && seen.add(address)) open.add(address);
    }
}
