package org.postroom.command;

import org.postroom.control.Answer;
import org.postroom.control.Answer.Accounts;
import org.postroom.control.Answer.Aliases;
import org.postroom.control.Answer.AppPasswords;
import org.postroom.control.Answer.Checked;
import org.postroom.control.Answer.Domains;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Hello;
import org.postroom.control.Answer.Issued;
import org.postroom.control.Answer.Journeys;
import org.postroom.control.Answer.Lists;
import org.postroom.control.Answer.Moves;
import org.postroom.control.Answer.Queued;
import org.postroom.control.Answer.Said;
import org.postroom.control.Answer.Status;
import org.postroom.control.Answer.Swept;
import org.postroom.control.Exit;
import org.postroom.control.Json;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prints answers for people, or as they are in JSON.
final class Shown {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final Bar bar;

    Shown(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.bar = new Bar(err);
    }

    /// Prints it and says how the command ends by it.
    int show(Answer answer) {
        if (!(answer instanceof Answer.Progress)) bar.clear();
        if (json && answer instanceof Answer.Progress) return Exit.OK;
        if (json) out.println(Json.print(answer));
        else print(answer);
        return switch (answer) {
            case Failed(var exit, _) -> exit;
            case Checked checked -> checked.sound() ? Exit.OK : Exit.DATA;
            case Hello _,
                    Answer.Meanwhile _,
                    Done _,
                    Accounts _,
                    AppPasswords _,
                    Issued _,
                    Answer.SecondFactor _,
                    Answer.WebSessions _,
                    Answer.Invited _,
                    Answer.Invitations _,
                    Swept _,
                    Domains _,
                    Aliases _,
                    Lists _,
                    Moves _,
                    Journeys _,
                    Queued _,
                    Answer.Files _,
                    Answer.Versions _,
                    Answer.Sessions _,
                    Status _ ->
                    Exit.OK;
        };
    }

