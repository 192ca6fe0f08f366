package org.postroom.ftp;

import java.util.Map;

/// What is accepted although a section says otherwise. Always on.
public enum Tolerance {
    /// The five directory verbs under their experimental names: tnftp and older programs say them.
    X_FORMS("RFC 1123 §4.1.3.1"),
    /// `LIST -a -l -al path`, as if ls were asked: many programs say it (TRAPS F23). A path that begins
    /// with a hyphen is meant by `LIST -- -path`.
    LIST_OPTIONS("RFC 959 §4.1.3"),
    /// `OPTS UTF8 ON`, from a draft that came to nothing: names are UTF-8 anyway (RFC 2640 §3.1).
    OPTS_UTF8("RFC 2389 §4"),
    /// `AUTH SSL`: what programs said before RFC 4217; it is TLS all the same, and PROT stays as it was.
    AUTH_SSL("RFC 4217 §17"),
    /// `STOU name`: Net::FTP says what it would like the file to be called.
    STOU_NAME("RFC 959 §4.1.3");

    /// The section that it bends.
    public final String section;

    Tolerance(String section) {
        this.section = section;
    }

    static final Map<String, Verb> X_VERBS =
            Map.of(
                    "XMKD", Verb.MKD, "XRMD", Verb.RMD, "XPWD", Verb.PWD, "XCUP", Verb.CDUP, "XCWD",
                    Verb.CWD);
}
