package org.postroom.imap;

/// What this server can do beyond signing in, in the order in which CAPABILITY tells it. STARTTLS,
/// LOGINDISABLED and AUTH= depend on the connection; the conversation adds them.
public enum Capability {
    IMAP4REV1("IMAP4rev1", "RFC 3501 §6.1.1"),
    LITERAL_PLUS("LITERAL+", "RFC 7888 §3"),
    SASL_IR("SASL-IR", "RFC 4959 §3"),
    ID("ID", "RFC 2971 §3"),
    IDLE("IDLE", "RFC 2177 §3"),
    NAMESPACE("NAMESPACE", "RFC 2342 §5"),
    UNSELECT("UNSELECT", "RFC 3691 §2"),
    ENABLE("ENABLE", "RFC 5161 §3.1"),
    UIDPLUS("UIDPLUS", "RFC 4315 §2"),
    MOVE("MOVE", "RFC 6851 §3"),
    SPECIAL_USE("SPECIAL-USE", "RFC 6154 §2");

    /// A capability of ours, told to who has signed in: who enables it is there to be spoken to by SEND,
    /// SOML and SAML (RFC 821 §3.4), and hears what is said as `* X-POSTROOM-NOTICE` and a literal.
    public static final String PRESENCE = "X-POSTROOM-PRESENCE";

    /// Another of ours, for who enables both: what is said comes in IDLE only, and counts as said once the
    /// client has ended that IDLE, since it then has shown it; or two seconds later.
    public static final String SHOWN = "X-POSTROOM-SHOWN";

    public final String atom;
    public final String section;

    Capability(String atom, String section) {
        this.atom = atom;
        this.section = section;
    }
}
