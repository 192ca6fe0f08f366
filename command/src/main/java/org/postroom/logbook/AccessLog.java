package org.postroom.logbook;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Writes a request by HTTP in the common log format, which the programs that count visitors read; what is
/// no request is not written. The query is left out: a secret may be in it.
final class AccessLog extends JournalLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    AccessLog() {
        super("request");
    }

    @Override
    String print(Instant when, Map<String, Object> fields) {
        return line(when, fields);
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
