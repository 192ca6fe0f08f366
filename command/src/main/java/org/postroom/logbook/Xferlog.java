package org.postroom.logbook;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Writes a transfer of a file as wu-ftpd did, one line in the form of xferlog(5), which the programs that
/// count downloads read; what is no such transfer is not written. Blanks and control characters in names
/// become `_`, as they do there.
final class Xferlog extends JournalLines {

    /// As ctime(3) has it, in the machine's own time.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    Xferlog() {
        super("transfer");
    }

    @Override
    String print(Instant when, Map<String, Object> fields) {
        return line(when, fields);
    }

    /// @param fields as the journal has them
    /// @return nothing for a listing
    static String line(Instant when, Map<String, Object> fields) {
        var direction =
                switch (text(fields, "verb")) {
                    case "RETR" -> "o";
                    case "STOR", "STOU", "APPE" -> "i";
                    default -> "";
                };
        if (direction.isEmpty()) return "";
        long millis = fields.get("millis") instanceof Number number ? number.longValue() : 0;
        boolean guest = text(fields, "account").equals("anonymous");
        boolean complete = fields.get("result") instanceof Number code && code.intValue() < 300;
        return String.join(
                        " ",
                        TIME.format(when),
                        Long.toString(Math.round(millis / 1000.0)),
                        text(fields, "peer"),
                        text(fields, "octets"),
                        text(fields, "path"),
                        text(fields, "type").equals("image") ? "b" : "a",
                        "_",
                        direction,
                        guest ? "a" : "r",
                        text(fields, "account"),
                        "ftp",
                        "0",
                        "*",
                        complete ? "c" : "i")
                + "\n";
    }

    private static String text(Map<String, Object> fields, String name) {
        var text = new StringBuilder(String.valueOf(fields.getOrDefault(name, "")));
        for (int i = 0; i < text.length(); i++)
            if (Character.isWhitespace(text.charAt(i)) || Character.isISOControl(text.charAt(i)))
                text.setCharAt(i, '_');
        return text.toString();
    }
}
