package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;

import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/// A summary of each message of the corpus, as we make it and as Mime4j and Angus Mail would: what an
/// envelope and a body structure say is asked of them, and nothing more; ours has besides what it is
/// threaded and sorted by, the preview, the offsets and what is odd. Time is this thread's own on the
/// processor. What one of them throws at counts as done.
///
/// `-Dbeside.rounds=40` measures longer than a build has time for.
@Timeout(600)
class BesideOthersTest {

    private static final int ROUNDS = Integer.getInteger("beside.rounds", 2);
    private static final int PASSES = 5; // over the corpus, a round

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Reader {
        int read(byte[] message) throws Exception;
    }

    /// Of one message, in the best round.
    private record Cost(double micros, long octets) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f µs, %d octets", micros, octets);
        }
    }

    @Test
    void ourSummariesTakeHalfTheTimeAndFewerOctets() throws Exception {
        var messages = new ArrayList<byte[]>();
        for (var file : CorpusTest.letters()) messages.add(Files.readAllBytes(file));
        var ours = measure(messages, message -> Structure.of(message).fields().size());
        var mime4j = measure(messages, BesideOthersTest::mime4j);
        var angus = measure(messages, BesideOthersTest::angus);
        System.out.printf("a summary: ours %s; Mime4j %s; Angus Mail %s%n", ours, mime4j, angus);
        for (var other : List.of(mime4j, angus)) {
            assertThat(ours.octets).isLessThan(other.octets);
            if (ROUNDS > 20) assertThat(2 * ours.micros).isLessThan(other.micros);
        }
    }

    private static Cost measure(List<byte[]> messages, Reader reader) {
        var best = new Cost(Double.MAX_VALUE, Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            long time = THREADS.getCurrentThreadCpuTime();
            long octets = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PASSES; i++) for (byte[] message : messages) read(reader, message);
            octets = THREADS.getCurrentThreadAllocatedBytes() - octets;
            time = THREADS.getCurrentThreadCpuTime() - time;
            int count = PASSES * messages.size();
            best =
                    new Cost(
                            Math.min(best.micros, time / 1000.0 / count),
                            Math.min(best.octets, octets / count));
        }
        return best;
    }

    private static int read(Reader reader, byte[] message) {
        try {
            return reader.read(message);
        } catch (Exception theirs) {
            return 0;
        }
    }

    private static int there(Object... values) {
        int count = 0;
        for (var value : values) if (value != null) count++;
        return count;
    }

    private static int mime4j(byte[] octets) throws IOException {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        var message = builder.parseMessage(new ByteArrayInputStream(octets));
        int count =
                there(
                        message.getSubject(),
                        message.getDate(),
                        message.getMessageId(),
                        message.getFrom(),
                        message.getSender(),
                        message.getReplyTo(),
                        message.getTo(),
                        message.getCc(),
                        message.getBcc());
        count += mime4j(message);
        message.dispose();
        return count;
    }

    private static int mime4j(org.apache.james.mime4j.dom.Entity part) {
        int count =
                there(
                        part.getMimeType(),
                        part.getCharset(),
                        part.getContentTransferEncoding(),
                        part.getDispositionType(),
                        part.getFilename());
        var body = part.getBody();
        if (body instanceof Multipart parts)
            for (var each : parts.getBodyParts()) count += mime4j(each);
        else if (body instanceof org.apache.james.mime4j.dom.Message within)
            count += mime4j(within);
        return count;
    }

    private static int angus(byte[] octets) throws MessagingException, IOException {
        var session = Session.getInstance(new Properties());
        var message = new MimeMessage(session, new ByteArrayInputStream(octets));
        int count =
                there(
                        message.getSubject(),
                        message.getSentDate(),
                        message.getMessageID(),
                        message.getFrom(),
                        message.getSender(),
                        message.getReplyTo(),
                        message.getRecipients(RecipientType.TO),
                        message.getRecipients(RecipientType.CC),
                        message.getRecipients(RecipientType.BCC));
        return count + angus(message);
    }

    private static int angus(MimePart part) throws MessagingException, IOException {
        int count =
                there(
                        part.getContentType(),
                        part.getEncoding(),
                        part.getContentID(),
                        part.getDescription(),
                        part.getContentMD5(),
                        part.getContentLanguage(),
                        part.getDisposition(),
                        part.getFileName());
        count += part.getSize() + part.getLineCount();
        if (part.isMimeType("multipart/*") && part.getContent() instanceof MimeMultipart parts)
            for (int i = 0; i < parts.getCount(); i++)
                count += angus((MimePart) parts.getBodyPart(i));
        else if (part.isMimeType("message/rfc822")
                && part.getContent() instanceof MimeMessage within) count += angus(within);
        return count;
    }
}
