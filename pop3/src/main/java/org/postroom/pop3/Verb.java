package org.postroom.pop3;

import static org.postroom.pop3.When.AUTHORIZATION;
import static org.postroom.pop3.When.EITHER;
import static org.postroom.pop3.When.TRANSACTION;

/// The verbs of POP3, in the order of the RFCs. CAPA, the figures and the coverage table read these
/// rows; there is no second list.
public enum Verb {

    // RFC 1939 §5, the TRANSACTION state
    STAT("", "RFC 1939 §5", TRANSACTION),
    LIST("[msg]", "RFC 1939 §5", TRANSACTION),
    RETR("msg", "RFC 1939 §5", TRANSACTION),
    DELE("msg", "RFC 1939 §5", TRANSACTION),
    NOOP("", "RFC 1939 §5", TRANSACTION),
    RSET("", "RFC 1939 §5", TRANSACTION),

    // RFC 1939 §6, in both states
    QUIT("", "RFC 1939 §6", EITHER),

    // RFC 1939 §7, the optional ones
    TOP("msg n", "RFC 1939 §7", TRANSACTION),
    UIDL("[msg]", "RFC 1939 §7", TRANSACTION),
    USER("name", "RFC 1939 §7", AUTHORIZATION),
    PASS("string", "RFC 1939 §7", AUTHORIZATION),

    // later RFCs
    CAPA("", "RFC 2449 §5", EITHER),
    STLS("", "RFC 2595 §4", AUTHORIZATION),
    AUTH("[mechanism [initial-response]]", "RFC 5034 §4", AUTHORIZATION),
    UTF8("", "RFC 6856 §2", AUTHORIZATION),
    LANG("[tag]", "RFC 6856 §3", EITHER);

    public final String arguments;
    public final String section;
    public final When when;

    Verb(String arguments, String section, When when) {
        this.arguments = arguments;
        this.section = section;
        this.when = when;
    }
}