    private void print(Answer answer) {
        switch (answer) {
            case Done(var said) -> out.println(said);
            case Said(var line) -> out.println(line);
            case Answer.Progress progress -> bar.draw(progress);
            case Failed(_, var why) -> err.println("postroom: " + why);
            case Hello hello -> out.println("Postroom " + hello.version());
            case Accounts(var accounts) -> print(accounts);
            case AppPasswords(var passwords) ->
                    passwords.forEach(one ->
                            out.printf(
                                    "%s  %s  %s%n",
                                    one.number(),
                                    one.created().truncatedTo(ChronoUnit.SECONDS),
                                    one.label()));
            case Swept swept ->
                    out.printf(
                            "%d accounts, %d rows of history, %d blobs of %d octets were removed%n",
                            swept.accounts(), swept.rows(), swept.blobs(), swept.octets());
            case Issued(var number, var label, var password) -> {
                out.println(
                        "App password " + number + " (" + label + "), which is shown this once:");
                out.println(password.reveal());
            }
            case Answer.SecondFactor factor -> {
                out.println(
                        "The second factor of "
                                + factor.address()
                                + ", which is shown this once; give it to a program for one-time"
                                + " codes:");
                out.println(factor.seed().reveal());
                out.println(factor.uri());
            }
            case Answer.WebSessions(var sessions) -> {
                if (sessions.isEmpty()) out.println("No browser is signed in.");
                sessions.forEach(it ->
                        out.printf(
                                "%s  %s  %-15s  %s%n",
                                it.number(),
                                it.used().truncatedTo(ChronoUnit.SECONDS),
                                it.from(),
                                visible(it.agent())));
            }
            case Answer.Invited invited -> {
                out.println(
                        "The way in for "
                                + invited.address()
                                + ", good once and until "
                                + invited.expires().truncatedTo(ChronoUnit.SECONDS)
                                + ":");
                out.println(invited.link().reveal());
            }
            case Answer.Invitations(var invitations) -> {
                if (invitations.isEmpty()) out.println("Nobody is invited, and nobody asks.");
                invitations.forEach(it ->
                        out.printf(
                                "%-7s  %s  %s  %s%n",
                                it.pending() ? "asks" : "invited",
                                it.created().truncatedTo(ChronoUnit.SECONDS),
                                it.address(),
                                visible(it.note())));
            }
            case Answer.Sessions(var sessions) -> {
                if (sessions.isEmpty()) out.println("Nobody is connected.");
                sessions.forEach(it ->
                        out.printf(
                                "%-10s %-10s %-15s %-8s %s  %s  %s%n",
                                it.id(),
                                it.protocol(),
                                it.peer(),
                                it.tls().isEmpty() ? "clear" : it.tls(),
                                it.since().truncatedTo(ChronoUnit.SECONDS),
                                it.account().isEmpty() ? "-" : visible(it.account()),
                                visible(it.doing())));
            }
            case Domains(var domains, var aliases) -> {
                domains.forEach(out::println);
                aliases.forEach((alias, domain) -> out.println(alias + "  (as " + domain + ")"));
            }
            case Aliases(var aliases) ->
                    aliases.forEach(alias ->
                            out.println(alias.alias() + "  " + String.join(" ", alias.members())));
            case Lists(var lists) -> lists.forEach(this::print);
            case Moves(var moves) ->
                    moves.forEach(move ->
                            out.println(
                                    move.from()
                                            + (move.forwards() ? "  forwards to " : "  is now ")
                                            + move.to()));
            case Answer.Files(var files) ->
                    files.forEach(file ->
                            out.printf(
                                    "%14d  %s  %s%n",
                                    file.size(),
                                    file.modified().truncatedTo(ChronoUnit.SECONDS),
                                    visible(file.name()) + (file.directory() ? "/" : "")));
            case Answer.Versions(var versions) ->
                    versions.forEach(version ->
                            out.printf(
                                    "%s  %d octets, of %s%n",
                                    version.replaced(),
                                    version.size(),
                                    version.modified().truncatedTo(ChronoUnit.SECONDS)));
            case Journeys(var journeys) -> journeys.forEach(this::print);
            case Queued(var size, var letters) -> print(size, letters);
            case Checked checked -> print(checked);
            case Status status -> print(status);
        }
    }

    private void print(Answer.MailingList list) {
        out.println(
                list.list()
                        + (list.title().isEmpty() ? "" : "  (" + list.title() + ")")
                        + "  owner "
                        + list.owner()
                        + (list.membersOnly() ? ", members only" : ", open"));
        list.members().forEach(member -> out.println("  " + member));
    }

