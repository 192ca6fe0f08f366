package org.postroom.command;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Caller;
import org.postroom.control.CannotServe;
import org.postroom.control.Exit;
import org.postroom.control.Offline;
import org.postroom.control.Order;
import org.postroom.control.Serving;
import org.postroom.control.Trouble;
import org.postroom.demo.Demo;
import org.postroom.home.Home;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What each verb does. Most of them are orders, which the running server carries out, or the command
/// itself in a home where none runs.
final class Commands {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final PrintWriter err;
    private final Streams streams;

    Commands(Streams streams) {
        this.streams = streams;
        out = streams.text();
        err = streams.errors();
    }

    /// @return how the command ends ([Exit])
    int run(Verb verb, Arguments given) {
        try {
            return perform(verb, given);
        } catch (Misuse misuse) {
            return fail(Exit.USAGE, misuse.getMessage());
        } catch (CannotServe refused) {
            return fail(refused.exit(), refused.getMessage());
        } catch (Departure gone) {
            return fail(Exit.UNAVAILABLE, "The server ended before it had answered.");
        } catch (Fault fault) {
            var told = Trouble.of(fault);
            return fail(told.exit(), told.why());
        }
    }

    private int perform(Verb verb, Arguments given) throws Misuse, CannotServe, Departure {
        var home = new Home(given.home());
        return switch (verb) {
            case SERVE -> Serve.run(home, wishes(given), out);
            case STATUS -> order(given, new Order.Status());
            case RELOAD -> order(given, new Order.Reload());
            case STOP -> stop(home);
            case ACCOUNT_ADD -> {
                var address = given.argument(Parameter.ADDRESS);
                yield order(given, new Order.AccountAdd(address, password(given, address)));
            }
            case ACCOUNT_LIST -> order(given, new Order.AccountList());
            case ACCOUNT_PASSWD -> {
                var address = given.argument(Parameter.ADDRESS);
                yield order(given, new Order.AccountPasswd(address, password(given, address)));
            }
            case ACCOUNT_REMOVE ->
                    order(given, new Order.AccountRemove(given.argument(Parameter.ADDRESS)));
            case ACCOUNT_APPOINT ->
                    order(given, new Order.AccountAppoint(given.argument(Parameter.ADDRESS)));
            case ACCOUNT_QUOTA ->
                    order(
                            given,
                            new Order.AccountQuota(
                                    given.argument(Parameter.ADDRESS), given.size(Parameter.SIZE)));
            case IMPORT -> {
                var from = given.argument(Parameter.MAIL_URL);
                var address = given.argument(Parameter.ADDRESS);
                yield order(given, new Order.Import(from, address, password(given, from)));
            }
            case ACCOUNT_LETTERS ->
                    order(
                            given,
                            new Order.AccountLetters(
                                    given.argument(Parameter.ADDRESS),
                                    given.count(Parameter.LETTERS)));
            case RESTORE ->
                    order(
                            given,
                            new Order.Restore(
                                    given.argument(Parameter.ADDRESS),
                                    given.time(Parameter.WITHIN)));
            case APP_PASSWORD_ADD ->
                    order(
                            given,
                            new Order.AppPasswordAdd(
                                    given.argument(Parameter.ADDRESS),
                                    given.argument(Parameter.LABEL)));
            case APP_PASSWORD_LIST ->
                    order(given, new Order.AppPasswordList(given.argument(Parameter.ADDRESS)));
            case APP_PASSWORD_REVOKE ->
                    order(
                            given,
                            new Order.AppPasswordRevoke(
                                    given.argument(Parameter.ADDRESS),
                                    given.argument(Parameter.NUMBER)));
            case TOTP_ADD -> order(given, new Order.TotpAdd(given.argument(Parameter.ADDRESS)));
            case TOTP_REMOVE ->
                    order(given, new Order.TotpRemove(given.argument(Parameter.ADDRESS)));
            case WEB_SESSION_LIST ->
                    order(given, new Order.WebSessionList(given.argument(Parameter.ADDRESS)));
            case WEB_SESSION_END ->
                    order(
                            given,
                            new Order.WebSessionEnd(
                                    given.argument(Parameter.ADDRESS),
                                    Optional.of(given.argument(Parameter.SESSION_NUMBER))
                                            .filter(number -> !number.equals("all"))));
            case ACCOUNT_INVITE ->
                    order(
                            given,
                            new Order.AccountInvite(
                                    given.argument(Parameter.ADDRESS), given.time(Parameter.LIFE)));
            case ACCOUNT_PENDING -> order(given, new Order.AccountPending());
            case ACCOUNT_APPROVE ->
                    order(given, new Order.AccountApprove(given.argument(Parameter.ADDRESS)));
            case ACCOUNT_REFUSE ->
                    order(given, new Order.AccountRefuse(given.argument(Parameter.ADDRESS)));
            case DOMAIN_ADD ->
                    order(
                            given,
                            new Order.DomainAdd(
                                    given.argument(Parameter.DOMAIN),
                                    given.option(Parameter.ALIAS_OF)));
            case DOMAIN_LIST -> order(given, new Order.DomainList());
            case DOMAIN_REMOVE ->
                    order(given, new Order.DomainRemove(given.argument(Parameter.DOMAIN)));
            case ALIAS_ADD ->
                    order(
                            given,
                            new Order.AliasAdd(
                                    given.argument(Parameter.ALIAS),
                                    given.arguments(Parameter.MEMBERS)));
            case ALIAS_LIST -> order(given, new Order.AliasList());
            case ALIAS_REMOVE ->
                    order(given, new Order.AliasRemove(given.argument(Parameter.ALIAS)));
            case LIST_ADD ->
                    order(
                            given,
                            new Order.ListAdd(
                                    given.argument(Parameter.LIST),
                                    given.argument(Parameter.OWNER),
                                    given.has(Parameter.MEMBERS_ONLY),
                                    given.option(Parameter.TITLE).orElse(""),
                                    given.arguments(Parameter.MEMBERS)));
            case LIST_SHOW -> order(given, new Order.ListShow());
            case LIST_JOIN ->
                    order(
                            given,
                            new Order.ListJoin(
                                    given.argument(Parameter.LIST),
                                    given.arguments(Parameter.MEMBERS)));
            case LIST_LEAVE ->
                    order(
                            given,
                            new Order.ListLeave(
                                    given.argument(Parameter.LIST),
                                    given.arguments(Parameter.MEMBERS)));
            case LIST_REMOVE -> order(given, new Order.ListRemove(given.argument(Parameter.LIST)));
            case MOVED_ADD ->
                    order(
                            given,
                            new Order.MovedAdd(
                                    given.argument(Parameter.ADDRESS),
                                    given.argument(Parameter.TO),
                                    given.has(Parameter.FORWARD)));
            case MOVED_LIST -> order(given, new Order.MovedList());
            case MOVED_REMOVE ->
                    order(given, new Order.MovedRemove(given.argument(Parameter.ADDRESS)));
            case SESSIONS_LIST -> order(given, new Order.SessionList(false));
            case SESSIONS_END ->
                    order(given, new Order.SessionEnd(given.argument(Parameter.SESSION)));
            case FILES_WHO -> order(given, new Order.SessionList(true));
            case FILES_LS -> order(given, new Order.FilesLs(given.argument(Parameter.PLACE)));
            case FILES_DU -> order(given, new Order.FilesDu(given.argument(Parameter.PLACE)));
            case FILES_RM ->
                    order(
                            given,
                            new Order.FilesRm(
                                    given.argument(Parameter.PLACE),
                                    given.has(Parameter.RECURSIVE)));
            case FILES_GET ->
                    order(
                            given,
                            new Order.FilesGet(
                                    given.argument(Parameter.PLACE),
                                    given.path(Parameter.LOCAL_FILE)));
            case FILES_PUT ->
                    order(
                            given,
                            new Order.FilesPut(
                                    given.argument(Parameter.PLACE),
                                    given.path(Parameter.LOCAL_FILE)));
            case FILES_IMPORT ->
                    order(
                            given,
                            new Order.FilesImport(
                                    given.argument(Parameter.PLACE),
                                    given.path(Parameter.LOCAL_FOLDER)));
            case FILES_EXPORT ->
                    order(
                            given,
                            new Order.FilesExport(
                                    given.argument(Parameter.PLACE),
                                    given.path(Parameter.LOCAL_FOLDER)));
            case FILES_VERSIONS ->
                    order(given, new Order.FilesVersions(given.argument(Parameter.PLACE)));
            case FILES_RESTORE ->
                    order(
                            given,
                            new Order.FilesRestore(
                                    given.argument(Parameter.PLACE), given.moment(Parameter.WHEN)));
            case JOURNEY -> order(given, new Order.JourneyOf(given.argument(Parameter.LETTER)));
            case QUEUE_LIST ->
                    given.has(Parameter.WATCH) ? watch(given) : order(given, new Order.QueueList());
            case QUEUE_SHOW ->
                    order(given, new Order.QueueShow(given.argument(Parameter.QUEUE_ID)));
            case QUEUE_RETRY ->
                    order(given, new Order.QueueRetry(given.argument(Parameter.QUEUED)));
            case QUEUE_HOLD ->
                    order(given, new Order.QueueHold(given.argument(Parameter.QUEUE_ID)));
            case QUEUE_RELEASE ->
                    order(given, new Order.QueueRelease(given.argument(Parameter.QUEUE_ID)));
            case QUEUE_REMOVE ->
                    order(given, new Order.QueueRemove(given.argument(Parameter.QUEUE_ID)));
            case QUEUE_FETCH ->
                    order(given, new Order.QueueFetch(given.argument(Parameter.PROVIDER)));
            case SEND -> {
                if (!given.has(Parameter.WATCH))
                    throw new Misuse("send shows what is said: say --watch");
                yield new Attendance(home, out).of(given.argument(Parameter.ADDRESS));
            }
            case SENDMAIL -> fail(Exit.USAGE, "sendmail stands alone: ./postroom sendmail -t");
            case CHECK -> order(given, new Order.Check());
            case SWEEP -> order(given, new Order.Sweep(given.time(Parameter.OLDER_THAN)));
            case TAP ->
                    order(
                            given,
                            new Order.Tap(
                                    given.option(Parameter.PROTOCOL), given.time(Parameter.FOR)));
            case MIME_SHOW ->
                    dissect(
                            given,
                            message -> given.has(Parameter.TEXT) ? message.text() : message.show());
            case MIME_PARTS -> dissect(given, message -> message.parts(given.has(Parameter.JSON)));
            case MIME_GET ->
                    dissect(
                            given,
                            message ->
                                    message.get(
                                            given.argument(Parameter.PART),
                                            given.option(Parameter.OUT),
                                            given.has(Parameter.RAW)));
            case MIME_CHECK -> dissect(given, message -> message.check(given.has(Parameter.JSON)));
            case PGP_GENERATE_KEY,
                    PGP_EXTRACT_CERT,
                    PGP_REVOKE_KEY,
                    PGP_SIGN,
                    PGP_VERIFY,
                    PGP_ENCRYPT,
                    PGP_DECRYPT,
                    PGP_INLINE_SIGN,
                    PGP_INLINE_VERIFY,
                    PGP_INLINE_DETACH,
                    PGP_ARMOR,
                    PGP_DEARMOR,
                    PGP_LIST_PROFILES,
                    PGP_VERSION ->
                    new Stateless(streams, given).run(verb);
            case SMIME_MAKE_KEY,
                    SMIME_REQUEST,
                    SMIME_SIGN,
                    SMIME_VERIFY,
                    SMIME_ENCRYPT,
                    SMIME_DECRYPT,
                    SMIME_SHOW,
                    SMIME_CA_FOUND,
                    SMIME_CA_ISSUE,
                    SMIME_CA_LIST,
                    SMIME_CA_REVOKE,
                    SMIME_CA_REVOCATIONS ->
                    new Smime(streams, given).run(verb);
            case COMPLETION -> {
                out.print(Shells.script(given.argument(Parameter.SHELL)));
                yield Exit.OK;
            }
            case DEMO -> Demo.run(out, !given.has(Parameter.EXIT));
            case MAIL -> fail(Exit.USAGE, "It takes words of its own: ./postroom mail --help");
            case FTP -> fail(Exit.USAGE, "It takes words of its own: ./postroom ftp --help");
            case PROVE -> fail(Exit.USAGE, "The launcher starts this: ./postroom prove");
            case BENCH -> fail(Exit.USAGE, "The launcher starts this: ./postroom bench");
            case REHEARSE -> Rehearsal.run(out);
        };
    }

