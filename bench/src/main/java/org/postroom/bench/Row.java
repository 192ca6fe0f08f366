package org.postroom.bench;

import java.util.List;

/// A row of the table: one load, put on each contender in turn.
///
/// @param name as it is called on the command line
/// @param contenders the one that is judged, then those beside it
/// @param figures what a round of the load yields, in this order
record Row(String name, Stage stage, List<Contender> contenders, Load load, List<Figure> figures) {

    /// One number of a row.
    ///
    /// @param what is measured, in words
    /// @param aim of the first contender beside each of the others
    record Figure(String what, Unit unit, Aim aim) {}

    Row(String name, Stage stage, List<Contender> contenders, Load load, Figure... figures) {
        this(name, stage, contenders, load, List.of(figures));
    }

    Row {
        contenders = List.copyOf(contenders);
        figures = List.copyOf(figures);
    }

    /// Whether this is its name, or that of the group it belongs to.
    boolean isCalled(String other) {
        return name.equals(other) || name.startsWith(other + "-");
    }

    /// Whether some of the contenders are Debian's.
    boolean hasPeers() {
        return contenders.stream().anyMatch(contender -> !contender.packages().isEmpty());
    }

    /// The same with our own server alone, as it is.
    Row alone() {
        var ours = Contender.POSTROOM;
        var one = contenders.contains(ours) ? ours : contenders.getFirst();
        return new Row(name, stage, List.of(one), load, figures);
    }
}
