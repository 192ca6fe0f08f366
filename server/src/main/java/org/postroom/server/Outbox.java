package org.postroom.server;

import org.postroom.mime.Source;
import org.postroom.server.Admission.Admitted;
import org.postroom.smtp.Command;
import org.postroom.smtp.Refusal;

import java.util.List;
import java.util.Map;

/// Where who has signed in hands a letter in otherwise than by SMTP, under the same rules.
public interface Outbox {

    /// A letter that is taken: durable when this returns.
    ///
    /// @param id by which its journey goes
    record Sent(String id) {}

    /// Who of the recipients is not taken, each with the reply that SMTP has for it. Then nothing is sent.
    final class NotSent extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Map<Command.Rcpt, Refusal> recipients;

        public NotSent(Map<Command.Rcpt, Refusal> recipients) {
            super("recipients", null, false, false);
            this.recipients = Map.copyOf(recipients);
        }

        public Map<Command.Rcpt, Refusal> recipients() {
            return recipients;
        }
    }

    /// Sends a letter, without its Bcc field (RFC 5322 §3.6.3).
    ///
    /// @throws NotSent when a recipient is not taken
    /// @throws Refusal when the letter is not
    Sent send(Admitted who, Command.Mail mail, List<Command.Rcpt> to, Source letter)
            throws NotSent, Refusal;
}
