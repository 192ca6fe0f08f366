package org.postroom.server.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.LineEnds;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.MessageDraft;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Fault;
import org.postroom.wire.Sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The letter on its way from the wire into a draft, with line ends made canonical. The header
/// section is held back until it is whole, so that what it lacks can be put before it; the body
/// passes through. What is found wrong is told at the end ([#finish]): until then the rest is heard
/// and forgotten, since the client listens only behind its last dot.
final class Intake implements Sink {

    private static final System.Logger LOG = System.getLogger(Intake.class.getName());
    private static final int MOST_HEADER = 100 * 1024; // octets; TRAPS T10
    private static final int MOST_HOPS = 50; // TRAPS T10, RFC 5321 §6.3
    private static final byte[] NOTHING = {};

    private final MessageDraft draft;
    private final long mostOctets;
    private final Check check;
    private final boolean binary;
    private final LineEnds lineEnds;

    private byte[] header = NOTHING;
    private int headerLength;
    private int lineStart;
    private boolean inHeader = true;
    private boolean eightBit;
    private long octets;
    private @Nullable Reply verdict;

    /// What is done about a header section once it is whole.
    @FunctionalInterface
    interface Check {

        /// @throws Refusal why such a letter is not taken
        Changes of(Fields fields) throws Refusal;
    }

    /// What it is to become.
    static final class Changes {

        private final byte[] before;
        private final List<Field> without;

        /// @param before what is put before it
        /// @param without what is taken out, in its order
        Changes(byte[] before, List<Field> without) {
            this.before = before;
            this.without = List.copyOf(without);
        }

        byte[] before() {
            return before;
        }

        List<Field> without() {
            return without;
        }
    }

    /// @param mostOctets the largest letter that is taken; 0 for no bound
    /// @param binary every octet is to stay as it is, line ends, too (RFC 3030 §3)
    Intake(MessageDraft draft, long mostOctets, boolean binary, Check check) {
        this.draft = draft;
        this.mostOctets = mostOctets;
        this.binary = binary;
        this.check = check;
        this.lineEnds = new LineEnds(new Canonical());
    }

    MessageDraft draft() {
        return draft;
    }

    /// Whether any octet is beyond ASCII.
    boolean isEightBit() {
        return eightBit;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
        if (verdict != null) return;
        try {
            if (binary) take(some, offset, length);
            else lineEnds.write(some, offset, length);
        } catch (DiskFull full) {
            verdict = Reply.NO_ROOM;
        } catch (Fault | IOException e) { // the rest is no command, so it must be heard to its end
            LOG.log(System.Logger.Level.ERROR, "a draft", e);
            verdict = Reply.LOCAL_ERROR;
        }
    }

    /// The letter is over.
    ///
    /// @throws Refusal why it is not taken
    void finish() throws Refusal {
        if (inHeader && verdict == null) begin(headerLength);
        demandRight();
        if (!binary && lineEnds.bareCr()) throw new Refusal(Reply.BARE_CR); // TRAPS T1
    }

    /// @throws Refusal what was found wrong so far
    void demandRight() throws Refusal {
        if (verdict != null) throw new Refusal(verdict);
    }

    private void take(byte[] some, int offset, int length) {
        octets += length;
        if (mostOctets > 0 && octets > mostOctets) verdict = Reply.TOO_BIG;
        for (int i = offset; i < offset + length && !eightBit; i++) eightBit = some[i] < 0;
        if (verdict != null) return;
        if (inHeader) hold(some, offset, length);
        else draft.write(some, offset, length);
    }

    private void hold(byte[] some, int offset, int length) {
        if (header.length - headerLength < length)
            header = Arrays.copyOf(header, Math.max(4096, headerLength + length) * 2);
        System.arraycopy(some, offset, header, headerLength, length);
        int scanned = headerLength;
        headerLength += length;
        for (int i = scanned; i < headerLength; i++)
            if (header[i] == '\n') {
                if (i + 1 - lineStart <= 2) {
                    begin(i + 1);
                    return;
                }
                if (!belongsToHeader(lineStart, i)) { // RFC 7103 §7.2, as mime's Structure has it
                    begin(lineStart);
                    return;
                }
                lineStart = i + 1;
            }
        if (headerLength > MOST_HEADER) verdict = Reply.HEADER_TOO_BIG;
    }

    /// The header is whole: it ends at an index of what is held.
    private void begin(int end) {
        inHeader = false;
        var fields = Fields.of(header, 0, end);
        if (end > MOST_HEADER) verdict = Reply.HEADER_TOO_BIG;
        else if (fields.all("Received").size() > MOST_HOPS) verdict = Reply.LOOP;
        else
            try {
                write(check.of(fields));
            } catch (Refusal refusal) {
                verdict = refusal.reply();
            }
        header = NOTHING;
    }

    private void write(Changes changes) {
        draft.write(changes.before, 0, changes.before.length);
        int from = 0;
        for (var field : changes.without) {
            draft.write(header, from, field.offset() - from);
            from = field.offset() + field.length();
        }
        draft.write(header, from, headerLength - from);
    }

    // RFC 5322 §2.2: a field's name is printable ASCII without a colon; §4.5 lets blanks follow it
    private boolean belongsToHeader(int from, int to) {
        if (from > 0 && (header[from] == ' ' || header[from] == '\t')) return true;
        int at = from;
        while (at < to && header[at] > ' ' && header[at] < 0x7f && header[at] != ':') at++;
        if (at == from) return false;
        while (at < to && (header[at] == ' ' || header[at] == '\t')) at++;
        return header[at] == ':' || (from == 0 && isFromLine(to));
    }

    private boolean isFromLine(int to) {
        return to > 5 && new String(header, 0, 5, StandardCharsets.US_ASCII).equals("From ");
    }

    private final class Canonical extends OutputStream {

        @Override
        public void write(int octet) {
            take(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            take(some, offset, length);
        }
    }
}
