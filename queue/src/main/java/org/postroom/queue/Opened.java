package org.postroom.queue;

import org.postroom.smtp.Command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An envelope and those of its errands that are being done, as they were read.
record Opened(QueueId id, Envelope envelope, SequencedMap<Integer, Errand> errands) {

    /// RFC 8689 §4.2.1, §5: what nobody waits for is not held up by it, but protected where that can be.
    boolean needsAssurance() {
        return envelope.mail().parameters().requireTls() && !envelope.isFromNobody();
    }

    /// The first of its recipients, so many at most and of so many domains.
    Opened first(int most, int domains) {
        if (errands.size() <= Math.min(most, domains)) return this;
        var some = new LinkedHashMap<Integer, Errand>();
        var seen = new HashSet<String>();
        errands.forEach((number, errand) -> {
            boolean known = seen.contains(errand.domain());
            if (some.size() < most && (known || seen.size() < domains)) {
                some.put(number, errand);
                seen.add(errand.domain());
            }
        });
        return new Opened(id, envelope, some);
    }

    List<Command.Rcpt> recipients() {
        var recipients = new ArrayList<Command.Rcpt>();
        for (var errand : errands.values()) recipients.add(errand.recipient().rcpt());
        return recipients;
    }
}
