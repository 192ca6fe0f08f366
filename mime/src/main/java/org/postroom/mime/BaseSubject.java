package org.postroom.mime;

/// A subject without what replies, forwards and lists put around it, by which messages are sorted
/// and threaded: all servers and clients have to agree to the letter (RFC 5256 §2.1).
///
/// @param text in Unicode, blanks made one
/// @param reply whether anything of a reply or a forward was taken off (RFC 5256 §3)
public record BaseSubject(String text, boolean reply) {

    /// Of a message without a subject.
    public static final BaseSubject NONE = new BaseSubject("", false);

    /// The base of a Subject's unfolded value as it came.
    public static BaseSubject of(String subject) {
        return new Reader(oneBlank(Words.decode(subject))).base();
    }

    // RFC 5256 §2.1 (1): all tabs and continuations to space, multiple spaces to one
    private static String oneBlank(String text) {
        if (text.indexOf('\t') < 0 && text.indexOf("  ") < 0) return text;
        var line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = Ascii.blank(text.charAt(i)) ? ' ' : text.charAt(i);
            if (c != ' ' || line.isEmpty() || line.charAt(line.length() - 1) != ' ') line.append(c);
        }
        return line.toString();
    }

    /// Takes off what stands before `from` and after `to`. Each octet is looked at a few times at
    /// most: a row of blobs is measured once ([#blobs]).
    private static final class Reader {

        private static final Ascii.Set BEGINS = new Ascii.Set(" [rRfF");
        private static final Ascii.Set ENDS = new Ascii.Set(" )]");

        private final String text;
        private int from;
        private int to;
        private boolean reply;

        Reader(String text) {
            this.text = text;
            to = text.length();
        }

        BaseSubject base() {
            if (isPlain()) return new BaseSubject(text, false);
            do {
                trailers();
                leaders();
            } while (forward());
            return new BaseSubject(text.substring(from, to), reply);
        }

        /// Whether neither beginning nor end can be anything to take off.
        private boolean isPlain() {
            return to == 0 || !(BEGINS.has(text.charAt(0)) || ENDS.has(text.charAt(to - 1)));
        }

        // RFC 5256 §2.1 (2): subj-trailer = "(fwd)" / WSP
        private void trailers() {
            while (true) {
                if (to > from && text.charAt(to - 1) == ' ') to--;
                else if (to - from >= 5 && text.regionMatches(true, to - 5, "(fwd)", 0, 5)) {
                    to -= 5;
                    reply = true;
                } else return;
            }
        }

        // RFC 5256 §2.1 (3) to (5): subj-leader = (*subj-blob subj-refwd) / WSP
        private void leaders() {
            while (from < to) {
                if (text.charAt(from) == ' ') {
                    from++;
                    continue;
                }
                int blobsEnd = blobs(from);
                int refwdEnd = refwd(blobsEnd);
                if (refwdEnd < 0) {
                    from = withoutBlobs(blobsEnd);
                    return;
                }
                from = refwdEnd;
                reply = true;
            }
        }

        /// The blobs go one by one as long as something is left of the subject.
        private int withoutBlobs(int blobsEnd) {
            if (blobsEnd < to) return blobsEnd;
            int last = from;
            for (int next = blob(from); next >= 0 && next < to; next = blob(next)) last = next;
            return last;
        }

        private int blobs(int at) {
            int end = at;
            for (int next = blob(at); next >= 0; next = blob(next)) end = next;
            return end;
        }

        // RFC 5256 §5: subj-blob = "[" *BLOBCHAR "]" *WSP
        private int blob(int at) {
            if (at >= to || text.charAt(at) != '[') return -1;
            int end = at + 1;
            while (end < to && text.charAt(end) != '[' && text.charAt(end) != ']') end++;
            if (end >= to || text.charAt(end) != ']') return -1;
            end++;
            while (end < to && text.charAt(end) == ' ') end++;
            return end;
        }

        // RFC 5256 §5: subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
        private int refwd(int at) {
            int end;
            if (text.regionMatches(true, at, "re", 0, 2)) end = at + 2;
            else if (text.regionMatches(true, at, "fwd", 0, 3)) end = at + 3;
            else if (text.regionMatches(true, at, "fw", 0, 2)) end = at + 2;
            else return -1;
            while (end < to && text.charAt(end) == ' ') end++;
            int blob = blob(end);
            if (blob >= 0) end = blob;
            return end < to && text.charAt(end) == ':' ? end + 1 : -1;
        }

        // RFC 5256 §2.1 (6): subj-fwd = subj-fwd-hdr subject subj-fwd-trl
        private boolean forward() {
            boolean wrapped =
                    to - from >= 6
                            && text.regionMatches(true, from, "[fwd:", 0, 5)
                            && text.charAt(to - 1) == ']';
            if (!wrapped) return false;
            from += 5;
            to--;
            reply = true;
            return true;
        }
    }
}
