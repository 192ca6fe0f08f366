package org.postroom.store;

/// Row `K` number2: a keyword of the account's dictionary. Its number is the place of its bit behind
/// the system flags; it is never given to another.
///
/// Layout 1: name.
final class KeywordRow {

    static final KeyRange ALL = KeyRange.of(Key.of('K'));
    private static final int LAYOUT = 1;

    private KeywordRow() {}

    static byte[] key(int number) {
        return new byte[] {'K', (byte) (number >> 8), (byte) number};
    }

    static String read(byte[] row) {
        return new RowIn("keyword", row, LAYOUT).text();
    }

    static byte[] row(String name) {
        return new RowOut(LAYOUT).text(name).row();
    }
}
