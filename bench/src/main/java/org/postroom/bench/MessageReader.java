package org.postroom.bench;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;

import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.postroom.mime.Structure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;

/// Who sums a message up. What an envelope and a body structure say is asked of others, and nothing
/// more; ours has besides what it is threaded and sorted by, the preview, the offsets and what is odd.
///
/// Public because JMH sets it.
public enum MessageReader {
    OURS {
        @Override
        int summarize(byte[] octets) {
            return Structure.of(octets).fields().size();
        }
    },

    MIME4J {
        @Override
        int summarize(byte[] octets) throws IOException {
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
            count += structure(message);
            message.dispose();
            return count;
        }

        private int structure(Entity part) {
            int count =
                    there(
                            part.getMimeType(),
                            part.getCharset(),
                            part.getContentTransferEncoding(),
                            part.getDispositionType(),
                            part.getFilename());
            var body = part.getBody();
            if (body instanceof Multipart parts)
                for (var each : parts.getBodyParts()) count += structure(each);
            else if (body instanceof Message within) count += structure(within);
            return count;
        }
    },

    ANGUS_MAIL {
        @Override
        int summarize(byte[] octets) throws MessagingException, IOException {
            var message = new MimeMessage(SESSION, new ByteArrayInputStream(octets));
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
            return count + structure(message);
        }

        private int structure(MimePart part) throws MessagingException, IOException {
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
                    count += structure((MimePart) parts.getBodyPart(i));
            else if (part.isMimeType("message/rfc822")
                    && part.getContent() instanceof MimeMessage within) count += structure(within);
            return count;
        }
    };

    // one for all: it looks for its settings all over the class path
    private static final Session SESSION = Session.getInstance(new Properties());

    /// @return something that all of the work goes into
    abstract int summarize(byte[] octets) throws MessagingException, IOException;

    private static int there(Object... values) {
        int count = 0;
        for (var value : values) if (value != null) count++;
        return count;
    }
}
