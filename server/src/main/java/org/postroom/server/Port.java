package org.postroom.server;

import org.postroom.store.Use;
import org.postroom.wire.Limits;

import java.time.Duration;

/// The one port table. Listeners, `serve`'s table, `status` and the manual read these rows.
public enum Port {
    SMTP("smtp", 25, false, "letters from other servers", "RFC 5321 §4.5.4.2", 2048, 5),
    SUBMISSION("submission", 587, false, "letters from users", "RFC 6409 §3.1", 2048, 5),
    SUBMISSIONS(
            "submissions", 465, true, "letters from users, TLS at once", "RFC 8314 §3.3", 2048, 5),
    ODMR("odmr", 366, false, "letters called for by their own server", "RFC 2645 §4", 2048, 5),
    LMTP("lmtp", 24, false, "letters from programs of this machine", "RFC 2033 §3", 2048, 5),
    POP3("pop3", 110, false, "letters collected", "RFC 1939 §3", 512, 10),
    POP3S("pop3s", 995, true, "letters collected, TLS at once", "RFC 8314 §3.3", 512, 10),
    IMAP("imap", 143, false, "letters read where they are", "RFC 3501 §2.1", 64 * 1024, 30),
    IMAPS(
            "imaps",
            993,
            true,
            "letters read where they are, TLS at once",
            "RFC 8314 §3.2",
            64 * 1024,
            30),
    FTP("ftp", 21, false, "files", "RFC 959 §8", 4096, 15),
    FTPS("ftps", 990, true, "files, TLS at once", "RFC 4217 §13", 4096, 15),
    HTTP("http", 80, false, "sends browsers to https", "RFC 9110 §4.2.1", 16 * 1024, 1),
    HTTPS(
            "https",
            443,
            true,
            "files and pages, for browsers and WebDAV",
            "RFC 9110 §4.2.2",
            16 * 1024,
            1);

    /// As it is called in the log and in `status`.
    public final String title;

    /// The well-known number, to which the port offset is added.
    public final int number;

    /// TLS from the first octet.
    public final boolean implicit;

    /// What it is for, for people.
    public final String use;

    public final String section;
    private final int line;
    private final int idleMinutes;

    Port(
            String title,
            int number,
            boolean implicit,
            String use,
            String section,
            int line,
            int idleMinutes) {
        this.title = title;
        this.number = number;
        this.implicit = implicit;
        this.use = use;
        this.section = section;
        this.line = line;
        this.idleMinutes = idleMinutes;
    }

    /// Whether there is something to do here without signing in.
    public boolean isForStrangers() {
        return this == SMTP || this == LMTP;
    }

    /// What somebody signs in here for.
    public Use serves() {
        return switch (this) {
            case FTP, FTPS, HTTP, HTTPS -> Use.FILES;
            case SMTP, SUBMISSION, SUBMISSIONS, ODMR, LMTP, POP3, POP3S, IMAP, IMAPS -> Use.LETTERS;
        };
    }

    /// How a new connection here is limited. Only FTP insists on CRLF (TRAPS F1); the mail protocols
    /// forgive a bare LF at the end of a command.
    public Limits limits(Settings settings) {
        return new Limits(
                settings.limits().line() > 0 ? Math.max(512, settings.limits().line()) : line,
                Duration.ofMinutes(idleMinutes), // RFC 5321 §4.5.3.2.7, RFC 1939 §3, RFC 3501 §5.4
                Duration.ofMinutes(2),
                20, // TRAPS T10
                number != 21 && number != 990);
    }
}
