package org.postroom.agent;

import java.util.Optional;

/// What keys do in the full screen. The help there, the hints at its bottom and the manual read these
/// rows.
enum Key {
    // in the order of the help
    NEXT('j', "j ↓", "the next letter", "Moving"),
    BEFORE('k', "k ↑", "the one before", "Moving"),
    PAGE(' ', "space", "a page on", "Moving"),
    PAGE_BACK('b', "b", "a page back", "Moving"),
    FIRST('g', "g Home", "the first", "Moving"),
    LAST('G', "G End", "the last", "Moving"),
    NUMBER('0', "0-9", "the letter of that number", "Moving"),
    NEW('n', "n tab", "the next new one", "Moving"),
    READ('\r', "return", "read; in a letter, a line on", "Moving"),
    LINE_BACK('-', "-", "in a letter, a line back", "Moving"),
    QUIT('q', "q", "back, or quit", "Moving"),

    HEADER('h', "h", "all of its header", "The letter"),
    PARTS('v', "v", "parts: view, save, fetch", "The letter"),
    SAVE('s', "s", "save to a file", "The letter"),
    PIPE('|', "|", "give it to a command", "The letter"),
    PRINT('p', "p", "print", "The letter"),
    JOIN('J', "J", "join its pieces", "The letter"),

    WRITE('w', "w", "write", "Writing"),
    REPLY('r', "r", "reply", "Writing"),
    REPLY_ALL('R', "R", "reply to all", "Writing"),
    REPLY_LIST('L', "L", "reply to the list", "Writing"),
    FORWARD('f', "f", "forward", "Writing"),
    FORWARD_WHOLE('F', "F", "forward as attachment", "Writing"),
    RESEND('B', "B", "resend", "Writing"),
    RECALL('e', "e", "go on with a draft", "Writing"),

    DELETE('d', "d", "delete", "Filing"),
    DELETE_THREAD('D', "D", "delete the thread", "Filing"),
    MOVE('m', "m", "move", "Filing"),
    MOVE_THREAD('M', "M", "move the thread", "Filing"),
    COPY('c', "c", "copy", "Filing"),
    UNDO('u', "u", "undo that, or undelete", "Filing"),
    EXPUNGE('x', "x", "remove what is marked", "Filing"),
    FLAG('!', "!", "flag, or not", "Filing"),
    UNSEEN('N', "N", "new again, or not", "Filing"),
    TAG('t', "t", "tag: filing takes all tagged", "Filing"),
    TAG_ALL('+', "+", "tag all shown, or none", "Filing"),

    SEARCH('/', "/", "search; in a letter, find", "Looking"),
    ALL('a', "a", "all letters again", "Looking"),
    THREADS('T', "T", "by threads, or not", "Looking"),
    MAILBOXES('l', "l", "the mailboxes", "Looking"),
    OPEN('o', "o", "open a mailbox", "Looking"),
    CHECK('*', "*", "look for new ones", "Looking"),
    VERB(':', ":", "any verb of the prompt", "Looking"),
    HELP('?', "?", "these keys", "Looking");

    private final char key;
    final String shown;
    final String help;
    final String group;

    Key(char key, String shown, String help, String group) {
        this.key = key;
        this.shown = shown;
        this.help = help;
        this.group = group;
    }

    static Optional<Key> of(int pressed) {
        if (pressed >= '0' && pressed <= '9') return Optional.of(NUMBER);
        char known =
                switch (pressed) {
                    case '\n' -> '\r';
                    case '\t' -> 'n';
                    case 27 -> 'q';
                    case 127, 8 -> '-';
                    default -> (char) pressed;
                };
        for (var key : values()) if (key.key == known) return Optional.of(key);
        return Optional.empty();
    }

    /// All of them, as wide as the screen lets them be.
    static String helpPage(int width) {
        int columns = width >= 120 ? 3 : width >= 76 ? 2 : 1;
        int room = width / columns;
        var page = new StringBuilder();
        String group = "";
        int column = 0;
        for (var key : values()) {
            if (!key.group.equals(group)) {
                if (column > 0) page.append('\n');
                column = 0;
                group = key.group;
                page.append(page.isEmpty() ? "" : "\n").append(group).append('\n');
            }
            String cell = "  " + pad(key.shown, 8) + key.help;
            page.append(++column == columns ? cell : pad(cell, room));
            if (column == columns) {
                page.append('\n');
                column = 0;
            }
        }
        return page.append(column > 0 ? "\n" : "").toString();
    }

    /// As many as there is room for, with the few that matter first.
    static String hints(int width, Key... keys) {
        var line = new StringBuilder();
        for (var key : keys) {
            String hint = key.shown.split(" ", 2)[0] + " " + briefly(key) + "  ";
            if (line.length() + hint.length() > width) break;
            line.append(hint);
        }
        return line.toString();
    }

    private static String briefly(Key key) {
        return switch (key) {
            case HELP -> "keys";
            case PAGE -> "on";
            case NEXT -> "next";
            case READ -> "read";
            case QUIT -> "back";
            case PARTS -> "parts";
            case MAILBOXES -> "mailboxes";
            case REPLY_ALL -> "all";
            case FLAG -> "flag";
            case TAG -> "tag";
            case THREADS -> "threads";
            case SEARCH -> "search";
            default -> key.help.split("[,;]", 2)[0];
        };
    }

    private static String pad(String text, int width) {
        return org.postroom.mime.render.Columns.fit(text, width);
    }
}
