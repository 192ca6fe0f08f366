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
import org.postroom.imap.Command.Idle;
import org.postroom.imap.Command.Login;
import org.postroom.imap.Command.Logout;
import org.postroom.imap.Command.Lsub;
import org.postroom.imap.Command.Move;
import org.postroom.imap.Command.Namespace;
import org.postroom.imap.Command.Noop;
import org.postroom.imap.Command.Rename;
import org.postroom.imap.Command.Search;
import org.postroom.imap.Command.Select;
import org.postroom.imap.Command.Starttls;
import org.postroom.imap.Command.Status;
import org.postroom.imap.Command.Store;
import org.postroom.imap.Command.Subscribe;
import org.postroom.imap.Command.Unselect;
import org.postroom.imap.Command.Unsubscribe;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.FetchItem.Body;
import org.postroom.imap.FetchItem.Rfc822;
import org.postroom.wire.Saying;

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
            case Select(var name) -> mailbox("SELECT ", name);
            case Examine(var name) -> mailbox("EXAMINE ", name);
            case Create(var name) -> mailbox("CREATE ", name);
            case Delete(var name) -> mailbox("DELETE ", name);
            case Rename(var from, var to) -> {
                mailbox("RENAME ", from);
                mailbox(" ", to);
            }
            case Subscribe(var name) -> mailbox("SUBSCRIBE ", name);
            case Unsubscribe(var name) -> mailbox("UNSUBSCRIBE ", name);
            case Command.List(var pattern) -> pattern("LIST ", pattern);
            case Lsub(var pattern) -> pattern("LSUB ", pattern);
            case Status status -> status(status);
            case Append append -> append(append);
            case Idle() -> out.atom("IDLE");
            case Namespace() -> out.atom("NAMESPACE");
            case Enable(var capabilities) ->
                    out.atom("ENABLE ").atom(String.join(" ", capabilities));
            case Check() -> out.atom("CHECK");
            case Close() -> out.atom("CLOSE");
            case Unselect() -> out.atom("UNSELECT");
            case Expunge(var uids) ->
                    out.atom(uids.map(set -> "UID EXPUNGE " + set).orElse("EXPUNGE"));
            case Search(boolean uid, var key) -> {
                uid(uid, isAscii(key) ? "SEARCH " : "SEARCH CHARSET UTF-8 ");
                if (key instanceof SearchKey.And(var keys)) keys(keys);
                else key(key);
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
            out.atom(before).atom(item.name());
            before = " ";
        }
        out.atom(")");
    }

    private void append(Append append) {
        mailbox("APPEND ", append.mailbox());
        if (!append.flags().isEmpty()) out.atom(" ").flags(append.flags());
        append.date()
                .ifPresent(date -> {
                    out.atom(" ");
                    DateTimes.printDateTime(date, out);
                });
        out.atom(" {").number(append.size()).atom("}");
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
                    partial.ifPresent(p -> out.atom("<" + p.offset() + "." + p.length() + ">"));
                }
            }
            before = " ";
        }
        out.atom(")");
    }

    private void store(Store store) {
        uid(store.uid(), "STORE " + store.set());
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
            case SearchKey.Larger(_), SearchKey.Smaller(_) -> true;
            case SearchKey.Sequence(_), SearchKey.Uid(_) -> true;
        };
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
