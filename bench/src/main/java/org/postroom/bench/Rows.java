package org.postroom.bench;

import static org.postroom.bench.Contender.ANGUS_MAIL;
import static org.postroom.bench.Contender.LFTP;
import static org.postroom.bench.Contender.MIME4J;
import static org.postroom.bench.Contender.NGINX;
import static org.postroom.bench.Contender.OUR_SUMMARY;
import static org.postroom.bench.Contender.POSTFIX_DOVECOT;
import static org.postroom.bench.Contender.POSTFIX_TWICE;
import static org.postroom.bench.Contender.POSTROOM;
import static org.postroom.bench.Contender.POSTROOM_TWICE;
import static org.postroom.bench.Contender.PROFTPD;
import static org.postroom.bench.Contender.PURE_FTPD;
import static org.postroom.bench.Contender.UNSYNCED;
import static org.postroom.bench.Contender.VSFTPD;

import org.postroom.bench.Row.Figure;
import org.postroom.server.Port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table: all rows, in the order in which they are taken. Those on one stage stand together.
final class Rows {

    private static final List<Contender> MAIL = List.of(POSTROOM, POSTFIX_DOVECOT);
    private static final List<Contender> FILES = List.of(POSTROOM, VSFTPD, PROFTPD, PURE_FTPD);

    /// Peers do not sync what they take.
    private static final List<Contender> PUTS =
            List.of(UNSYNCED, VSFTPD, PROFTPD, PURE_FTPD, POSTROOM);

    private static final Aim SHOWN = new Aim.Shown();
    private static final Aim NO_SLOWER = new Aim.NoSlower();

    private Rows() {}

    static List<Row> of(Scale scale) {
        var rows = new ArrayList<Row>();
        rows.addAll(letters(scale));
        rows.add(relay(scale));
        rows.addAll(mailboxes(scale));
        rows.addAll(signIns(scale, "imap", Port.IMAP, MAIL));
        rows.addAll(lives(scale));
        rows.addAll(files(scale));
        rows.addAll(pages(scale));
        rows.addAll(clients(scale));
        rows.addAll(signIns(scale, "ftp", Port.FTP, FILES));
        rows.add(sessions(scale));
        rows.add(summaries(scale));
        return rows;
    }

    // ---- letters arrive

    private static List<Row> letters(Scale scale) {
        var stage = new Stage(scale.accounts + " accounts", scale.accounts);
        var rows = new ArrayList<Row>();
        rows.add(
                new Row(
                        "noise",
                        stage,
                        List.of(POSTFIX_DOVECOT, POSTFIX_DOVECOT),
                        new Acceptance(8, 1, scale.accounts, true, scale.span),
                        new Figure(
                                "a server beside itself: letters of 10 KiB, 8 connections",
                                Unit.LETTERS,
                                SHOWN),
                        untilVisible(SHOWN)));
        for (int accounts : new int[] {1, scale.accounts})
            for (int connections : new int[] {1, 8, 64})
                rows.add(letters(scale, stage, connections, accounts));
        rows.add(
                new Row(
                        "smtp-one-each",
                        stage,
                        MAIL,
                        new Acceptance(8, scale.accounts, scale.accounts, false, scale.span),
                        new Figure(
                                "one letter a connection, 8 at once, to "
                                        + scale.accounts
                                        + " accounts",
                                Unit.LETTERS,
                                SHOWN),
                        untilVisible(SHOWN)));
        return rows;
    }

    private static Row letters(Scale scale, Stage stage, int connections, int accounts) {
        String from = connections == 1 ? "1 connection" : connections + " connections";
        String to = accounts == 1 ? "1 account" : accounts + " accounts";
        var accepted =
                switch (connections) {
                    case 1 -> NO_SLOWER;
                    case 64 -> new Aim.AtLeast(5);
                    default -> SHOWN;
                };
        return new Row(
                "smtp-" + connections + "-to-" + accounts,
                stage,
                MAIL,
                new Acceptance(connections, accounts, scale.accounts, true, scale.span),
                new Figure(
                        "letters of 10 KiB accepted, " + from + ", to " + to,
                        Unit.LETTERS,
                        accepted),
                untilVisible(connections == 64 ? new Aim.AtLeast(5) : SHOWN));
    }

    private static Figure untilVisible(Aim aim) {
        return new Figure("the same until the last is visible by IMAP", Unit.LETTERS, aim);
    }

    // ---- letters go on

    private static Row relay(Scale scale) {
        int connections = 8;
        return new Row(
                "relay",
                new Stage("two servers", connections),
                List.of(POSTROOM_TWICE, POSTFIX_TWICE),
                new Relaying(connections, scale.relayed),
                new Figure(
                        scale.relayed
                                + " letters of 10 KiB by 8 connections, until the last has come to"
                                + " the second server",
                        Unit.LETTERS,
                        new Aim.AtLeast(2)),
                new Figure("the same until the first has taken the last", Unit.LETTERS, SHOWN));
    }

    // ---- letters are read

