package org.postroom.command;

import java.io.PrintWriter;
import java.util.List;

/// Rows of cells, each column as wide as its widest cell; columns of numbers to the right.
final class Columns {

    private Columns() {}

    /// @param rows a heading first
    static void print(PrintWriter out, List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (var row : rows)
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], width(row.get(i)));
        boolean[] right = new boolean[widths.length];
        for (int i = 0; i < widths.length; i++) right[i] = isNumbers(rows, i);
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blanks = " ".repeat(widths[i] - width(row.get(i)));
                line.append("  ").append(right[i] ? blanks + row.get(i) : row.get(i) + blanks);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isNumbers(List<List<String>> rows, int column) {
        return rows.stream().skip(1).allMatch(row -> isNumber(row.get(column)));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ',');
    }
}
