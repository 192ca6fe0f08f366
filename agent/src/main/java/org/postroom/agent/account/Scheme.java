package org.postroom.agent.account;

import java.util.Locale;
import java.util.Optional;

/// The beginnings of URLs that are known, with their ports.
public enum Scheme {
    IMAPS("imaps", 993, true), // RFC 8314 §3.2
    IMAP("imap", 143, false), // RFC 5092 §1
    POP3S("pop3s", 995, true), // RFC 8314 §3.1
    POP3("pop3", 110, false),
    SUBMISSIONS("submissions", 465, true), // RFC 8314 §3.3
    SUBMISSION("submission", 587, false), // RFC 6409 §3.1
    FTP("ftp", 21, false), // RFC 959 §8
    FTPS("ftps", 990, true); // by custom: TLS from the first octet

    public final String word;
    public final int port;

    /// TLS from the first octet; the others begin with STARTTLS or STLS.
    public final boolean implicit;

    Scheme(String word, int port, boolean implicit) {
        this.word = word;
        this.port = port;
        this.implicit = implicit;
    }

    public boolean isSubmission() {
        return this == SUBMISSIONS || this == SUBMISSION;
    }

    public boolean isPop3() {
        return this == POP3S || this == POP3;
    }

    /// The same thing under TLS from the first octet.
    Scheme submission() {
        return implicit ? SUBMISSIONS : SUBMISSION;
    }

    private boolean isFiles() {
        return this == FTP || this == FTPS;
    }

    /// Of letters.
    static Optional<Scheme> named(String word) {
        String known =
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "pop" -> "pop3"; // RFC 2384 §3
                    case "pops" -> "pop3s";
                    case "smtp" -> "submission";
                    case "smtps" -> "submissions";
                    case String other -> other;
                };
        for (var scheme : values())
            if (scheme.word.equals(known) && !scheme.isFiles()) return Optional.of(scheme);
        return Optional.empty();
    }
}
