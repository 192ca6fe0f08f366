package org.postroom.store;

import org.postroom.store.engine.Rows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out where an address leads. Aliases and lists may name each other, in a ring even: each name is
/// looked at once, and not more than a thousand.
///
/// Of a name's meanings the nearest holds: the whole name before the one without its `+tag`, either
/// before a list's owner (`NAME-owner`), that before the roles that go to the administrator, and the
/// domain's catch-all last.
final class Resolving {

    private static final int NAMES = 1_000;

    /// Who answers at every domain, RFC 5321 §4.5.1 and RFC 2142 §4.
    private static final Set<String> ROLES = Set.of("postmaster", "abuse");

    private final Rows rows;
    private final Set<Addressee> seen = new HashSet<>();
    private final Deque<Addressee> open = new ArrayDeque<>();
    private final Set<AccountId> accounts = new HashSet<>();
    private final List<Resolution.Local> here = new ArrayList<>();
    private final List<Addressee> elsewhere = new ArrayList<>();

    /// What a name of ours is.
    private sealed interface Meaning {

        record Person(Resolution.Local local) implements Meaning {}

        record Group(List<Addressee> members) implements Meaning {}

        record Mailing(MailingList list) implements Meaning {}

        record Gone(Directory.Move move) implements Meaning {}
    }

    private Resolving(Rows rows) {
        this.rows = rows;
    }

    static Resolution resolve(Rows rows, Addressee address) {
        var ours = ours(rows, address);
        if (ours.isEmpty()) return new Resolution.NotHere();
        return meaning(rows, ours.get())
                .map(meaning ->
                        switch (meaning) {
                            case Meaning.Person(var local) -> local;
                            case Meaning.Group(var members) ->
                                    new Resolving(rows).expand(ours.get(), members).alias();
                            case Meaning.Mailing(var list) ->
                                    new Resolving(rows)
                                            .expand(list.name(), list.members())
                                            .of(list);
                            case Meaning.Gone(var move) ->
                                    new Resolution.Moved(move.to(), move.forwards());
                        })
                .orElseGet(Resolution.NoSuchUser::new);
    }

    static Resolution postmaster(Rows rows) {
        return administrator(rows)
                .<Resolution>map(local -> local)
                .orElseGet(Resolution.NoSuchUser::new);
    }

    /// An address in the domain's own name; nothing when it is none of ours.
    static Optional<Addressee> ours(Rows rows, Addressee address) {
        return DirectoryRows.home(rows, address.domain())
                .map(domain -> new Addressee(address.localPart(), domain));
    }

    private static Optional<Resolution.Local> administrator(Rows rows) {
        return DirectoryRows.administrator(rows)
                .flatMap(account ->
                        Optional.ofNullable(rows.get(DirectoryRows.account(account)))
                                .map(row ->
                                        new Resolution.Local(
                                                account, DirectoryRows.addressOf(row), "")));
    }

    private static Optional<Meaning> meaning(Rows rows, Addressee name) {
        var plain = name.untagged();
        return named(rows, name, "")
                .or(() -> named(rows, plain, name.tag()))
                .or(() -> ownerOf(rows, plain))
                .or(() -> role(rows, plain))
                .or(() -> named(rows, new Addressee("*", name.domain()), ""));
    }

    private static Optional<Meaning> named(Rows rows, Addressee name, String tag) {
        byte[] move = rows.get(DirectoryRows.move(name));
        if (move != null) return Optional.of(new Meaning.Gone(DirectoryRows.move(name, move)));
        var account = DirectoryRows.account(rows, name);
        if (account.isPresent())
            return Optional.of(new Meaning.Person(new Resolution.Local(account.get(), name, tag)));
        byte[] alias = rows.get(DirectoryRows.alias(name));
        if (alias != null) return Optional.of(new Meaning.Group(DirectoryRows.members(alias)));
        byte[] list = rows.get(DirectoryRows.list(name));
        return list == null
                ? Optional.empty()
                : Optional.of(new Meaning.Mailing(DirectoryRows.list(name, list)));
    }

    private static Optional<Meaning> ownerOf(Rows rows, Addressee name) {
        var list = MailingList.listOf(name);
        byte[] row = rows.get(DirectoryRows.list(list));
        return row == null || list.equals(name)
                ? Optional.empty()
                : Optional.of(new Meaning.Group(List.of(DirectoryRows.list(list, row).owner())));
    }

    private static Optional<Meaning> role(Rows rows, Addressee name) {
        return ROLES.contains(name.localPart())
                ? administrator(rows).map(Meaning.Person::new)
                : Optional.empty();
    }

    private Resolving expand(Addressee name, List<Addressee> members) {
        seen.add(name);
        members.forEach(this::visit);
        while (!open.isEmpty()) {
            var next = open.remove();
            var ours = ours(rows, next);
            if (ours.isEmpty()) elsewhere.add(next);
            else meaning(rows, ours.get()).ifPresent(this::enter);
        }
        return this;
    }

    private void enter(Meaning meaning) {
        switch (meaning) {
            case Meaning.Person(var local) -> {
                if (accounts.add(local.account())) here.add(local);
            }
            case Meaning.Group(var members) -> members.forEach(this::visit);
            case Meaning.Mailing(var list) -> list.members().forEach(this::visit);
            case Meaning.Gone(var move) -> {
                if (move.forwards()) visit(move.to());
            }
        }
    }

    private void visit(Addressee address) {
        if (seen.size() < NAMES && seen.add(address)) open.add(address);
    }

    private boolean isEmpty() {
        return here.isEmpty() && elsewhere.isEmpty();
    }

    private Resolution alias() {
        return isEmpty() ? new Resolution.NoSuchUser() : new Resolution.Alias(here, elsewhere);
    }

    private Resolution of(MailingList list) {
        return new Resolution.Members(list, here, elsewhere);
    }
}
