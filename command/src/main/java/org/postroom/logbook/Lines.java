package org.postroom.logbook;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Writes an event as one line, whatever is in it: control characters are escaped, so that nobody
/// outside can forge a line or command a terminal.
final class Lines extends EncoderBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final byte[] NOTHING = {};

    private volatile Format format;

    Lines(Format format) {
        this.format = format;
    }

    void format(Format other) {
        format = other;
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
    public byte[] encode(ILoggingEvent event) {
        return print(fields(event), format).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> fields(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        if (event.getLoggerName().equals(Logbook.JOURNAL))
            fields.put("event", event.getFormattedMessage());
        else {
            fields.put("from", event.getLoggerName());
            fields.put("message", event.getFormattedMessage());
        }
        if (event.getKeyValuePairs() != null)
            for (var pair : event.getKeyValuePairs())
                if (pair.value != null && !pair.value.equals(""))
                    fields.putIfAbsent(pair.key, pair.value);
        if (event.getThrowableProxy() != null)
            fields.put("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()).strip());
        return fields;
    }

    static String print(Map<String, Object> fields, Format format) {
        var line = new StringBuilder(200);
        switch (format) {
            case LOGFMT ->
                    fields.forEach((name, value) -> {
                        if (!line.isEmpty()) line.append(' ');
                        line.append(name).append('=');
                        bare(line, value.toString());
                    });
            case JSON -> {
                fields.forEach((name, value) -> {
                    line.append(line.isEmpty() ? '{' : ',');
                    quoted(line, name);
                    line.append(':');
                    if (value instanceof Number || value instanceof Boolean) line.append(value);
                    else quoted(line, value.toString());
                });
                line.append('}');
            }
        }
        return line.append('\n').toString();
    }

    private static void bare(StringBuilder line, String value) {
        boolean plain = true;
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c > ' ' && c != '"' && c != '=' && c != '\\' && isShown(c);
        }
        if (plain) line.append(value);
        else quoted(line, value);
    }

    private static void quoted(StringBuilder line, String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isShown(c)) line.append(c);
                    else line.append("\\u%04x".formatted((int) c));
                }
            }
        }
        line.append('"');
    }

    /// Control characters of both sets and what turns the direction of writing are not.
    private static boolean isShown(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
