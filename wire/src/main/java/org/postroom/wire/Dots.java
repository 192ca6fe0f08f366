package org.postroom.wire;

/// The dot that ends a body, and the dots that hide it (RFC 5321 §4.5.2, RFC 1939 §3).
final class Dots {

    private Dots() {}

    /// Where stuffed octets go.
    @FunctionalInterface
    interface Out {
        void write(byte[] octets, int offset, int length) throws Departure;
    }

    /// Puts a dot before each line that begins with one. A line begins after any LF, so that no reader,
    /// however lax about line ends, finds an end inside (TRAPS T1).
    static final class Stuffing {

        private static final byte[] DOT = {'.'};
        private static final byte[] CRLF = {'\r', '\n'};
        private static final byte[] END = {'.', '\r', '\n'};

        private final Out out;
        private boolean lineStart = true;
        private byte last = '\n';
        private byte beforeLast = '\r';

        Stuffing(Out out) {
            this.out = out;
        }

        void write(byte[] octets, int length) throws Departure {
            int from = 0;
            for (int i = 0; i < length; i++) {
                byte c = octets[i];
                if (lineStart && c == '.') {
                    if (i > from) out.write(octets, from, i - from);
                    out.write(DOT, 0, 1);
                    from = i;
                }
                lineStart = c == '\n';
            }
            if (length > from) out.write(octets, from, length - from);
            if (length > 1) beforeLast = octets[length - 2];
            else if (length == 1) beforeLast = last;
            if (length > 0) last = octets[length - 1];
        }

        void end() throws Departure {
            if (last != '\n' || beforeLast != '\r') out.write(CRLF, 0, 2);
            out.write(END, 0, 3);
        }
    }

    /// Takes the dots away again and sees the end: CRLF "." CRLF and nothing else.
    static final class Unstuffing {

        private enum State {
            LINE_START,
            TEXT,
            CR,
            DOT,
            DOT_CR,
            COMPLETE
        }

        private static final byte[] HELD_CR = {'\r'};

        private final Sink sink;
        private State state = State.LINE_START;

        Unstuffing(Sink sink) {
            this.sink = sink;
        }

        boolean isComplete() {
            return state == State.COMPLETE;
        }

        /// Takes what belongs to the body, at most `length` octets, and says how many that were.
        int take(byte[] octets, int offset, int length) {
            int from = offset; // what is to be passed on begins here
            int stop = offset + length;
            for (int i = offset; i < stop; i++) {
                byte c = octets[i];
                switch (state) {
                    case LINE_START -> {
                        if (c == '.') { // the first dot of a line is never passed on
                            pass(octets, from, i);
                            from = i + 1;
                            state = State.DOT;
                        } else state = c == '\r' ? State.CR : State.TEXT;
                    }
                    case TEXT -> {
                        if (c == '\r') state = State.CR;
                    }
                    case CR -> {
                        if (c == '\n') state = State.LINE_START;
                        else if (c != '\r') state = State.TEXT;
                    }
                    case DOT -> {
                        if (c == '\r') {
                            from = i + 1; // kept back until it is known not to be the end's
                            state = State.DOT_CR;
                        } else state = State.TEXT;
                    }
                    case DOT_CR -> {
                        if (c == '\n') {
                            state = State.COMPLETE;
                            return i + 1 - offset;
                        }
                        sink.write(HELD_CR, 0, 1);
                        from = i;
                        state = c == '\r' ? State.CR : State.TEXT;
                    }
                    case COMPLETE -> throw new IllegalStateException("the body is complete");
                }
            }
            pass(octets, from, stop);
            return length;
        }

        private void pass(byte[] octets, int from, int to) {
            if (to > from) sink.write(octets, from, to - from);
        }
    }
}
