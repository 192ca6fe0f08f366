package org.postroom.ftp;

/// Records in stream mode, read (RFC 959 §3.4.1): FF 01 ends a record, FF 02 the file, FF 03 both, FF FF
/// is the octet FF (TRAPS F14).
final class RecordReader<X extends Exception> extends Decoder<X> {

    static final int ESCAPE = 0xff;
    static final int END_OF_RECORD = 1;
    static final int END_OF_FILE = 2;

    private boolean escaped;

    RecordReader(Flow<X> next) {
        super(next);
    }

    @Override
    int take(byte[] octets, int offset, int length) throws X, Refusal {
        if (escaped) {
            escaped = false;
            int code = octets[offset] & 0xff;
            if (code == ESCAPE) next.octets(octets, offset, 1);
            else code(code);
            return 1;
        }
        int n = 0;
        while (n < length && (octets[offset + n] & 0xff) != ESCAPE) n++;
        if (n > 0) next.octets(octets, offset, n);
        if (n == length) return n;
        escaped = true;
        return n + 1;
    }

    private void code(int code) throws X, Refusal {
        if (code == 0 || code > (END_OF_RECORD | END_OF_FILE)) throw new Refusal(Reply.GARBLED);
        if ((code & END_OF_RECORD) != 0) next.endOfRecord();
        complete = (code & END_OF_FILE) != 0;
        if (complete) next.end();
    }
}
