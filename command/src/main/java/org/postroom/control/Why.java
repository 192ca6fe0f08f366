package org.postroom.control;

import org.postroom.store.Refused;

/// Why the store did not do it, for an administrator, with the cure.
final class Why {

    private Why() {}

    static String of(Order.OfStore order, Refused.Reason reason) {
        return switch (reason) {
            case NO_SUCH_ACCOUNT ->
                    name(order) + " has no account here; `account list` shows who has.";
            case ACCOUNT_EXISTS -> name(order) + " is taken, by an account, an alias or a list.";
            case BAD_ADDRESS -> name(order) + " can't be an address here.";
            case NO_SUCH_DOMAIN ->
                    "The domain of "
                            + name(order)
                            + " is not one of ours; make it so by `domain add`.";
            case DOMAIN_EXISTS -> name(order) + " is one of our domains already.";
            case DOMAIN_IN_USE ->
                    name(order)
                            + " has accounts, aliases, lists or second names; remove those first.";
            case NO_SUCH_ALIAS -> name(order) + " is no alias here; `alias list` shows them.";
            case NO_SUCH_LIST -> name(order) + " is no list here; `list show` shows them.";
            case NO_SUCH_MOVE -> name(order) + " has not moved; `moved list` shows who has.";
            case BAD_PASSWORD ->
                    "The password can't be used: it is empty or has control characters.";
            case NO_SUCH_APP_PASSWORD ->
                    "There is no such app password; `account app-password list` shows them.";
            case NO_SECOND_FACTOR -> name(order) + " has no second factor.";
            case BAD_NAME ->
                    name(order)
                            + " is no place for a file: it is account:/path, such as"
                            + " anna@example.org:/letters/a.txt.";
            case NO_SUCH_FILE -> "There is no " + name(order) + "; `files ls` shows what there is.";
            case NOT_A_DIRECTORY -> name(order) + " is no directory.";
            case IS_A_DIRECTORY -> name(order) + " is a directory.";
            case NOT_EMPTY -> name(order) + " is not empty; --recursive removes all in it.";
            case OVER_QUOTA ->
                    "The account's quota has no room for that; `account quota` gives it more.";
            case LOCKED ->
                    name(order) + " is locked by a client that has it open; try again later.";
            case TOO_BUSY -> "Too many passwords are being checked; try again.";
            case NO_SUCH_MAILBOX,
                    MAILBOX_EXISTS,
                    HAS_CHILDREN,
                    INBOX_STAYS,
                    TOO_MANY_MAILBOXES,
                    TOO_MANY_KEYWORDS,
                    TOO_MANY_COPIES,
                    USE_TAKEN,
                    NO_SUCH_MESSAGE,
                    MESSAGE_TOO_LARGE,
                    NAME_TAKEN,
                    INTO_ITSELF,
                    PAST_THE_END,
                    TOO_FRAGMENTED,
                    NO_SUCH_LOCK,
                    TOO_MANY_LOCKS,
                    TOO_MANY_PROPERTIES ->
                    "The store refused: " + reason;
        };
    }

    /// Whom or what an order is about.
    private static String name(Order.OfStore order) {
        return switch (order) {
            case Order.AccountAdd(var address, _) -> address;
            case Order.AccountPasswd(var address, _) -> address;
            case Order.AccountRemove(var address) -> address;
            case Order.AccountAppoint(var address) -> address;
            case Order.AccountQuota(var address, _) -> address;
            case Order.AccountLetters(var address, _) -> address;
            case Order.Restore(var address, _) -> address;
            case Order.Import(_, var address, _) -> address;
            case Order.AppPasswordAdd(var address, _) -> address;
            case Order.AppPasswordList(var address) -> address;
            case Order.AppPasswordRevoke(var address, _) -> address;
            case Order.TotpAdd(var address) -> address;
            case Order.TotpRemove(var address) -> address;
            case Order.WebSessionList(var address) -> address;
            case Order.WebSessionEnd(var address, _) -> address;
            case Order.AccountInvite(var address, _) -> address;
            case Order.AccountApprove(var address) -> address;
            case Order.AccountRefuse(var address) -> address;
            case Order.DomainAdd(var domain, _) -> domain;
            case Order.DomainRemove(var domain) -> domain;
            case Order.AliasAdd(var alias, _) -> alias;
            case Order.AliasRemove(var alias) -> alias;
            case Order.ListAdd(var list, _, _, _, _) -> list;
            case Order.ListJoin(var list, _) -> list;
            case Order.ListLeave(var list, _) -> list;
            case Order.ListRemove(var list) -> list;
            case Order.MovedAdd(var from, _, _) -> from;
            case Order.MovedRemove(var from) -> from;
            case Order.JourneyOf(var name) -> name;
            case Order.QueueShow(var id) -> id;
            case Order.QueueRetry(var id) -> id;
            case Order.QueueHold(var id) -> id;
            case Order.QueueRelease(var id) -> id;
            case Order.QueueRemove(var id) -> id;
            case Order.OfFiles files -> files.place();
            case Order.AccountList(),
                    Order.AccountPending(),
                    Order.DomainList(),
                    Order.AliasList(),
                    Order.ListShow(),
                    Order.MovedList(),
                    Order.QueueList(),
                    Order.Check(),
                    Order.Sweep(_) ->
                    "It";
        };
    }
}
