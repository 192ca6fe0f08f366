package org.postroom.agent.access;

import org.postroom.mime.Source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A file of letters in mbox form, as every mail program reads it: a `From ` line before each, lines
/// of the letter that look like one with a `>` more (the form called mboxrd), an empty line behind.
// RFC 4155 §A: the default mbox format
public final class MailFile {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ENGLISH);

    private MailFile() {}

    /// Adds a letter, and returns when it is on disk.
    public static void append(Path file, Row row, Source letter) throws IOException {
        try (var channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            var when = row.date().map(date -> date.toInstant()).orElse(Instant.EPOCH);
            var from = row.envelope().from();
            String author = from.isEmpty() ? "" : from.getFirst().addrSpec();
            String stamp = STAMP.format(when.atOffset(ZoneOffset.UTC));
            String sender = author.isEmpty() ? "MAILER-DAEMON" : author.replaceAll("\\s", "_");
            out.write(("From " + sender + " " + stamp + "\n").getBytes(StandardCharsets.UTF_8));
            try (var in = letter.open()) {
                var quoting = new Quoting(out);
                byte[] buffer = new byte[64 << 10];
                for (int n; (n = in.read(buffer)) >= 0; ) quoting.write(buffer, 0, n);
                quoting.end();
            }
            out.flush();
            channel.force(true);
        }
    }

    /// Line ends as files have them, and a `>` before what could be taken for the next letter.
    private static final class Quoting extends OutputStream {

        private final OutputStream out;
        private final StringBuilder start = new StringBuilder(); // of a line: marks, then "From "
        private boolean within; // behind the start of a line
        private boolean cr;

        Quoting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            if (cr && b != '\n') put('\r');
            cr = b == '\r';
            if (!cr) put(b & 0xff);
        }

        private void put(int c) throws IOException {
            if (within) out.write(c);
            else {
                start.append((char) c);
                String from = start.substring(marks());
                if ("From ".equals(from)) {
                    out.write('>');
                    release();
                } else if (!"From ".startsWith(from)) release();
            }
            if (c == '\n') within = false;
        }

        private int marks() {
            int marks = 0;
            while (marks < start.length() && start.charAt(marks) == '>') marks++;
            return marks;
        }

        private void release() throws IOException {
            for (int i = 0; i < start.length(); i++) out.write(start.charAt(i));
            start.setLength(0);
            within = true;
        }

        void end() throws IOException {
            boolean begun = within || !start.isEmpty();
            release();
            if (begun) out.write('\n');
            out.write('\n');
        }
    }
}