    /// The first step in the day's time, the others as so much later.
    private void print(Answer.Journey journey) {
        out.println(
                (journey.messageId().isEmpty() ? "A letter" : "<" + journey.messageId() + ">")
                        + ", accepted as "
                        + journey.id());
        var first = journey.steps().getFirst().when();
        for (var step : journey.steps())
            out.printf(
                    "  %-26s %-10s %s%n",
                    step.when().equals(first)
                            ? DAY.format(first.atZone(ZoneId.systemDefault()))
                            : "+" + later(Duration.between(first, step.when())),
                    step.what().toLowerCase(Locale.ROOT),
                    Stream.of(step.recipient(), step.detail())
                            .filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(": ")));
    }

    private static String later(Duration time) {
        if (time.toMinutes() == 0) return time.toMillis() / 1000.0 + "s";
        if (time.toHours() == 0) return time.toMinutes() + "m" + time.toSecondsPart() + "s";
        return time.toHours() + "h" + time.toMinutesPart() + "m";
    }

    private void print(List<Answer.Account> accounts) {
        int wide = accounts.stream().mapToInt(it -> it.address().length()).max().orElse(0);
        for (var account : accounts)
            out.printf(
                    "%-" + wide + "s  %10s%s%s%n",
                    account.address(),
                    size(account.used()),
                    account.limit() == 0 ? "" : " of " + size(account.limit()),
                    account.administrator() ? "  (administrator)" : "");
    }

    private void print(long size, List<Answer.QueuedLetter> letters) {
        for (var letter : letters) {
            out.printf(
                    "%-10s %9s  %s  from %s, %s%n",
                    letter.id(),
                    size(letter.octets()),
                    letter.arrival().truncatedTo(ChronoUnit.SECONDS),
                    letter.from(),
                    letter.state().toLowerCase(Locale.ROOT));
            for (var recipient : letter.recipients()) {
                out.printf(
                        "           to %s, %d attempts, next %s%n",
                        recipient.address(),
                        recipient.attempts(),
                        recipient.due().truncatedTo(ChronoUnit.SECONDS));
                if (!recipient.said().isEmpty()) out.println("             " + recipient.said());
            }
        }
        out.println(
                letters.isEmpty()
                        ? "Nothing waits."
                        : size <= letters.size()
                                ? letters.size()
                                        + (letters.size() == 1
                                                ? " letter waits."
                                                : " letters wait.")
                                : letters.size() + " of " + size + " letters that wait.");
    }

    /// Nobody's file name moves the cursor (TRAPS F27).
    private static String visible(String name) {
        var shown = new StringBuilder();
        name.codePoints()
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? 0xfffd : c));
        return shown.toString();
    }

    private static String size(long octets) {
        if (octets < 10_240) return octets + " B";
        if (octets < 10L << 20) return (octets >> 10) + " KiB";
        return octets < 10L << 30 ? (octets >> 20) + " MiB" : (octets >> 30) + " GiB";
    }

    private void print(Checked checked) {
        out.printf(
                "%d accounts, %d mailboxes, %d messages, %d files, %d blobs%n",
                checked.accounts(),
                checked.mailboxes(),
                checked.messages(),
                checked.files(),
                checked.blobs());
        for (var finding : checked.findings())
            out.println(finding.kind() + "  " + finding.account() + "  " + finding.what());
        out.println(checked.sound() ? "All agrees." : "Not all agrees: see above.");
    }

    private void print(Status status) {
        out.printf(
                "Postroom %s, process %d, up %s, in %s%n",
                status.version(), status.pid(), up(status.since()), status.home());
        out.printf(
                "%d connections, %d accounts, %d domains, heap %d of %d MiB%n",
                status.connections(),
                status.accounts(),
                status.domains(),
                status.heap() >> 20,
                status.heapMost() >> 20);
        if (status.queued() > 0)
            out.printf(
                    "%d letters wait, the oldest since %s%n",
                    status.queued(),
                    status.oldest().map(it -> it.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
        status.warnings().forEach(warning -> out.println("Look: " + warning + "."));
        out.println();
        table(out, status.listeners());
        if (status.figures().isEmpty()) return;
        out.println();
        out.printf("%-32s %12s %12s%n", "counted", "since start", "last minute");
        status.figures()
                .forEach((name, number) ->
                        out.printf(
                                "%-32s %12d %12d%n",
                                name, number, status.perMinute().getOrDefault(name, 0L)));
    }

    /// What listens where.
    static void table(PrintWriter out, List<Answer.Listening> listeners) {
        int wide = listeners.stream().mapToInt(it -> it.address().length()).max().orElse(0);
        for (var listening : listeners)
            out.printf(
                    "  %-12s %-" + wide + "s  %s%n",
                    listening.name(),
                    listening.address(),
                    listening.use());
    }

    private static String up(Instant since) {
        var time = Duration.between(since, Instant.now());
        return time.toDays() > 0
                ? time.toDays() + "d" + time.toHoursPart() + "h"
                : time.toHours() > 0
                        ? time.toHours() + "h" + time.toMinutesPart() + "m"
                        : time.toMinutes() + "m" + time.toSecondsPart() + "s";
    }
}
