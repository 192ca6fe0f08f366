package org.postroom.imap;

import org.postroom.imap.Command.Append;
import org.postroom.imap.Command.Authenticate;
import org.postroom.imap.Command.Check;
import org.postroom.imap.Command.Close;
import org.postroom.imap.Command.Copy;
import org.postroom.imap.Command.Create;
import org.postroom.imap.Command.Delete;
import org.postroom.imap.Command.Enable;
import org.postroom.imap.Command.Examine;
import org.postroom.imap.Command.Expunge;
import org.postroom.imap.Command.Fetch;
import org.postroom.imap.Command.GetQuota;
import org.postroom.imap.Command.GetQuotaRoot;
import org.postroom.imap.Command.Idle;
import org.postroom.imap.Command.Language;
import org.postroom.imap.Command.Login;
import org.postroom.imap.Command.Logout;
import org.postroom.imap.Command.Lsub;
import org.postroom.imap.Command.Move;
import org.postroom.imap.Command.Namespace;
import org.postroom.imap.Command.NewMessage;
import org.postroom.imap.Command.Noop;
import org.postroom.imap.Command.Rename;
import org.postroom.imap.Command.Replace;
import org.postroom.imap.Command.Search;
import org.postroom.imap.Command.Select;
import org.postroom.imap.Command.SetQuota;
import org.postroom.imap.Command.Sort;
import org.postroom.imap.Command.Starttls;
import org.postroom.imap.Command.Status;
import org.postroom.imap.Command.Store;
import org.postroom.imap.Command.Subscribe;
import org.postroom.imap.Command.Unauthenticate;
import org.postroom.imap.Command.Unselect;
import org.postroom.imap.Command.Unsubscribe;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.FetchItem.Binary;
import org.postroom.imap.FetchItem.BinarySize;
import org.postroom.imap.FetchItem.Body;
import org.postroom.imap.FetchItem.Rfc822;
import org.postroom.wire.Saying;

import java.util.Optional;

/// Writes the commands that the [Grammar] reads.
final class CommandPrinter {

    private final Printer out;

    CommandPrinter(Saying saying) {
        this.out = Printer.ofClient(saying);
    }

