package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Capability;
import org.postroom.imap.Code;
import org.postroom.imap.Command;
import org.postroom.imap.Command.Authenticate;
import org.postroom.imap.Command.Check;
import org.postroom.imap.Command.Close;
import org.postroom.imap.Command.Copy;
import org.postroom.imap.Command.Create;
import org.postroom.imap.Command.Delete;
import org.postroom.imap.Command.Enable;
import org.postroom.imap.Command.Examine;
import org.postroom.imap.Command.Expunge;
import org.postroom.imap.Command.Login;
import org.postroom.imap.Command.Logout;
import org.postroom.imap.Command.Lsub;
import org.postroom.imap.Command.Move;
import org.postroom.imap.Command.Namespace;
import org.postroom.imap.Command.Noop;
import org.postroom.imap.Command.Rename;
import org.postroom.imap.Command.Select;
import org.postroom.imap.Command.Starttls;
import org.postroom.imap.Command.Subscribe;
import org.postroom.imap.Command.Unselect;
import org.postroom.imap.Command.Unsubscribe;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Opening;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.imap.Response;
import org.postroom.imap.Results;
import org.postroom.imap.SequenceSet;
import org.postroom.imap.StatusItem;
import org.postroom.imap.Window;
import org.postroom.server.Admission;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.Admission.Busy;
import org.postroom.server.Admission.Cancelled;
import org.postroom.server.Admission.CodeWanted;
import org.postroom.server.Admission.Malformed;
import org.postroom.server.Admission.NotInClearText;
import org.postroom.server.Admission.UnknownMechanism;
import org.postroom.server.Admission.Wrong;
import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Journal;
import org.postroom.server.Port;
import org.postroom.server.Slices;
import org.postroom.server.imap.Selected.Span;
import org.postroom.server.imap.State.Authenticated;
import org.postroom.server.imap.State.NotAuthenticated;
import org.postroom.server.imap.State.WithMailbox;
import org.postroom.store.Account;
import org.postroom.store.Copied;
import org.postroom.store.Expunged;
import org.postroom.store.Refused;
import org.postroom.store.SpecialUse;
import org.postroom.store.Uids;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Line;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One IMAP session, from greeting to good-bye, on one virtual thread.
///
/// Its state (RFC 3501 §3) is a [State]; a handler asks for the one it needs and is refused otherwise.
/// A handler says what is untagged and returns the tagged reply; before that is said, the client hears
/// what became of the selected mailbox (RFC 3501 §5.2). The wire holds the deadlines, the length of a
/// line, the number of refusals in a row and the tap.
final class ImapConversation extends Conversation {

    private static final System.Logger LOG = System.getLogger(ImapConversation.class.getName());

    /// A tenth of what a signed-in client may say (TRAPS T20).
    private static final int STRANGERS_LINE = 8 * 1024;

    private final Enabled enabled = new Enabled();
    private final Hearing hearing;
    private final Updates updates;
    private final Presence presence;
    private State state = new NotAuthenticated();
    private int commands;
    private String tag = "*"; // of the command at hand

    ImapConversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
        this.hearing = new Hearing(house, wire, enabled, () -> state instanceof WithMailbox);
        this.updates = new Updates(wire, enabled);
        this.presence = new Presence(house, wire);
    }

    @Override
    protected void converse() throws Departure {
        try (hearing;
                presence) {
            wire.limits(wire.limits().withLine(Math.min(STRANGERS_LINE, wire.limits().line())));
            wire.say(
                    Reply.ok(new Code.Capabilities(capabilities()), "Postroom is ready")
                            .untagged());
            boolean goesOn = true;
            while (goesOn)
                try {
                    var heard = hearing.command();
                    commands++;
                    tag = heard.tag();
                    goesOn = answer(heard.tag(), heard.command());
                } catch (Refusal refusal) {
                    goesOn = refuse(refusal.tag(), refusal.reply());
                }
        }
    }

    @Override
    protected LastWords lastWords() {
        return new LastWords(
                Reply.IDLE.untagged(),
                Reply.DRAINING.untagged(),
                Reply.TOO_MANY.untagged(),
                Reply.BROKEN.untagged());
    }

    @Override
    protected void figures(Journal.Draft entry) {
        entry.with("commands", commands);
    }

    /// Whether the session goes on.
    private boolean refuse(String tag, Reply reply) throws Departure {
        if (reply.isBye()) {
            end = "refused";
            wire.say(reply.untagged());
            return false;
        }
        // NO is no misbehaviour: who looks for mailboxes, or sets flags, hears it often
        if (reply.condition() == Reply.Condition.BAD || state instanceof NotAuthenticated)
            wire.refuse(reply.tagged(tag));
        else wire.say(reply.tagged(tag));
        return true;
    }

    /// Whether the session goes on.
    private boolean answer(String tag, Command command) throws Departure {
        try {
            if (enabled.isUidOnly() && Numbers.areIn(command))
                throw new Refusal(Reply.UID_REQUIRED);
            boolean knew = enabled.hasModSeqs();
            var reply = obey(command);
            if (!knew && enabled.hasModSeqs()) tellHighest(command);
            if (command instanceof Logout) {
                wire.say(reply.tagged(tag));
                return false;
            }
            tellNews(command);
            presence.tell();
            if (!reply.isOk()) return refuse(tag, reply);
            wire.say(reply.tagged(tag));
            switch (command) {
                case Starttls() -> wire.secure(tls);
                case Command.Compress(_) -> wire.compress();
                case Command.Unauthenticate() -> wire.endCompression();
                default -> {}
            }
            return true;
        } catch (Refusal refusal) {
            return refuse(tag, refusal.reply());
        } catch (Refused refused) {
            return refuse(tag, Answers.to(refused.reason()));
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, "a command broke", fault);
            return refuse(tag, command instanceof Command.Idle ? Reply.BROKEN : Reply.OUR_FAULT);
        }
    }

    /// RFC 7162 §3.1: whoever begins to speak of mod-sequences hears where they stand.
    private void tellHighest(Command command) throws Departure {
        boolean told = command instanceof Select || command instanceof Examine;
        if (!told && state instanceof WithMailbox(var selected))
            tell(new Code.HighestModSeq(selected.view().highestModSeq().value()), "The highest");
    }

    private Reply obey(Command command) throws Departure, Refusal, Refused {
        return switch (command) {
            // in any state
            case Command.Capability() -> {
                wire.say(new Response.Capabilities(capabilities()));
                yield Reply.DONE;
            }
            case Noop() -> Reply.DONE;
            case Logout() -> {
                wire.say(Reply.BYE.untagged());
                yield Reply.DONE;
            }
            case Command.Id(_) -> {
                var us = new Command.Id.Field("name", Optional.of("Postroom"));
                wire.say(new Response.Id(List.of(us)));
                yield Reply.DONE;
            }

            // before signing in
            case Starttls() -> starttls();
            case Authenticate(var mechanism, var initial) -> {
                notAuthenticated();
                yield open(door.admit(mechanism, initial, Reply::challenge));
            }
            case Login(var user, var password) -> {
                notAuthenticated();
                yield open(door.admit(user, password));
            }

            case Command.Language(var ranges) -> language(ranges);

            // signed in
            case Select(var mailbox, var opening) -> select(mailbox, false, opening);
            case Examine(var mailbox, var opening) -> select(mailbox, true, opening);
            case Create(var mailbox, var uses) -> create(mailbox, uses);
            case Delete(var mailbox) -> delete(mailbox);
            case Rename(var from, var to) -> {
                account().rename(from.value(), to.value());
                yield Reply.DONE;
            }
            case Subscribe(var mailbox) -> {
                account().subscribe(mailbox.value());
                yield Reply.DONE;
            }
            case Unsubscribe(var mailbox) -> {
                account().unsubscribe(mailbox.value());
                yield Reply.DONE;
            }
            case Command.List list -> {
                for (var listed : Listing.list(status(), list)) say(listed);
                yield Reply.DONE;
            }
            case Lsub(var pattern) -> {
                for (var listed : Listing.lsub(account(), share(), pattern)) say(listed);
                yield Reply.DONE;
            }
            case Command.Status status -> {
                if (status.items().contains(StatusItem.HIGHESTMODSEQ)) enabled.speaksOfModSeqs();
                say(status().of(status));
                yield Reply.DONE;
            }
            case Command.Append _ -> hearing.append().finish(share());
            case Command.GetQuota(var root) -> new Quotas(account()).get(root, this::say);
            case Command.GetQuotaRoot(var mailbox) ->
                    new Quotas(account()).root(mailbox, this::say);
            case Command.SetQuota(var root, _) -> new Quotas(account()).set(root);
            case Command.Compress(var algorithm) -> compress(algorithm);
            case Command.Unauthenticate() -> unauthenticate();
            case Command.Idle() -> {
                new Idle(wire, house, updates, presence).run(account(), selectedOrNull());
                yield Reply.DONE;
            }
            case Enable(var wanted) -> enable(wanted);
            case Namespace() -> {
                account();
                wire.say(new Response.Namespace());
                yield Reply.DONE;
            }

            // with a mailbox selected
            case Check() -> {
                selected();
                yield Reply.DONE;
            }
            case Close() -> close();
            case Unselect() -> {
                state = new Authenticated(selected().account());
                yield Reply.DONE;
            }
            case Expunge(var uids) -> expunge(uids);
            case Command.Search search -> search(search);
            case Command.Sort sort -> sort(sort);
            case Command.Threads threads -> threads(threads);
            case Command.Fetch fetch -> {
                var spans = windowed(spans(fetch.uid(), fetch.set()), fetch.modifiers().window());
                yield new Fetch(wire, updates, selected(), fetch).run(spans, fetch.set());
            }
            case Command.Store store -> {
                var spans = spans(store.uid(), store.set());
                yield new Store(wire, updates, writable(), store).run(spans);
            }
            case Copy(boolean uid, var set, var to) -> copy(uids(uid, set), to);
            case Move(boolean uid, var set, var to) -> move(uids(uid, set), to);
            case Command.Replace replace -> replace(replace);
        };
    }

    /// RFC 3501 §5.2: at the end of a command the client hears what became of its mailbox. During FETCH,
    /// STORE and SEARCH by sequence number, no message goes (RFC 3501 §7.4.1).
    private void tellNews(Command command) throws Departure, Refusal {
        if (!(state instanceof WithMailbox(var selected))) return;
        boolean keeping =
                switch (command) {
                    case Command.Fetch fetch -> !fetch.uid();
                    case Command.Store store -> !store.uid();
                    case Command.Search search -> !search.uid();
                    case Command.Sort sort -> !sort.uid(); // RFC 5256 §3
                    case Command.Threads threads -> !threads.uid();
                    default -> false;
                };
        boolean uid =
                switch (command) {
                    case Command.Fetch fetch -> fetch.uid();
                    case Command.Store store -> store.uid();
                    default -> false;
                };
        try {
            if (keeping) updates.tellKeeping(selected, uid);
            else updates.tell(selected, uid);
        } catch (Refused deleted) {
            throw new Refusal(Reply.MAILBOX_GONE);
        }
    }

    // ---- states

    private void notAuthenticated() throws Refusal {
        if (!(state instanceof NotAuthenticated)) throw new Refusal(Reply.SIGNED_IN);
    }

    /// @throws Refusal the last one, when the account was removed since
    private Account account() throws Refusal {
        var account =
                switch (state) {
                    case NotAuthenticated() -> throw new Refusal(Reply.SIGN_IN_FIRST);
                    case Authenticated(var own) -> own;
                    case WithMailbox(var selected) -> selected.account();
                };
        if (account.isRemoved()) throw new Refusal(Reply.ACCOUNT_GONE);
        return account;
    }

    private Slices.Share share() throws Refusal {
        return house.slices().of(account().id());
    }

    private Selected selected() throws Refusal {
        account();
        if (state instanceof WithMailbox(var selected)) return selected;
        throw new Refusal(Reply.SELECT_FIRST);
    }

    private @Nullable Selected selectedOrNull() {
        return state instanceof WithMailbox(var selected) ? selected : null;
    }

    /// RFC 3501 §6.3.2: what EXAMINE opened is not changed.
    private Selected writable() throws Refusal {
        var selected = selected();
        if (selected.isReadOnly()) throw new Refusal(Reply.READ_ONLY_HERE);
        return selected;
    }

    // ---- before signing in

    // RFC 3501 §6.1.1
    private List<String> capabilities() {
        var atoms = new ArrayList<String>();
        boolean stranger = state instanceof NotAuthenticated;
        for (var capability : Capability.values())
            if ((!stranger || capability.isToldToStrangers()) && !enabled.hides(capability))
                atoms.add(told(capability));
        if (!stranger) atoms.addAll(List.of(Capability.PRESENCE, Capability.SHOWN));
        else {
            if (!wire.isSecured()) atoms.add("STARTTLS");
            if (!door.takesPasswords()) atoms.add("LOGINDISABLED");
            for (var mechanism : door.mechanisms()) atoms.add("AUTH=" + mechanism.saslName);
        }
        return atoms;
    }

    private String told(Capability capability) {
        long largest = appendLimit();
        boolean numbered = capability == Capability.APPENDLIMIT && largest > 0;
        return numbered ? capability.atom + "=" + largest : capability.atom;
    }

    private long appendLimit() {
        return house.settings().get().limits().message();
    }

    // RFC 3501 §6.2.1: what came behind the command in clear text closes the connection (TRAPS T3)
    private Reply starttls() throws Refusal {
        notAuthenticated();
        if (wire.isSecured()) throw new Refusal(Reply.TLS_ALREADY);
        return Reply.BEGIN_TLS;
    }

    private Reply open(Admission admission) throws Refused {
        return switch (admission) {
            case Admitted(var id, var addressee) -> {
                var account = house.store().account(id);
                name = addressee.toString();
                enabled.hide(house.settings().get().access().hidden(name));
                state = new Authenticated(account);
                hearing.signedIn(account);
                wire.limits(port.limits(house.settings().get()));
                yield Reply.ok(new Code.Capabilities(capabilities()), "Welcome");
            }
            case Wrong(), CodeWanted _ -> Reply.WRONG;
            case NotInClearText() -> Reply.NOT_IN_CLEAR_TEXT;
            case Busy() -> Reply.LATER;
            case Cancelled() -> Reply.CANCELLED;
            case Malformed() -> Reply.BAD_RESPONSE;
            case UnknownMechanism() -> Reply.UNKNOWN_MECHANISM;
        };
    }

    // ---- signed in

    // RFC 5161 §3.1: what is not known is passed over
    private Reply enable(List<String> wanted) throws Departure, Refusal {
        var account = account();
        var known = new ArrayList<>(List.of(Capability.PRESENCE, Capability.SHOWN));
        known.retainAll(wanted);
        if (known.contains(Capability.PRESENCE))
            presence.enable(account.id(), known.contains(Capability.SHOWN));
        known.addAll(enabled.enable(wanted));
        wire.say(new Response.Enabled(known));
        return Reply.DONE;
    }

    /// RFC 3501 §6.3.1: whatever comes of it, what was selected is no longer.
    private Reply select(MailboxName mailbox, boolean readOnly, Opening opening)
            throws Departure, Refusal, Refused {
        var account = account();
        if (opening.resync().isPresent() && !enabled.resyncs()) // RFC 7162 §3.2.5
        throw new Refusal(Reply.BAD_SYNTAX);
        if (opening.condstore()) enabled.speaksOfModSeqs();
        // RFC 7162 §3.2.11, RFC 9051 §7.1
        boolean closes = state instanceof WithMailbox;
        if (closes && (enabled.hasVanished() || enabled.isRev2()))
            wire.say(Reply.CLOSED.untagged());
        state = new Authenticated(account);
        var selected = Selected.open(account, share(), mailbox, readOnly);
        var view = selected.view();
        updates.flags(selected, account.keywords());
        wire.say(new Response.Exists(view.size()));
        if (!enabled.isRev2()) {
            wire.say(new Response.Recent(selected.recent()));
            int unseen = selected.firstUnseen();
            if (unseen > 0) tell(new Code.Unseen(unseen), "The first unseen");
        }
        tell(new Code.UidValidity(view.uidValidity().value()), "UIDs are valid");
        tell(new Code.UidNext(view.uidNext()), "The next UID");
        // RFC 7162 §3.1.2.1: with words behind it (TRAPS T27)
        tell(new Code.HighestModSeq(view.highestModSeq().value()), "The highest");
        tell(new Code.MailboxId(view.mailbox().value()), "What it is"); // RFC 8474 §4.1
        if (enabled.isRev2()) // RFC 9051 §6.3.2
        say(Listing.opened(selected.mailbox()));
        if (opening.resync().isPresent())
            Resync.run(wire, updates, selected, opening.resync().get());
        state = new WithMailbox(selected);
        return readOnly
                ? Reply.ok(Code.Word.READ_ONLY, "Opened for reading")
                : Reply.ok(Code.Word.READ_WRITE, "Opened");
    }

    private void tell(Code code, String text) throws Departure {
        wire.say(Reply.ok(code, text).untagged());
    }

    // RFC 6154 §3
    private Reply create(MailboxName mailbox, List<String> uses) throws Refusal, Refused {
        var account = account();
        SpecialUse use = null;
        if (uses.size() > 1) throw new Refusal(Reply.BAD_USE);
        for (var attribute : uses) {
            for (var known : SpecialUse.values())
                if (known.attribute.equalsIgnoreCase(attribute)) use = known;
            if (use == null) throw new Refusal(Reply.BAD_USE);
        }
        var made = account.create(mailbox.value(), use);
        return Reply.ok(new Code.MailboxId(made.id().value()), "Done"); // RFC 8474 §4.1
    }

    private Status status() throws Refusal {
        return new Status(account(), share(), appendLimit());
    }

    // RFC 5255 §3.2: there is English, which is i-default, too
    private Reply language(List<String> ranges) throws Departure {
        var known = List.of("en", "i-default");
        if (ranges.isEmpty()) {
            wire.say(new Response.Language(known));
            return Reply.DONE;
        }
        for (var range : ranges) {
            String wanted = range.equals("*") ? "en" : range.toLowerCase(Locale.ROOT);
            // a range is cut short until it fits
            for (var tag : known)
                if (wanted.equals(tag) || wanted.startsWith(tag + "-")) {
                    wire.say(new Response.Language(List.of(tag)));
                    return Reply.DONE;
                }
        }
        return Reply.NO_SUCH_LANGUAGE;
    }

    // RFC 4978 §3
    private Reply compress(String algorithm) throws Refusal {
        account();
        if (!algorithm.equals("DEFLATE")) throw new Refusal(Reply.NO_SUCH_COMPRESSION);
        if (wire.isCompressed()) throw new Refusal(Reply.COMPRESSED_ALREADY);
        return Reply.DONE;
    }

    // RFC 8437 §3: TLS stays, all else is as after the greeting
    private Reply unauthenticate() throws Refusal {
        account();
        enabled.clear();
        presence.close();
        hearing.signedOut();
        state = new NotAuthenticated();
        name = "";
        door.hurry();
        return Reply.DONE;
    }

    private Reply delete(MailboxName mailbox) throws Refusal, Refused {
        var account = account();
        var selected = selectedOrNull();
        var doomed = account.mailbox(mailbox.value());
        account.delete(mailbox.value());
        boolean ours =
                selected != null && doomed.isPresent() && doomed.get().id().equals(selected.id());
        if (ours) state = new Authenticated(account);
        return Reply.DONE;
    }

    // ---- with a mailbox selected

    /// RFC 3501 §6.4.2: without a word about what goes.
    private Reply close() throws Refusal, Refused {
        var selected = selected();
        state = new Authenticated(selected.account());
        if (selected.isReadOnly()) return Reply.DONE;
        return gone(selected.account().expungeDeleted(selected.id()));
    }

    // RFC 3501 §6.4.3; RFC 4315 §2.1 for those that UIDs name
    private Reply expunge(Optional<SequenceSet> uids) throws Refusal, Refused {
        var selected = writable();
        if (uids.isEmpty()) return gone(selected.account().expungeDeleted(selected.id()));
        var named = selected.uids(selected.spans(true, uids.get()));
        return gone(selected.account().expungeDeleted(selected.id(), named));
    }

    // RFC 7162 §3.2.7
    private Reply gone(Expunged expunged) {
        return enabled.resyncs() && !expunged.uids().isEmpty()
                ? Reply.ok(new Code.HighestModSeq(expunged.modSeq().value()), "Done")
                : Reply.DONE;
    }

    private Reply search(Command.Search search) throws Departure, Refusal {
        var selected = selected();
        boolean modSeqs = Search.asksForModSeqs(search.key());
        if (modSeqs) enabled.speaksOfModSeqs();
        var sequences = new Search(wire, selected, search.key(), tag).run();
        var found = new Found(selected, search.uid(), sequences, modSeqs);
        if (search.results().isPresent()) found.tell(wire, tag, search.results().get());
        else if (enabled.isRev2()) found.tell(wire, tag, Results.ALL); // RFC 9051 §6.4.4
        else found.tellAll(wire, "SEARCH");
        return Reply.DONE;
    }

    private Reply sort(Command.Sort sort) throws Departure, Refusal {
        var selected = selected();
        boolean modSeqs = Search.asksForModSeqs(sort.key());
        if (modSeqs) enabled.speaksOfModSeqs();
        var sequences = new Search(wire, selected, sort.key(), tag).run();
        var sorted = new Sort(selected, sequences, sort.order()).run();
        var found = new Found(selected, sort.uid(), sorted, modSeqs);
        if (sort.results().isPresent()) found.tell(wire, tag, sort.results().get());
        else found.tellAll(wire, "SORT");
        return Reply.DONE;
    }

    // RFC 5256 §4
    private Reply threads(Command.Threads command) throws Departure, Refusal {
        var selected = selected();
        var sequences = new Search(wire, selected, command.key(), tag).run();
        var threads = new Threading(selected, sequences, command.algorithm()).run();
        var view = selected.view();
        wire.say(saying -> saying.octets(threads.isEmpty() ? "* THREAD" : "* THREAD "));
        selected.share()
                .say(
                        wire,
                        threads.size(),
                        (i, saying) ->
                                ThreadLine.print(
                                        threads.get(i),
                                        sequence -> command.uid() ? view.uid(sequence) : sequence,
                                        saying));
        wire.say(Line.of(""));
        return Reply.DONE;
    }

    /// RFC 9394 §3.3: of the messages named, those within the window.
    private static List<Span> windowed(List<Span> spans, Optional<Window> window) {
        if (window.isEmpty()) return spans;
        int count = Selected.count(spans);
        int from = window.get().from(count);
        int to = window.get().to(count);
        var within = new ArrayList<Span>();
        int before = 0;
        for (var span : spans) {
            int first = span.first() + Math.max(0, from - before);
            int last = Math.min(span.last(), span.first() + to - before - 1);
            if (first <= last) within.add(new Span(first, last));
            before += span.size();
        }
        return within;
    }

    // RFC 8508 §3
    private Reply replace(Command.Replace replace) throws Departure, Refusal, Refused {
        var selected = writable();
        var spans = spans(replace.uid(), SequenceSet.of(replace.number()));
        if (spans.isEmpty()) throw new Refusal(Reply.SOME_GONE);
        int uid = selected.view().uid(spans.getFirst().first());
        var replaced = hearing.append().replace(selected.id(), uid, share());
        wire.say(replaced.untagged()); // RFC 8508 §4.3: before the message goes
        return Reply.DONE;
    }

    private void say(Response response) throws Departure {
        wire.say(saying -> response.on(saying, enabled.isUtf8()));
    }

    /// The messages that a set names.
    ///
    /// @throws Refusal for a sequence number that no message has (RFC 3501 §9)
    private List<Span> spans(boolean uid, SequenceSet set) throws Refusal {
        var selected = selected();
        int size = selected.view().size();
        boolean all =
                set.isSaved()
                        || (size == 0
                                && set.largestNamed() <= 1); // 1:* of an empty mailbox is nothing
        if (!uid && !all && set.largestNamed() > size) throw new Refusal(Reply.NO_SUCH_MESSAGE);
        return selected.spans(uid, set);
    }

    private Uids uids(boolean uid, SequenceSet set) throws Refusal {
        return selected().uids(spans(uid, set));
    }

    // RFC 3501 §6.4.7
    private Reply copy(Uids uids, MailboxName to) throws Refusal, Refused {
        var selected = selected();
        var target = selected.account().mailbox(to.value());
        if (target.isEmpty()) throw new Refusal(Reply.TRY_CREATE);
        var copied = selected.account().copy(selected.id(), uids, target.get().id());
        return copied.copies().isEmpty() ? Reply.DONE : Reply.ok(code(copied), "Done");
    }

    // RFC 6851 §3.3; that all of them were gone already is no failure (TRAPS T26)
    private Reply move(Uids uids, MailboxName to) throws Departure, Refusal, Refused {
        var selected = writable();
        var target = selected.account().mailbox(to.value());
        if (target.isEmpty()) throw new Refusal(Reply.TRY_CREATE);
        var moved = selected.account().move(selected.id(), uids, target.get().id());
        // RFC 6851 §4.3: before the messages go
        if (!moved.copies().isEmpty()) wire.say(Reply.ok(code(moved), "Moved").untagged());
        return Reply.DONE;
    }

    private Code code(Copied copied) throws Refusal {
        return new Code.CopyUid(
                copied.uidValidity().value(),
                Ranges.of(copied.sources(), share()),
                Ranges.of(copied.copies(), share()));
    }
}
