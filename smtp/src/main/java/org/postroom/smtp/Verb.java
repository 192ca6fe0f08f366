package org.postroom.smtp;

import static org.postroom.smtp.When.ALWAYS;
import static org.postroom.smtp.When.BETWEEN;
import static org.postroom.smtp.When.RECIPIENTS;
import static org.postroom.smtp.When.TRANSACTION;

/// The verbs of SMTP and LMTP, in the order of the RFCs. HELP, the figures and the coverage table
/// read these rows; there is no second list.
public enum Verb {

    // RFC 5321 §4.1.1
    EHLO("domain", "RFC 5321 §4.1.1.1", ALWAYS),
    HELO("domain", "RFC 5321 §4.1.1.1", ALWAYS),
    MAIL("FROM:<reverse-path> [parameters]", "RFC 5321 §4.1.1.2", BETWEEN),
    RCPT("TO:<forward-path> [parameters]", "RFC 5321 §4.1.1.3", TRANSACTION),
    DATA("", "RFC 5321 §4.1.1.4", RECIPIENTS),
    RSET("", "RFC 5321 §4.1.1.5", ALWAYS),
    VRFY("string [SMTPUTF8]", "RFC 5321 §4.1.1.6", ALWAYS),
    EXPN("string [SMTPUTF8]", "RFC 5321 §4.1.1.7", ALWAYS),
    HELP("[verb]", "RFC 5321 §4.1.1.8", ALWAYS),
    NOOP("[string]", "RFC 5321 §4.1.1.9", ALWAYS),
    QUIT("", "RFC 5321 §4.1.1.10", ALWAYS),

    // RFC 821 §3.4 and §3.8, which RFC 5321 §F.6 and §F.1 put out of use
    SEND("FROM:<reverse-path>", "RFC 821 §3.4", BETWEEN),
    SOML("FROM:<reverse-path>", "RFC 821 §3.4", BETWEEN),
    SAML("FROM:<reverse-path>", "RFC 821 §3.4", BETWEEN),
    TURN("", "RFC 821 §3.8", BETWEEN),

    // later RFCs
    ETRN("[@]domain", "RFC 1985 §5", BETWEEN),
    LHLO("domain", "RFC 2033 §4.1", ALWAYS),
    ATRN("[domain,domain...]", "RFC 2645 §5.2.1", BETWEEN),
    BDAT("octets [LAST]", "RFC 3030 §2", RECIPIENTS),
    STARTTLS("", "RFC 3207 §4", BETWEEN),
    AUTH("mechanism [initial-response]", "RFC 4954 §4", BETWEEN);

    public final String arguments;
    public final String section;
    public final When when;

    Verb(String arguments, String section, When when) {
        this.arguments = arguments;
        this.section = section;
        this.when = when;
    }

    /// As HELP shows it.
    public String syntax() {
        return arguments.isEmpty() ? name() : name() + " " + arguments;
    }
}
