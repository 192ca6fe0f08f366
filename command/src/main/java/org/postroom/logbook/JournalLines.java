package org.postroom.logbook;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Writes the journal's entries of one event in a form that other programs read; all others it leaves out.
abstract class JournalLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final String event;

    /// @param event as the journal calls it
    JournalLines(String event) {
        this.event = event;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent entry) {
        if (!entry.getMessage().equals(event) || entry.getKeyValuePairs() == null) return NOTHING;
        var fields = new HashMap<String, Object>();
        for (var pair : entry.getKeyValuePairs()) fields.put(pair.key, pair.value);
        return print(Instant.ofEpochMilli(entry.getTimeStamp()), fields)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// An entry's line, or nothing.
    ///
    /// @param fields as the journal has them
    abstract String print(Instant when, Map<String, Object> fields);
}
