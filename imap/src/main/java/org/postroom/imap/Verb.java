package org.postroom.imap;

import static org.postroom.imap.When.ANY;
import static org.postroom.imap.When.AUTHENTICATED;
import static org.postroom.imap.When.NOT_AUTHENTICATED;
import static org.postroom.imap.When.SELECTED;

/// The verbs of IMAP, in the order of the RFCs. The figures and the coverage table read these rows;
/// there is no second list.
public enum Verb {

    // RFC 3501 §6.1, in any state
    CAPABILITY("", "RFC 3501 §6.1.1", ANY),
    NOOP("", "RFC 3501 §6.1.2", ANY),
    LOGOUT("", "RFC 3501 §6.1.3", ANY),

    // RFC 3501 §6.2, before signing in
    STARTTLS("", "RFC 3501 §6.2.1", NOT_AUTHENTICATED),
    AUTHENTICATE("auth-type [initial-resp]", "RFC 3501 §6.2.2", NOT_AUTHENTICATED),
    LOGIN("userid password", "RFC 3501 §6.2.3", NOT_AUTHENTICATED),

    // RFC 3501 §6.3, signed in
    SELECT("mailbox [(select-param …)]", "RFC 3501 §6.3.1", AUTHENTICATED),
    EXAMINE("mailbox [(select-param …)]", "RFC 3501 §6.3.2", AUTHENTICATED),
    CREATE("mailbox [(USE (use-attr))]", "RFC 3501 §6.3.3", AUTHENTICATED),
    DELETE("mailbox", "RFC 3501 §6.3.4", AUTHENTICATED),
    RENAME("mailbox mailbox", "RFC 3501 §6.3.5", AUTHENTICATED),
    SUBSCRIBE("mailbox", "RFC 3501 §6.3.6", AUTHENTICATED),
    UNSUBSCRIBE("mailbox", "RFC 3501 §6.3.7", AUTHENTICATED),
    LIST("[(select-opt …)] mailbox mbox-or-pat [RETURN (…)]", "RFC 3501 §6.3.8", AUTHENTICATED),
    LSUB("mailbox list-mailbox", "RFC 3501 §6.3.9", AUTHENTICATED),
    STATUS("mailbox (status-att …)", "RFC 3501 §6.3.10", AUTHENTICATED),
    APPEND("mailbox 1*([flag-list] [date-time] literal)", "RFC 3501 §6.3.11", AUTHENTICATED),

    // RFC 3501 §6.4, with a mailbox selected
    CHECK("", "RFC 3501 §6.4.1", SELECTED),
    CLOSE("", "RFC 3501 §6.4.2", SELECTED),
    EXPUNGE("", "RFC 3501 §6.4.3", SELECTED),
    SEARCH("[RETURN (…)] [CHARSET astring] search-key …", "RFC 3501 §6.4.4", SELECTED),
    FETCH("sequence-set fetch-att [(fetch-modifier …)]", "RFC 3501 §6.4.5", SELECTED),
    STORE("sequence-set [(store-modifier …)] store-att-flags", "RFC 3501 §6.4.6", SELECTED),
    COPY("sequence-set mailbox", "RFC 3501 §6.4.7", SELECTED),
    UID(
            "COPY … / EXPUNGE … / FETCH … / MOVE … / REPLACE … / SEARCH … / SORT … / STORE … /"
                    + " THREAD …",
            "RFC 3501 §6.4.8",
            SELECTED),

    // extensions
    IDLE("", "RFC 2177 §3", AUTHENTICATED),
    NAMESPACE("", "RFC 2342 §5", AUTHENTICATED),
    ID("((string nstring …) / NIL)", "RFC 2971 §3.1", ANY),
    UNSELECT("", "RFC 3691 §2", SELECTED),
    ENABLE("capability …", "RFC 5161 §3.1", AUTHENTICATED),
    MOVE("sequence-set mailbox", "RFC 6851 §3.1", SELECTED),
    SORT("[RETURN (…)] (sort-key …) charset search-key …", "RFC 5256 §3", SELECTED),
    THREAD("algorithm charset search-key …", "RFC 5256 §3", SELECTED),
    REPLACE("seq-number mailbox append-message", "RFC 8508 §3.1", SELECTED),
    GETQUOTA("quota-root", "RFC 9208 §4.1.1", AUTHENTICATED),
    GETQUOTAROOT("mailbox", "RFC 9208 §4.1.2", AUTHENTICATED),
    SETQUOTA("quota-root (resource limit …)", "RFC 9208 §4.1.3", AUTHENTICATED),
    COMPRESS("algorithm", "RFC 4978 §3", AUTHENTICATED),
    LANGUAGE("[lang-range …]", "RFC 5255 §3.2", ANY),
    UNAUTHENTICATE("", "RFC 8437 §3", AUTHENTICATED);

    public final String arguments;
    public final String section;
    public final When when;

    Verb(String arguments, String section, When when) {
        this.arguments = arguments;
        this.section = section;
        this.when = when;
    }
}
