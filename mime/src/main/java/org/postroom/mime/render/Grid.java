package org.postroom.mime.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table of data: columns side by side where they fit, else cell below cell.
final class Grid {

    private static final int MOST_COLUMNS = 12;
    private static final int WIDEST = 40;
    private static final int LONGEST_CELL = 64 << 10;
    private static final String BETWEEN = "  ";

    private record Cell(Flow flow, boolean heads) {}

    private final List<List<Cell>> rows = new ArrayList<>();

    void row() {
        rows.add(new ArrayList<>());
    }

    /// Where the next cell's text goes.
    Flow cell(boolean heads) {
        if (rows.isEmpty()) row();
        var flow = new Flow(0, LONGEST_CELL);
        rows.getLast().add(new Cell(flow, heads));
        return flow;
    }

    void print(Flow out) {
        out.endLine();
        var texts = new ArrayList<List<String>>();
        for (var row : rows)
            if (!row.isEmpty())
                texts.add(row.stream().map(cell -> cell.flow.end().strip()).toList());
        int[] widths = widths(texts);
        int total = Arrays.stream(widths).sum() + BETWEEN.length() * Math.max(0, widths.length - 1);
        boolean fits =
                widths.length > 1
                        && widths.length <= MOST_COLUMNS
                        && Arrays.stream(widths).allMatch(width -> width <= WIDEST)
                        && (out.width() == 0 || total <= out.width());
        if (fits) texts.forEach(row -> out.verbatim(sideBySide(row, widths)));
        else texts.forEach(row -> below(row, out));
    }

    private static String sideBySide(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i < row.size() - 1)
                line.append(" ".repeat(widths[i] - Columns.of(cell))).append(BETWEEN);
        }
        return line.toString();
    }

    private static void below(List<String> row, Flow out) {
        for (var cell : row)
            for (var line : cell.split("\n", -1)) {
                out.text(line);
                out.endLine();
            }
    }

    /// Of each column; a cell of several lines is too wide for any.
    private static int[] widths(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (var row : rows)
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                int wide = cell.indexOf('\n') >= 0 ? WIDEST + 1 : Columns.of(cell);
                widths[i] = Math.max(widths[i], wide);
            }
        return widths;
    }
}
