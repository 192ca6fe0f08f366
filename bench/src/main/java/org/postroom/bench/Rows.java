package org.postroom.bench;

import static org.postroom.bench.Contender.POSTFIX_DOVECOT;
import static org.postroom.bench.Contender.POSTROOM;

import org.postroom.bench.Row.Figure;

import java.util.ArrayList;
import java.util.List;

/// The table: all rows, in the order in which they are taken.
final class Rows {

    /// On the stage of letters that arrive.
    static final int ACCOUNTS = 100;

    private static final Aim SHOWN = new Aim.Shown();
    private static final Aim NO_SLOWER = new Aim.NoSlower();

    private Rows() {}

    static List<Row> of(Scale scale) {
        var rows = new ArrayList<Row>();
        rows.addAll(letters(scale));
        return rows;
    }

    private static List<Row> letters(Scale scale) {
        var stage = new Stage("accounts", ACCOUNTS);
        var mail = List.of(POSTROOM, POSTFIX_DOVECOT);
        var rows = new ArrayList<Row>();
        for (int accounts : new int[] {1, ACCOUNTS})
            for (int connections : new int[] {1, 8, 64}) {
                String from = connections == 1 ? "1 connection" : connections + " connections";
                String to = accounts == 1 ? "1 account" : accounts + " accounts";
                rows.add(
                        new Row(
                                "smtp-" + connections + "-to-" + accounts,
                                stage,
                                mail,
                                new Acceptance(connections, accounts, true, scale.span),
                                new Figure(
                                        "letters of 10 KiB accepted, " + from + ", to " + to,
                                        Unit.LETTERS,
                                        accepted(connections)),
                                new Figure(
                                        "the same until the last is visible by IMAP",
                                        Unit.LETTERS,
                                        new Aim.AtLeast(5))));
            }
        rows.add(
                new Row(
                        "smtp-one-each",
                        stage,
                        mail,
                        new Acceptance(8, ACCOUNTS, false, scale.span),
                        new Figure(
                                "one letter a connection, 8 at once, to 100 accounts",
                                Unit.LETTERS,
                                SHOWN),
                        new Figure(
                                "the same until the last is visible by IMAP",
                                Unit.LETTERS,
                                SHOWN)));
        return rows;
    }

    private static Aim accepted(int connections) {
        return switch (connections) {
            case 1 -> NO_SLOWER;
            case 64 -> new Aim.AtLeast(5);
            default -> SHOWN;
        };
    }
}