    private static List<Row> mailboxes(Scale scale) {
        int many = scale.messages;
        int envelopes = many / 10;
        int some = scale.some;
        var stage =
                new Stage(
                        "mailboxes",
                        2,
                        new Stage.Stock(0, many, 600),
                        new Stage.Stock(1, some, Letter.TEN_KIB));
        var inbox = Optional.of("INBOX");
        return List.of(
                reading(
                        "imap-select",
                        stage,
                        new Asking(0, Optional.empty(), "SELECT INBOX", scale.span),
                        "SELECT of " + many + " messages",
                        1),
                reading(
                        "imap-flags",
                        stage,
                        new Asking(0, inbox, "FETCH 1:* (FLAGS)", scale.span),
                        "FETCH FLAGS of " + many,
                        1),
                reading(
                        "imap-envelope",
                        stage,
                        new Asking(0, inbox, "FETCH 1:" + envelopes + " (ENVELOPE)", scale.span),
                        "FETCH ENVELOPE of " + envelopes,
                        1),
                reading(
                        "imap-bodies",
                        stage,
                        new Asking(1, inbox, "FETCH 1:" + some + " (BODY.PEEK[])", scale.span),
                        "FETCH BODY[] of " + some + " of 10 KiB",
                        1),
                reading(
                        "imap-search-flag",
                        stage,
                        new Asking(0, inbox, "SEARCH UNSEEN NOT FLAGGED", scale.span),
                        "SEARCH by flag in " + many,
                        1),
                reading(
                        "imap-search-header",
                        stage,
                        new Asking(
                                0, inbox, "SEARCH 1:" + envelopes + " SUBJECT nowhere", scale.span),
                        "SEARCH by subject in " + envelopes,
                        1),
                reading(
                        "imap-search-text",
                        stage,
                        new Asking(1, inbox, "SEARCH TEXT nowhere", scale.span),
                        "SEARCH by text in " + some + " of 10 KiB",
                        1),
                reading(
                        "imap-sort",
                        stage,
                        new Asking(0, inbox, "SORT (SUBJECT DATE) UTF-8 ALL", scale.span),
                        "SORT by subject and date of " + many,
                        1),
                reading(
                        "imap-thread",
                        stage,
                        new Asking(0, inbox, "THREAD REFERENCES UTF-8 ALL", scale.span),
                        "THREAD by references of " + many,
                        1),
                new Row(
                        "pop3",
                        stage,
                        MAIL,
                        new Collecting(1, some, scale.span),
                        new Figure(
                                "RETR of " + some + " of 10 KiB by POP3",
                                Unit.MESSAGES,
                                NO_SLOWER)),
                appending(scale, stage, 1),
                appending(scale, stage, 64));
    }

    private static Row reading(String name, Stage stage, Load load, String what, double times) {
        return new Row(
                name, stage, MAIL, load, new Figure(what, Unit.MILLIS, new Aim.AtLeast(times)));
    }

    private static Row appending(Scale scale, Stage stage, int sessions) {
        return new Row(
                "append-" + sessions,
                stage,
                MAIL,
                new Appending(sessions, scale.span),
                new Figure(
                        "APPEND of 10 KiB to one mailbox, "
                                + (sessions == 1 ? "1 session" : sessions + " sessions"),
                        Unit.MESSAGES,
                        new Aim.AtLeast(1)));
    }

    // ---- people come in

    private static List<Row> signIns(
            Scale scale, String protocol, Port port, List<Contender> contenders) {
        int accounts = 1 + scale.signIns * scale.allRounds();
        // of its own: whoever signed in before is remembered
        var stage = new Stage(accounts + " accounts for " + protocol, accounts, true, List.of());
        String by = protocol.toUpperCase(java.util.Locale.ROOT);
        return List.of(
                new Row(
                        protocol + "-sign-in-first",
                        stage,
                        contenders,
                        new SignIns.First(port, 1, scale.signIns),
                        new Figure(
                                "sign-ins by " + by + ", another password each, 8 at once",
                                Unit.SIGN_INS,
                                NO_SLOWER)),
                new Row(
                        protocol + "-sign-in-again",
                        stage,
                        contenders,
                        SignIns.repeated(port, scale.span),
                        new Figure(
                                "sign-ins by " + by + ", one password again and again, 8 at once",
                                Unit.SIGN_INS,
                                new Aim.AtLeast(5))));
    }

    // ---- a server lives

    private static List<Row> lives(Scale scale) {
        var stage = new Stage("one account", 1);
        return List.of(
                new Row(
                        "start",
                        stage,
                        MAIL,
                        new Launching(),
                        new Figure(
                                "from the launch to the first greeting",
                                Unit.MILLIS,
                                new Aim.AtLeast(0.25))),
                new Row(
                        "memory-imap",
                        stage,
                        MAIL,
                        new Idling(Port.IMAPS, scale.idle, scale.span.multipliedBy(2)),
                        new Figure("memory at rest", Unit.MEMORY, SHOWN),
                        new Figure(
                                "memory of a session by IMAP over TLS, signed in, INBOX open",
                                Unit.PER_SESSION,
                                new Aim.Below(25))));
    }

    // ---- files

