package org.postroom.server.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Fields;
import org.postroom.mime.LineEnds;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.MessageDraft;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Fault;
import org.postroom.wire.Sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

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
    private final Function<Fields, byte[]> completion;
    private final LineEnds lineEnds;

    private byte[] header = NOTHING;
    private int headerLength;
    private int lineStart;
    private boolean inHeader = true;
    private boolean eightBit;
    private long octets;
    private @Nullable Reply verdict;

    /// @param mostOctets the largest letter that is taken; 0 for no bound
    /// @param completion the fields that a header lacks
    Intake(MessageDraft draft, long mostOctets, Function<Fields, byte[]> completion) {
        this.draft = draft;
        this.mostOctets = mostOctets;
        this.completion = completion;
        this.lineEnds = new LineEnds(new Canonical());
    }

    /// Whether any octet is beyond ASCII.
    boolean isEightBit() {
        return eightBit;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
        if (verdict != null) return;
        try {
            lineEnds.write(some, offset, length);
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
        if (verdict != null) throw new Refusal(verdict);
        if (lineEnds.bareCr()) throw new Refusal(Reply.BARE_CR); // TRAPS T1
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
        else {
            byte[] missing = completion.apply(fields);
            draft.write(missing, 0, missing.length);
            draft.write(header, 0, headerLength);
        }
        header = NOTHING;
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

    /// The fields that a letter must have and a client may leave to its server (RFC 6409 §8).
    ///
    /// @param server whose name a new Message-ID bears
    static byte[] missing(Fields fields, String server) {
        var missing = new ByteArrayOutputStream();
        if (fields.first("Date").isEmpty()) // RFC 6409 §8.2
        missing.writeBytes(Stamp.date());
        if (fields.first("Message-ID").isEmpty()) // RFC 6409 §8.3
        missing.writeBytes(Stamp.messageId(server));
        return missing.toByteArray();
    }
}