    void print(Command command) {
        switch (command) {
            case Command.Capability() -> out.atom("CAPABILITY");
            case Noop() -> out.atom("NOOP");
            case Logout() -> out.atom("LOGOUT");
            case Command.Id id -> id(id);
            case Starttls() -> out.atom("STARTTLS");
            case Authenticate authenticate -> authenticate(authenticate);
            case Login(var user, var password) ->
                    out.atom("LOGIN ")
                            .astring(Printer.octets(user))
                            .atom(" ")
                            .secret(password.reveal());
            case Select(var name, var opening) -> open("SELECT ", name, opening);
            case Examine(var name, var opening) -> open("EXAMINE ", name, opening);
            case Create(var name, var uses) -> {
                mailbox("CREATE ", name);
                if (!uses.isEmpty()) out.atom(" (USE (" + String.join(" ", uses) + "))");
            }
            case Delete(var name) -> mailbox("DELETE ", name);
            case Rename(var from, var to) -> {
                mailbox("RENAME ", from);
                mailbox(" ", to);
            }
            case Subscribe(var name) -> mailbox("SUBSCRIBE ", name);
            case Unsubscribe(var name) -> mailbox("UNSUBSCRIBE ", name);
            case Command.List list -> list(list);
            case Lsub(var pattern) -> pattern("LSUB ", pattern);
            case Status status -> status(status);
            case Append(var mailbox, var messages) -> {
                mailbox("APPEND ", mailbox);
                message(messages.getFirst());
            }
            case Replace(boolean uid, long number, var mailbox, var message) -> {
                uid(uid, "REPLACE " + SequenceSet.of(number));
                mailbox(" ", mailbox);
                message(message);
            }
            case GetQuota(var root) -> out.atom("GETQUOTA ").astring(Printer.octets(root));
            case GetQuotaRoot(var name) -> mailbox("GETQUOTAROOT ", name);
            case SetQuota(var root, var limits) -> {
                out.atom("SETQUOTA ").astring(Printer.octets(root)).atom(" (");
                String before = "";
                for (var limit : limits.entrySet()) {
                    out.atom(before).atom(limit.getKey()).atom(" ").number(limit.getValue());
                    before = " ";
                }
                out.atom(")");
            }
            case Language(var ranges) -> {
                out.atom("LANGUAGE");
                for (var range : ranges) out.atom(" ").text(range);
            }
            case Command.Compress(var algorithm) -> out.atom("COMPRESS ").atom(algorithm);
            case Unauthenticate() -> out.atom("UNAUTHENTICATE");
            case Idle() -> out.atom("IDLE");
            case Namespace() -> out.atom("NAMESPACE");
            case Enable(var capabilities) ->
                    out.atom("ENABLE ").atom(String.join(" ", capabilities));
            case Check() -> out.atom("CHECK");
            case Close() -> out.atom("CLOSE");
            case Unselect() -> out.atom("UNSELECT");
            case Expunge(var uids) ->
                    out.atom(uids.map(set -> "UID EXPUNGE " + set).orElse("EXPUNGE"));
            case Search(boolean uid, var results, var key) -> {
                uid(uid, "SEARCH ");
                results.ifPresent(this::results);
                out.atom(isAscii(key) ? "" : "CHARSET UTF-8 ");
                whole(key);
            }
            case Sort(boolean uid, var results, var order, var key) -> {
                uid(uid, "SORT ");
                results.ifPresent(this::results);
                String by = String.join(" ", order.stream().map(SortKey::toString).toList());
                out.atom("(" + by + ") UTF-8 ");
                whole(key);
            }
            case Command.Threads(boolean uid, var algorithm, var key) -> {
                uid(uid, "THREAD ");
                out.atom(algorithm + " UTF-8 ");
                whole(key);
            }
            case Fetch fetch -> fetch(fetch);
            case Store store -> store(store);
            case Copy(boolean uid, var set, var name) -> {
                uid(uid, "COPY " + set);
                mailbox(" ", name);
            }
            case Move(boolean uid, var set, var name) -> {
                uid(uid, "MOVE " + set);
                mailbox(" ", name);
            }
        }
    }

    private void uid(boolean uid, String command) {
        out.atom(uid ? "UID " : "").atom(command);
    }

    private void mailbox(String before, MailboxName name) {
        out.atom(before).astring(name.encoded());
    }

    private void pattern(String before, MailboxPattern pattern) {
        out.atom(before).string(ModifiedUtf7.encode(pattern.reference()));
        out.atom(" ").string(ModifiedUtf7.encode(pattern.pattern()));
    }

    private void id(Command.Id id) {
        out.atom("ID ");
        if (id.fields().isEmpty()) out.atom("NIL");
        String before = "(";
        for (var field : id.fields()) {
            out.atom(before).text(field.name()).atom(" ");
            field.value().ifPresentOrElse(out::text, () -> out.atom("NIL"));
            before = " ";
        }
        if (!id.fields().isEmpty()) out.atom(")");
    }

    private void authenticate(Authenticate authenticate) {
        out.atom("AUTHENTICATE ").atom(authenticate.mechanism());
        authenticate
                .initialResponse()
                .ifPresent(response -> out.atom(" ").saying().secret(response.reveal()));
    }

    private void status(Status status) {
        mailbox("STATUS ", status.mailbox());
        String before = " (";
        for (var item : status.items()) {
            out.atom(before).atom(item.atom);
            before = " ";
        }
        out.atom(")");
    }

