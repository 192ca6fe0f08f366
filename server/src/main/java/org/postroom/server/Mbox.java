package org.postroom.server;

import org.postroom.store.Account;
import org.postroom.store.Content;
import org.postroom.store.EmailId;
import org.postroom.store.Flag;
import org.postroom.store.MailboxId;
import org.postroom.store.Refused;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A mailbox as one file (RFC 4155): letters with LF at their lines' ends, each behind a line `From `, one
/// `>` before lines that would be taken for such (the variety called mboxrd, which can be undone). Flags and
/// keywords stand in the fields `Status`, `X-Status` and `X-Keywords`, where mail programs look for them,
/// and before the letter's own.
public final class Mbox {

    private static final int TOGETHER = 200; // letters asked of the store at once
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    // RFC 4155 appendix A: UTC, as asctime of C prints it
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Mbox() {}

    /// Writes all letters of a mailbox, as it is now.
    ///
    /// @throws Refused NO_SUCH_MAILBOX
    public static void write(Account account, MailboxId mailbox, OutputStream out)
            throws Refused, IOException {
        var view = account.view(mailbox);
        var keywords = account.keywords();
        for (int first = 1; first <= view.size(); first += TOGETHER) {
            var ids = new ArrayList<EmailId>();
            int last = Math.min(view.size(), first + TOGETHER - 1);
            for (int sequence = first; sequence <= last; sequence++) ids.add(view.email(sequence));
            var letters = account.messages(ids);
            for (int i = 0; i < letters.size(); i++) {
                var letter = letters.get(i);
                if (letter == null) continue; // expunged meanwhile
                long bits = view.flags(first + i);
                write(
                        letter,
                        Instant.ofEpochMilli(view.received(first + i)),
                        status(bits, List.copyOf(keywords.flags(bits).keywords())),
                        out);
            }
        }
    }

    private static String status(long bits, List<String> keywords) {
        var text = new StringBuilder("Status: ");
        text.append(Flag.SEEN.in(bits) ? "RO" : "O").append("\nX-Status: ");
        if (Flag.ANSWERED.in(bits)) text.append('A');
        if (Flag.FLAGGED.in(bits)) text.append('F');
        if (Flag.DRAFT.in(bits)) text.append('T');
        if (Flag.DELETED.in(bits)) text.append('D');
        text.append('\n');
        if (!keywords.isEmpty())
            text.append("X-Keywords: ").append(String.join(" ", keywords)).append('\n');
        return text.toString();
    }

    private static void write(Content letter, Instant received, String status, OutputStream out)
            throws IOException {
        // who sent it stands in the letter; the line has to have something there (RFC 4155 appendix
        // A)
        out.write(ascii("From MAILER-DAEMON " + DATE.format(received) + '\n' + status));
        try (var in = new BufferedInputStream(letter.read(), 64 << 10)) {
            new Lines(out).copy(in);
        }
        out.write('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Copies lines, and looks at each one's beginning.
    private static final class Lines {

        private final OutputStream out;

        Lines(OutputStream out) {
            this.out = out;
        }

        void copy(BufferedInputStream in) throws IOException {
            boolean begins = true;
            boolean ended = false;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\r' && isNext(in, '\n')) continue;
                if (begins && (octet == '>' || octet == 'F') && isFrom(in, octet)) out.write('>');
                out.write(octet);
                begins = octet == '\n';
                ended = begins;
            }
            if (!ended) out.write('\n');
        }

        private static boolean isNext(BufferedInputStream in, int wanted) throws IOException {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next == wanted;
        }

        /// Whether the line is `From ` behind any number of `>`. More than a few are nobody's.
        private static boolean isFrom(BufferedInputStream in, int first) throws IOException {
            in.mark(64);
            int octet = first;
            for (int i = 0; i < 50 && octet == '>'; i++) octet = in.read();
            int matched = 0;
            while (matched < FROM.length && octet == FROM[matched]) {
                matched++;
                if (matched < FROM.length) octet = in.read();
            }
            in.reset();
            return matched == FROM.length;
        }
    }
}
