package org.postroom.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Letters that look like letters: a header of a person's mail program, lines of words.
final class Letter {

    /// What most loads send.
    static final int TEN_KIB = 10 * 1024;

    private static final String LETTERS = "eeeeeetttttaaaaoooinnsshrdlcumwfgypbvk     ";
    private static final int LINE = 72;

    private Letter() {}

    /// A letter with CRLF line ends and no dot at the beginning of a line.
    ///
    /// @param number makes it different from others
    /// @param octets how long it is, about
    static byte[] of(int number, int octets) {
        var random = new Random(number);
        var text = new StringBuilder(octets + LINE);
        text.append("Date: Mon, 5 Jan 2026 09:00:00 +0000\r\n")
                .append("From: Ann Example <ann@elsewhere.example>\r\n")
                .append("To: Bob Example <bob@" + Stage.DOMAIN + ">\r\n")
                .append("Message-ID: <" + number + "." + octets + "@elsewhere.example>\r\n")
                .append("Subject: letter " + number + " of many\r\n")
                .append("MIME-Version: 1.0\r\n")
                .append("Content-Type: text/plain; charset=utf-8\r\n\r\n");
        while (text.length() < octets - 2) {
            int length = Math.min(LINE, octets - 2 - text.length());
            for (int i = 0; i < length; i++)
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