    private void open(String verb, MailboxName name, Opening opening) {
        mailbox(verb, name);
        if (opening.equals(Opening.PLAIN)) return;
        out.atom(opening.condstore() ? " (CONDSTORE" : " (");
        if (opening.condstore() && opening.resync().isPresent()) out.atom(" ");
        opening.resync()
                .ifPresent(resync -> {
                    out.atom("QRESYNC (" + resync.uidValidity() + " " + resync.modSeq());
                    resync.known().ifPresent(known -> out.atom(" " + known));
                    resync.match()
                            .ifPresent(match ->
                                    out.atom(" (" + match.sequences() + " " + match.uids() + ")"));
                    out.atom(")");
                });
        out.atom(")");
    }

    private void list(Command.List list) {
        out.atom("LIST ");
        var options = list.options();
        if (!options.selection().isEmpty())
            out.atom(
                    "("
                            + String.join(
                                    " ", options.selection().stream().map(it -> it.atom).toList())
                            + ") ");
        out.string(ModifiedUtf7.encode(list.patterns().getFirst().reference()));
        boolean several = list.extended() && list.patterns().size() > 1;
        out.atom(several ? " (" : " ");
        String before = "";
        for (var pattern : list.patterns()) {
            out.atom(before).string(ModifiedUtf7.encode(pattern.pattern()));
            before = " ";
        }
        if (several) out.atom(")");
        if (!list.extended()) return;
        out.atom(" RETURN (");
        before = "";
        for (var option : options.returned()) {
            out.atom(before).atom(option.atom);
            before = " ";
        }
        if (!options.status().isEmpty()) {
            out.atom(before).atom("STATUS (");
            out.atom(String.join(" ", options.status().stream().map(it -> it.atom).toList()));
            out.atom(")");
        }
        out.atom(")");
    }

    private void message(NewMessage message) {
        if (!message.flags().isEmpty()) out.atom(" ").flags(message.flags());
        message.date()
                .ifPresent(date -> {
                    out.atom(" ");
                    DateTimes.printDateTime(date, out);
                });
        out.atom(message.binary() ? " ~{" : " {").number(message.size()).atom("}");
    }

    private void results(Results results) {
        out.atom("RETURN (");
        String before = "";
        for (var kind : results.kinds()) {
            out.atom(before).atom(kind.name());
            if (kind == Results.Kind.PARTIAL)
                results.window().ifPresent(window -> out.atom(" " + window));
            before = " ";
        }
        out.atom(") ");
    }

    private void whole(SearchKey key) {
        if (key instanceof SearchKey.And(var keys)) keys(keys);
        else key(key);
    }

    private void fetch(Fetch fetch) {
        uid(fetch.uid(), "FETCH " + fetch.set());
        String before = " (";
        for (var item : fetch.items()) {
            out.atom(before);
            switch (item) {
                case Attribute attribute -> out.atom(attribute.atom);
                case Rfc822 form -> out.atom(form.atom);
                case Body(var section, boolean peek, var partial) -> {
                    out.atom(peek ? "BODY.PEEK" : "BODY");
                    section.print(out);
                    partial(partial);
                }
                case Binary(var part, boolean peek, var partial) -> {
                    out.atom(peek ? "BINARY.PEEK" : "BINARY");
                    new Section(part, Section.Whole.ALL).print(out);
                    partial(partial);
                }
                case BinarySize(var part) -> {
                    out.atom("BINARY.SIZE");
                    new Section(part, Section.Whole.ALL).print(out);
                }
            }
            before = " ";
        }
        out.atom(")");
        var modifiers = fetch.modifiers();
        before = " (";
        if (modifiers.changedSince().isPresent()) {
            out.atom(before).atom("CHANGEDSINCE ").number(modifiers.changedSince().get());
            before = " ";
        }
        if (modifiers.vanished()) out.atom(before).atom("VANISHED");
        if (modifiers.window().isPresent())
            out.atom(before).atom("PARTIAL ").atom(modifiers.window().get().toString());
        if (!modifiers.equals(Fetch.Modifiers.NONE)) out.atom(")");
    }

