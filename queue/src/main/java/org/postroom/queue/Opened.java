package org.postroom.queue;

import org.postroom.smtp.Command;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// An envelope and those of its errands that are being done, as they were read.
record Opened(QueueId id, Envelope envelope, SequencedMap<Integer, Errand> errands) {

    /// RFC 8689 §4.2.1, §5: what nobody waits for is not held up by it, but protected where that can be.
    boolean needsAssurance() {
        return envelope.mail().parameters().requireTls() && !envelope.isFromNobody();
    }

    List<Command.Rcpt> recipients() {
        var recipients = new ArrayList<Command.Rcpt>();
        for (var errand : errands.values()) recipients.add(errand.recipient().rcpt());
        return recipients;
    }
}
