package org.postroom.agent;

import org.postroom.agent.account.Hindrance;

import java.util.ArrayList;
import java.util.List;

/// What a person types at a prompt, taken apart.
public final class Typed {

    private Typed() {}

    /// The words of a line: blanks part them, quotes and backslashes keep them
    /// together.
    public static List<String> split(String line) throws Hindrance {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean within = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) quote = 0;
                else if (c == '\\' && quote == '"' && i + 1 < line.length())
                    word.append(line.charAt(++i));
                else word.append(c);
            } else if (c == '"' || c == '\'') {
                quote = c;
                within = true;
            } else if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                within = true;
            } else if (c == ' ' || c == '\t') {
                if (within) words.add(word.toString());
                word.setLength(0);
                within = false;
            } else {
                word.append(c);
                within = true;
            }
        }
        if (quote != 0) throw Hindrance.usage("A quote is not closed.");
        if (within) words.add(word.toString());
        return words;
    }
}
