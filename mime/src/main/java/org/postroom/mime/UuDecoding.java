package org.postroom.mime;

import java.io.IOException;
import java.io.InputStream;

/// uuencode, as IEEE 1003.1 has it: lines between `begin` and `end`, each with its length in front.
/// Text around them is passed over; of a line that lost its trailing blanks, these are read; there
/// is one file.
final class UuDecoding extends Decoding {

    private static final int MAX_LINE = 128; // 45 octets make 61, 63 make 85

    private final byte[] line = new byte[MAX_LINE];
    private int length;
    private final byte[] decoded = new byte[64];
    private int given;
    private int held;
    private boolean begun;
    private boolean ended;

    UuDecoding(InputStream in) {
        super(in);
    }

    UuDecoding(byte[] octets) {
        super(octets);
    }

    @Override
    int next() throws IOException {
        while (given == held) {
            if (!readLine()) {
                if (!ended) damaged(Oddity.Kind.UUENCODE_DAMAGED);
                return -1;
            }
            if (ended) continue;
            if (!begun) begun = startsWith("begin ");
            else if (startsWith("end") && length == 3) ended = true;
            else if (length > 0) decode();
        }
        return decoded[given++] & 0xFF;
    }

    /// A line without its end and trailing blanks; of a longer one, what is read of it.
    private boolean readLine() throws IOException {
        length = 0;
        int c = octet();
        if (c < 0) return false;
        for (; c >= 0 && c != '\n'; c = octet()) if (length < MAX_LINE) line[length++] = (byte) c;
        while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == ' ')) length--;
        return true;
    }

    private boolean startsWith(String text) {
        if (length < text.length()) return false;
        for (int i = 0; i < text.length(); i++) if (line[i] != text.charAt(i)) return false;
        return true;
    }

    private void decode() {
        int count = line[0] - ' ' & 0x3F;
        if (line[0] < ' ' || line[0] > '`') {
            damaged(Oddity.Kind.UUENCODE_DAMAGED);
            return;
        }
        given = 0;
        held = 0;
        for (int i = 1; held < count; i += 4) {
            int quantum = value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
            for (int shift = 16; shift >= 0 && held < count; shift -= 8)
                decoded[held++] = (byte) (quantum >> shift);
        }
    }

    private int value(int index) {
        return index < length ? line[index] - ' ' & 0x3F : 0;
    }
}
