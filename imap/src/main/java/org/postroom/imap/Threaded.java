package org.postroom.imap;

import java.util.ArrayList;
import java.util.List;

/// A message's place among those that answer each other (RFC 5256 §4).
///
/// @param depth how many messages it stands below
public record Threaded(long number, int depth) {

    private static final int DEEPEST = 10_000;

    // RFC 5256 §5: thread-data = "THREAD" [SP 1*thread-list]
    //     thread-list = "(" (thread-members / thread-nested) ")"
    //     thread-members = nz-number *(SP nz-number) [SP thread-nested]
    //     thread-nested = 2*thread-list
    static List<Threaded> parse(String text) {
        var all = new ArrayList<Threaded>();
        var depths = new int[DEEPEST]; // of the message that each open list stands below
        int open = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i++);
            if (c == '(') {
                if (open == DEEPEST) return all;
                depths[open++] = depth;
            } else if (c == ')') {
                if (open == 0) return all;
                depth = depths[--open];
            } else if (c >= '0' && c <= '9') {
                long number = Character.digit(c, 10);
                while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9')
                    number =
                            Math.min(
                                    SequenceSet.STAR,
                                    number * 10 + Character.digit(text.charAt(i++), 10));
                if (number > 0 && number < SequenceSet.STAR) all.add(new Threaded(number, depth++));
            }
        }
        return all;
    }
}
