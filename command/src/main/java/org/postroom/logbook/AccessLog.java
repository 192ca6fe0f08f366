package org.postroom.logbook;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Writes a request by HTTP in the common log format, which the programs that count visitors read; what is
/// no request is not written. The query is left out: a secret may be in it.
final class AccessLog extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        if (!event.getMessage().equals("request") || event.getKeyValuePairs() == null)
            return NOTHING;
        var fields = new HashMap<String, Object>();
        for (var pair : event.getKeyValuePairs()) fields.put(pair.key, pair.value);
        return line(Instant.ofEpochMilli(event.getTimeStamp()), fields)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// @param fields as the journal has them
    static String line(Instant when, Map<String, Object> fields) {
        String account = text(fields, "account");
        return text(fields, "peer")
                + " - "
                + (account.isEmpty() ? "-" : account)
                + " ["
                + TIME.format(when)
                + "] \""
                + text(fields, "method")
                + ' '
                + text(fields, "path")
                + ' '
                + text(fields, "version")
                + "\" "
                + text(fields, "status")
                + ' '
                + text(fields, "octets")
                + '\n';
    }

    private static String text(Map<String, Object> fields, String name) {
        var text = new StringBuilder(String.valueOf(fields.getOrDefault(name, "")));
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) <= ' ' || text.charAt(i) == '"' || text.charAt(i) >= 0x7f)
                text.setCharAt(i, '_');
        return text.toString();
    }
}
