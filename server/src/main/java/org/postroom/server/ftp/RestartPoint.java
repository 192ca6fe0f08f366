package org.postroom.server.ftp;

import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.store.Upload;

/// What the marker of a REST means (RFC 959 §3.5, RFC 3659 §5): an offset, or the place in a died upload
/// that reply 110 named, `p`, its offset, and what was known beside the octets there.
sealed interface RestartPoint {

    record Offset(long octets) implements RestartPoint {}

    record Kept(Upload.Mark mark) implements RestartPoint {}

    RestartPoint START = new Offset(0);

    static String of(Upload.Mark mark) {
        return "p" + mark.offset() + "." + mark.mark();
    }

    static RestartPoint parse(String marker) throws Refusal {
        try {
            if (marker.charAt(0) != 'p') return new Offset(Long.parseLong(marker));
            int dot = marker.indexOf('.');
            if (dot < 0) throw new Refusal(Reply.NO_SUCH_MARKER);
            long offset = Long.parseUnsignedLong(marker, 1, dot, 10);
            long mark = Long.parseUnsignedLong(marker, dot + 1, marker.length(), 10);
            if (offset < 0 || mark < 0) throw new Refusal(Reply.NO_SUCH_MARKER);
            return new Kept(new Upload.Mark(offset, mark));
        } catch (NumberFormatException e) {
            throw new Refusal(Reply.NO_SUCH_MARKER);
        }
    }
}
