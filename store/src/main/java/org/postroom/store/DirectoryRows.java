package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of the directory's partition. Each begins with layout 1.
///
/// - `a` address: account8, whose address this is
/// - `n` account8: the account's address
/// - `d` domain: a domain of ours; behind it, where it is another name for one, that one
/// - `l` address: count4 and the addresses that this alias stands for
/// - `L` address: owner, whether members only1, title, count4 and the members of this list
/// - `v` address: where who had it has moved to, whether letters follow1
/// - `o` id8: an invitation ([InvitationRow])
/// - `s` name: what the whole server has once: `administrator` account8, `key` 32 random octets
final class DirectoryRows {

    static final KeyRange ACCOUNTS = KeyRange.of(Key.of('n'));
    static final KeyRange ADDRESSES = KeyRange.of(Key.of('a'));
    static final KeyRange DOMAINS = KeyRange.of(Key.of('d'));
    static final KeyRange ALIASES = KeyRange.of(Key.of('l'));
    static final KeyRange LISTS = KeyRange.of(Key.of('L'));
    static final KeyRange MOVES = KeyRange.of(Key.of('v'));
    static final byte[] ADMINISTRATOR = Key.of('s', "administrator");
    static final byte[] SERVER_KEY = Key.of('s', "key");
    static final byte[] PRESENT = {1};

    private static final int LAYOUT = 1;

    private DirectoryRows() {}

    static byte[] address(Addressee address) {
        return Key.of('a', address.toString());
    }

    static byte[] account(AccountId account) {
        return Key.of('n', account.value());
    }

    static byte[] domain(String domain) {
        return Key.of('d', domain);
    }

    static byte[] alias(Addressee alias) {
        return Key.of('l', alias.toString());
    }

    static byte[] list(Addressee list) {
        return Key.of('L', list.toString());
    }

    static byte[] move(Addressee from) {
        return Key.of('v', from.toString());
    }

    static byte[] idRow(AccountId account) {
        return new RowOut(LAYOUT).long8(account.value()).row();
    }

    static Optional<AccountId> id(byte @Nullable [] row) {
        return row == null
                ? Optional.empty()
                : Optional.of(new AccountId(new RowIn("directory", row, LAYOUT).long8()));
    }

    static byte[] addressRow(Addressee address) {
        return new RowOut(LAYOUT).text(address.toString()).row();
    }

    static Addressee addressOf(byte[] row) {
        return stored(new RowIn("directory", row, LAYOUT).text());
    }

    static byte[] membersRow(List<Addressee> members) {
        return put(new RowOut(LAYOUT), members).row();
    }

    private static RowOut put(RowOut out, List<Addressee> members) {
        out.int4(members.size());
        members.forEach(member -> out.text(member.toString()));
        return out;
    }

    static List<Addressee> members(byte[] row) {
        return members(new RowIn("alias", row, LAYOUT));
    }

    private static List<Addressee> members(RowIn in) {
        var members = new ArrayList<Addressee>();
        for (int left = in.int4(); left > 0; left--) members.add(stored(in.text()));
        return members;
    }

    static byte[] listRow(MailingList list) {
        var out = new RowOut(LAYOUT).text(list.owner().toString());
        out.bool(list.membersOnly()).text(list.title());
        return put(out, list.members()).row();
    }

    static MailingList list(Addressee name, byte[] row) {
        var in = new RowIn("list", row, LAYOUT);
        return new MailingList(name, stored(in.text()), in.bool(), in.text(), members(in));
    }

    static byte[] moveRow(Directory.Move move) {
        return new RowOut(LAYOUT).text(move.to().toString()).bool(move.forwards()).row();
    }

    static Directory.Move move(Addressee from, byte[] row) {
        var in = new RowIn("move", row, LAYOUT);
        return new Directory.Move(from, stored(in.text()), in.bool());
    }

    /// The name that a domain of ours goes by: another one's, if it is an alias; empty for others'.
    static Optional<String> home(Rows rows, String domain) {
        byte[] row = rows.get(domain(domain));
        if (row == null) return Optional.empty();
        return Optional.of(row.length == PRESENT.length ? domain : domainOf(row));
    }

    static byte[] domainRow(String target) {
        return new RowOut(LAYOUT).text(target).row();
    }

    static String domainOf(byte[] row) {
        return new RowIn("domain", row, LAYOUT).text();
    }

    /// An address in its stored form.
    static Addressee stored(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) throw new Fault("an address row is damaged");
        return new Addressee(text.substring(0, at), text.substring(at + 1));
    }

    static Optional<AccountId> account(Rows rows, Addressee address) {
        return id(rows.get(address(address)));
    }

    static boolean isOurs(Rows rows, String domain) {
        return rows.get(domain(domain)) != null;
    }

    static Optional<AccountId> administrator(Rows rows) {
        return id(rows.get(ADMINISTRATOR));
    }
}