    /// What is done with a message that was taken apart.
    @FunctionalInterface
    private interface Incision {
        int make(Dissection message) throws IOException, Misuse;
    }

    private int dissect(Arguments given, Incision incision) throws Misuse {
        String name = given.argument(Parameter.FILE);
        try (var file = MessageFile.open(name)) {
            return incision.make(new Dissection(file, out, err));
        } catch (NoSuchFileException none) {
            return fail(Exit.DATA, "There is no file " + none.getFile());
        } catch (IOException e) {
            return fail(Exit.SYSTEM, e.getMessage());
        }
    }

    private static Serving.Wishes wishes(Arguments given) throws Misuse {
        return new Serving.Wishes(
                given.address(Parameter.LISTEN), given.number(Parameter.PORT_OFFSET));
    }

    private static Secret password(Arguments given, String address) throws Misuse {
        return Passwords.ask(address, given.has(Parameter.PASSWORD_STDIN));
    }

    private int order(Arguments given, Order order) throws CannotServe, Departure {
        var shown = new Shown(out, err, given.has(Parameter.JSON));
        return shown.show(carryOut(new Home(given.home()), order, shown));
    }

    /// Until it is interrupted, or something is wrong.
    private int watch(Arguments given) throws CannotServe, Departure {
        boolean clears = !given.has(Parameter.JSON) && Terminal.find().isPresent();
        while (true) {
            if (clears) out.print("\033[H\033[2J");
            int exit = order(given, new Order.QueueList());
            out.flush();
            if (exit != Exit.OK) return exit;
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static Answer carryOut(Home home, Order order, Shown shown)
            throws CannotServe, Departure {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var caller = Caller.of(home);
            if (caller.isPresent())
                try (var server = caller.get()) {
                    return server.ask(order, shown::show);
                }
            if (!(order instanceof Order.OfStore ofStore)) return nobody(home);
            try {
                return Offline.carryOut(home, ofStore, shown::show);
            } catch (CannotServe refused) {
                boolean inUse = refused.exit() == Exit.TEMPORARY;
                if (!inUse || System.nanoTime() - end >= 0) throw refused;
                LockSupport.parkNanos(50_000_000); // a server may be starting there, or ending
            }
        }
    }

    private static Failed nobody(Home home) {
        return new Failed(
                Exit.UNAVAILABLE,
                "No server runs in " + home.path() + "; name its home by --home.");
    }

    /// Returns when the server has ended.
    private int stop(Home home) throws CannotServe, Departure {
        var shown = new Shown(out, err, false);
        var caller = Caller.of(home);
        if (caller.isEmpty()) return shown.show(nobody(home));
        try (var server = caller.get()) {
            int exit = shown.show(server.ask(new Order.Stop(), shown::show));
            server.awaitEnd();
            return exit;
        }
    }

    private int fail(int exit, @Nullable String why) {
        err.println("postroom: " + why);
        return exit;
    }
}
