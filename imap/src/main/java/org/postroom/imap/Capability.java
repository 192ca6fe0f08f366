package org.postroom.imap;

import java.util.Optional;

/// What this server can do, in the order in which CAPABILITY tells it. STARTTLS, LOGINDISABLED and AUTH=
/// depend on the connection; the conversation adds them, and the numbers that some rows end with.
public enum Capability {
    IMAP4REV1("IMAP4rev1", "RFC 3501 §6.1.1", Told.ALWAYS),
    IMAP4REV2("IMAP4rev2", "RFC 9051 §6.1.1", Told.ALWAYS),
    LITERAL_PLUS("LITERAL+", "RFC 7888 §3", Told.ALWAYS),
    SASL_IR("SASL-IR", "RFC 4959 §3", Told.ALWAYS),
    ID("ID", "RFC 2971 §3", Told.ALWAYS),
    IDLE("IDLE", "RFC 2177 §3", Told.ALWAYS),
    NAMESPACE("NAMESPACE", "RFC 2342 §5", Told.ALWAYS),
    UNSELECT("UNSELECT", "RFC 3691 §2", Told.ALWAYS),
    ENABLE("ENABLE", "RFC 5161 §3.1", Told.ALWAYS),
    UIDPLUS("UIDPLUS", "RFC 4315 §2", Told.ALWAYS),
    MOVE("MOVE", "RFC 6851 §3", Told.ALWAYS),
    SPECIAL_USE("SPECIAL-USE", "RFC 6154 §2", Told.ALWAYS),

    // to who has signed in
    CREATE_SPECIAL_USE("CREATE-SPECIAL-USE", "RFC 6154 §3", Told.SIGNED_IN),
    CHILDREN("CHILDREN", "RFC 3348 §3", Told.SIGNED_IN),
    LIST_EXTENDED("LIST-EXTENDED", "RFC 5258 §3", Told.SIGNED_IN),
    LIST_STATUS("LIST-STATUS", "RFC 5819 §2", Told.SIGNED_IN),
    STATUS_SIZE("STATUS=SIZE", "RFC 8438 §2", Told.SIGNED_IN),
    APPENDLIMIT("APPENDLIMIT", "RFC 7889 §2", Told.SIGNED_IN),
    MULTIAPPEND("MULTIAPPEND", "RFC 3502 §6.3.11", Told.SIGNED_IN),
    REPLACE("REPLACE", "RFC 8508 §3", Told.SIGNED_IN),
    BINARY("BINARY", "RFC 3516 §4", Told.SIGNED_IN),
    OBJECTID("OBJECTID", "RFC 8474 §2", Told.SIGNED_IN),
    SAVEDATE("SAVEDATE", "RFC 8514 §4", Told.SIGNED_IN),
    PREVIEW("PREVIEW", "RFC 8970 §3", Told.SIGNED_IN),
    ESEARCH("ESEARCH", "RFC 4731 §3", Told.SIGNED_IN),
    SEARCHRES("SEARCHRES", "RFC 5182 §2", Told.SIGNED_IN),
    WITHIN("WITHIN", "RFC 5032 §3", Told.SIGNED_IN),
    PARTIAL("PARTIAL", "RFC 9394 §3", Told.SIGNED_IN),
    INPROGRESS("INPROGRESS", "RFC 9585", Told.SIGNED_IN),
    SORT("SORT", "RFC 5256 §3", Told.SIGNED_IN),
    SORT_DISPLAY("SORT=DISPLAY", "RFC 5957 §3", Told.SIGNED_IN),
    ESORT("ESORT", "RFC 5267 §3", Told.SIGNED_IN),
    THREAD_ORDEREDSUBJECT("THREAD=ORDEREDSUBJECT", "RFC 5256 §3", Told.SIGNED_IN),
    THREAD_REFERENCES("THREAD=REFERENCES", "RFC 5256 §3", Told.SIGNED_IN),
    THREAD_REFS("THREAD=REFS", "RFC 5256 §3", Told.SIGNED_IN),
    QUOTA("QUOTA", "RFC 9208 §3", Told.SIGNED_IN),
    QUOTA_STORAGE("QUOTA=RES-STORAGE", "RFC 9208 §5.1", Told.SIGNED_IN),
    QUOTA_MESSAGE("QUOTA=RES-MESSAGE", "RFC 9208 §5.2", Told.SIGNED_IN),
    UTF8_ACCEPT("UTF8=ACCEPT", "RFC 6855 §3", Told.SIGNED_IN),
    LANGUAGE("LANGUAGE", "RFC 5255 §3", Told.SIGNED_IN),
    CONDSTORE("CONDSTORE", "RFC 7162 §3.1", Told.SIGNED_IN),
    QRESYNC("QRESYNC", "RFC 7162 §3.2", Told.SIGNED_IN),
    UIDONLY("UIDONLY", "RFC 9586", Told.SIGNED_IN),
    COMPRESS_DEFLATE("COMPRESS=DEFLATE", "RFC 4978 §3", Told.SIGNED_IN),
    UNAUTHENTICATE("UNAUTHENTICATE", "RFC 8437 §3", Told.SIGNED_IN);

    /// To whom a capability is told.
    private enum Told {
        ALWAYS,
        SIGNED_IN
    }

    /// A capability of ours, told to who has signed in: who enables it is there to be spoken to by SEND,
    /// SOML and SAML (RFC 821 §3.4), and hears what is said as `* X-POSTROOM-NOTICE` and a literal.
    public static final String PRESENCE = "X-POSTROOM-PRESENCE";

    /// Another of ours, for who enables both: what is said comes in IDLE only, and counts as said once the
    /// client has ended that IDLE, since it then has shown it; or two seconds later.
    public static final String SHOWN = "X-POSTROOM-SHOWN";

    public final String atom;
    public final String section;
    private final Told told;

    Capability(String atom, String section, Told told) {
        this.atom = atom;
        this.section = section;
        this.told = told;
    }

    /// Whether a stranger hears of it, too. What only who is signed in can use is told then.
    public boolean isToldToStrangers() {
        return told == Told.ALWAYS;
    }

    /// The capability of a name, in any case.
    public static Optional<Capability> named(String atom) {
        for (var capability : values())
            if (capability.atom.equalsIgnoreCase(atom)) return Optional.of(capability);
        return Optional.empty();
    }
}