    private void partial(Optional<FetchItem.Partial> partial) {
        partial.ifPresent(p -> out.atom("<" + p.offset() + "." + p.length() + ">"));
    }

    private void store(Store store) {
        uid(store.uid(), "STORE " + store.set());
        store.unchangedSince()
                .ifPresent(modSeq -> out.atom(" (UNCHANGEDSINCE ").number(modSeq).atom(")"));
        out.atom(" ").atom(store.change().atom).atom(store.silent() ? ".SILENT " : " ");
        out.flags(store.flags());
    }

    private void keys(Iterable<SearchKey> keys) {
        String before = "";
        for (var key : keys) {
            out.atom(before);
            key(key);
            before = " ";
        }
    }

    private void key(SearchKey key) {
        switch (key) {
            case SearchKey.All() -> out.atom("ALL");
            case SearchKey.And(var keys) -> {
                out.atom("(");
                keys(keys);
                out.atom(")");
            }
            case SearchKey.Or(var one, var other) -> {
                out.atom("OR ");
                key(one);
                out.atom(" ");
                key(other);
            }
            case SearchKey.Not(var inner) -> {
                out.atom("NOT ");
                key(inner);
            }
            case SearchKey.Has(var flag) ->
                    out.atom(
                            flag.isSystem()
                                    ? flag.atom().substring(1).toUpperCase(java.util.Locale.ROOT)
                                    : "KEYWORD " + flag.atom());
            case SearchKey.Dated(boolean sent, var relation, var date) -> {
                out.atom(sent ? "SENT" : "").atom(relation.name()).atom(" ");
                DateTimes.printDate(date, out);
            }
            case SearchKey.Saved(var relation, var date) -> {
                out.atom("SAVED").atom(relation.name()).atom(" ");
                DateTimes.printDate(date, out);
            }
            case SearchKey.SavedDateSupported() -> out.atom("SAVEDATESUPPORTED");
            case SearchKey.Aged(boolean younger, long seconds) ->
                    out.atom(younger ? "YOUNGER " : "OLDER ").number(seconds);
            case SearchKey.ModSeq(long least) -> out.atom("MODSEQ ").number(least);
            case SearchKey.EmailId(var id) -> out.atom("EMAILID ").atom(id);
            case SearchKey.ThreadId(var id) -> out.atom("THREADID ").atom(id);
            case SearchKey.Larger(long octets) -> out.atom("LARGER ").number(octets);
            case SearchKey.Smaller(long octets) -> out.atom("SMALLER ").number(octets);
            case SearchKey.Header(var name, var text) ->
                    out.atom("HEADER ").astring(name).atom(" ").text(text);
            case SearchKey.Body(var text) -> out.atom("BODY ").text(text);
            case SearchKey.Text(var text) -> out.atom("TEXT ").text(text);
            case SearchKey.Sequence(var set) -> out.atom(set.toString());
            case SearchKey.Uid(var set) -> out.atom("UID " + set);
        }
    }

    private static boolean isAscii(SearchKey key) {
        return switch (key) {
            case SearchKey.And(var keys) -> keys.stream().allMatch(CommandPrinter::isAscii);
            case SearchKey.Or(var one, var other) -> isAscii(one) && isAscii(other);
            case SearchKey.Not(var inner) -> isAscii(inner);
            case SearchKey.Header(_, var text) -> isAscii(text);
            case SearchKey.Body(var text) -> isAscii(text);
            case SearchKey.Text(var text) -> isAscii(text);
            case SearchKey.All(), SearchKey.Has(_), SearchKey.Dated(_, _, _) -> true;
            case SearchKey.Saved(_, _), SearchKey.SavedDateSupported(), SearchKey.Aged(_, _) ->
                    true;
            case SearchKey.ModSeq(_), SearchKey.EmailId(_), SearchKey.ThreadId(_) -> true;
            case SearchKey.Larger(_), SearchKey.Smaller(_) -> true;
            case SearchKey.Sequence(_), SearchKey.Uid(_) -> true;
        };
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