    private static List<Row> files(Scale scale) {
        var stage = new Stage("files", 1);
        var rows = new ArrayList<Row>();
        for (boolean tls : new boolean[] {false, true})
            for (boolean put : new boolean[] {false, true}) {
                rows.add(large(scale, stage, put, tls));
                for (int sessions : new int[] {1, 8})
                    rows.add(small(scale, stage, put, tls, sessions));
            }
        rows.add(
                new Row(
                        "ftp-list",
                        stage,
                        FILES,
                        Transfers.list(scale.some, 5),
                        new Figure(
                                "LIST of " + scale.some + " files",
                                Unit.MILLIS,
                                new Aim.AtLeast(2))));
        return rows;
    }

    private static Row large(Scale scale, Stage stage, boolean put, boolean tls) {
        return new Row(
                name(put, tls) + "-large",
                stage,
                put ? PUTS : FILES,
                Transfers.large(put, tls, scale.large),
                new Figure(
                        verb(put, tls) + " of " + (scale.large >> 20) + " MiB",
                        Unit.MIB,
                        NO_SLOWER));
    }

    private static Row small(Scale scale, Stage stage, boolean put, boolean tls, int sessions) {
        return new Row(
                name(put, tls) + "-small-" + sessions,
                stage,
                put ? PUTS : FILES,
                Transfers.small(put, tls, sessions, scale.some, scale.span),
                new Figure(
                        verb(put, tls)
                                + " of files of 10 KiB, "
                                + (sessions == 1 ? "1 session" : sessions + " sessions"),
                        Unit.FILES,
                        new Aim.AtLeast(1.2)));
    }

    /// The same files by HTTP, beside a server that does nothing else.
    private static List<Row> pages(Scale scale) {
        var stage = new Stage("files by HTTP", 1);
        var both = List.of(POSTROOM, NGINX);
        var rows = new ArrayList<Row>();
        for (boolean tls : new boolean[] {false, true}) {
            String name = tls ? "https-get" : "http-get";
            String verb = tls ? "GET over TLS" : "GET";
            rows.add(
                    new Row(
                            name + "-large",
                            stage,
                            both,
                            Requests.large(tls, scale.large),
                            new Figure(
                                    verb + " of " + (scale.large >> 20) + " MiB",
                                    Unit.MIB,
                                    new Aim.AtLeast(0.5))));
            for (int connections : new int[] {1, 8, 64})
                rows.add(
                        new Row(
                                name + "-small-" + connections,
                                stage,
                                both,
                                Requests.small(tls, connections, scale.some, scale.span),
                                new Figure(
                                        verb
                                                + " of files of 10 KiB, "
                                                + connections
                                                + (connections == 1
                                                        ? " connection"
                                                        : " connections"),
                                        Unit.FILES,
                                        new Aim.AtLeast(0.7))));
        }
        return rows;
    }

    /// Programs beside each other; the server is ours for both.
    private static List<Row> clients(Scale scale) {
        var stage = new Stage("files for programs", 1);
        var both = List.of(POSTROOM, LFTP);
        long mebibytes = scale.large >> 20;
        return List.of(
                new Row(
                        "client-get",
                        stage,
                        both,
                        Programs.large(false, scale.large),
                        new Figure(
                                "./postroom ftp get of " + mebibytes + " MiB over TLS",
                                Unit.MIB,
                                NO_SLOWER)),
                new Row(
                        "client-put",
                        stage,
                        both,
                        Programs.large(true, scale.large),
                        new Figure(
                                "./postroom ftp put of " + mebibytes + " MiB over TLS",
                                Unit.MIB,
                                NO_SLOWER)),
                new Row(
                        "client-mirror",
                        stage,
                        both,
                        Programs.mirror(10 * scale.some),
                        new Figure(
                                "./postroom ftp mirror of "
                                        + 10 * scale.some
                                        + " files of 1 KiB over TLS, 8 at once",
                                Unit.FILES,
                                NO_SLOWER)));
    }

    private static String name(boolean put, boolean tls) {
        return (tls ? "ftps-" : "ftp-") + (put ? "stor" : "retr");
    }

    private static String verb(boolean put, boolean tls) {
        return (put ? "STOR" : "RETR") + (tls ? " over TLS" : "");
    }

    private static Row sessions(Scale scale) {
        return new Row(
                "memory-ftp",
                new Stage("one account for files", 1),
                FILES,
                new Idling(Port.FTP, scale.idle, scale.span.multipliedBy(2)),
                new Figure("memory at rest", Unit.MEMORY, SHOWN),
                new Figure(
                        "memory of a session by FTP over TLS, signed in",
                        Unit.PER_SESSION,
                        new Aim.Below(25)));
    }

    // ---- messages are understood

    private static Row summaries(Scale scale) {
        return new Row(
                "mime",
                new Stage("in a process of its own", 0),
                List.of(OUR_SUMMARY, MIME4J, ANGUS_MAIL),
                new Summarizing(scale.rounds > 1 ? 2 : 1, scale.span),
                new Figure("summaries of nasty messages", Unit.SUMMARIES, new Aim.AtLeast(2)),
                new Figure("memory taken for one", Unit.PER_SUMMARY, new Aim.AtLeast(1)));
    }
}
