package org.postroom.ftp;

import static org.postroom.ftp.When.ANY_TIME;
import static org.postroom.ftp.When.NOT_YET;
import static org.postroom.ftp.When.SIGNED_IN;

/// The verbs of FTP, in the order of the RFCs. HELP, FEAT, the figures and the coverage table read
/// these rows; there is no second list.
public enum Verb {

    // RFC 959 §4.1.1, access control
    USER("username", "RFC 959 §4.1.1", ANY_TIME),
    PASS("password", "RFC 959 §4.1.1", ANY_TIME),
    ACCT("account-information", "RFC 959 §4.1.1", ANY_TIME),
    CWD("pathname", "RFC 959 §4.1.1", SIGNED_IN),
    CDUP("", "RFC 959 §4.1.1", SIGNED_IN),
    SMNT("pathname", "RFC 959 §4.1.1", NOT_YET),
    REIN("", "RFC 959 §4.1.1", ANY_TIME),
    QUIT("", "RFC 959 §4.1.1", ANY_TIME),

    // RFC 959 §4.1.2, transfer parameters
    PORT("host-port", "RFC 959 §4.1.2", SIGNED_IN),
    PASV("", "RFC 959 §4.1.2", SIGNED_IN),
    TYPE("type-code", "RFC 959 §4.1.2", SIGNED_IN),
    STRU("structure-code", "RFC 959 §4.1.2", SIGNED_IN),
    MODE("mode-code", "RFC 959 §4.1.2", SIGNED_IN, "MODE Z"),

    // RFC 959 §4.1.3, service
    RETR("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    STOR("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    STOU("", "RFC 959 §4.1.3", SIGNED_IN),
    APPE("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    ALLO("decimal-integer [R decimal-integer]", "RFC 959 §4.1.3", SIGNED_IN),
    REST("marker", "RFC 3659 §5", SIGNED_IN, "REST STREAM"),
    RNFR("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    RNTO("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    ABOR("", "RFC 959 §4.1.3", ANY_TIME),
    DELE("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    RMD("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    MKD("pathname", "RFC 959 §4.1.3", SIGNED_IN),
    PWD("", "RFC 959 §4.1.3", SIGNED_IN),
    LIST("[pathname]", "RFC 959 §4.1.3", SIGNED_IN),
    NLST("[pathname]", "RFC 959 §4.1.3", SIGNED_IN),
    SITE("string", "RFC 959 §4.1.3", SIGNED_IN, "SITE CPFR;CPTO;HELP;RESTORE;UTIME;VERSIONS"),
    SYST("", "RFC 959 §4.1.3", ANY_TIME),
    STAT("[pathname]", "RFC 959 §4.1.3", SIGNED_IN),
    HELP("[string]", "RFC 959 §4.1.3", ANY_TIME),
    NOOP("", "RFC 959 §4.1.3", ANY_TIME),

    // RFC 2228 §3 as RFC 4217 uses it
    AUTH("mechanism-name", "RFC 4217 §4", ANY_TIME, "AUTH TLS"),
    PROT("prot-code", "RFC 4217 §9", ANY_TIME, "PROT"),
    PBSZ("decimal-integer", "RFC 4217 §9", ANY_TIME, "PBSZ"),
    ADAT("base64data", "RFC 2228 §3", NOT_YET),
    MIC("base64data", "RFC 2228 §3", NOT_YET),
    CONF("base64data", "RFC 2228 §3", NOT_YET),
    ENC("base64data", "RFC 2228 §3", NOT_YET),
    CCC("", "RFC 4217 §5", NOT_YET),

    // RFC 2389
    FEAT("", "RFC 2389 §3", ANY_TIME),
    OPTS("command-name [command-options]", "RFC 2389 §4", ANY_TIME),

    // RFC 2428
    EPRT("|net-prt|net-addr|tcp-port|", "RFC 2428 §2", SIGNED_IN, "EPRT"),
    EPSV("[net-prt | ALL]", "RFC 2428 §3", SIGNED_IN, "EPSV"),

    // RFC 2640
    LANG("[language-tag]", "RFC 2640 §4.1", ANY_TIME, "LANG EN*"),

    // RFC 3659
    MDTM("pathname", "RFC 3659 §3", SIGNED_IN, "MDTM"),
    SIZE("pathname", "RFC 3659 §4", SIGNED_IN, "SIZE"),
    MLST("[pathname]", "RFC 3659 §7", SIGNED_IN, "MLST"),
    MLSD("[pathname]", "RFC 3659 §7", SIGNED_IN),

    // RFC 7151
    HOST("hostname", "RFC 7151 §3", ANY_TIME, "HOST"),

    // drafts that clients and servers agree on: draft-bryan-ftpext-hash, draft-bryan-ftp-range,
    // draft-somers-ftp-mfxx, draft-peterson-streamlined-ftp-command-extensions
    HASH("pathname", "draft-bryan-ftpext-hash", SIGNED_IN, "HASH"),
    RANG("start end", "draft-bryan-ftp-range", SIGNED_IN, "RANG STREAM"),
    XCRC("pathname [start [end]]", "by custom", SIGNED_IN, "XCRC"),
    XMD5("pathname [start [end]]", "by custom", SIGNED_IN, "XMD5"),
    XSHA1("pathname [start [end]]", "by custom", SIGNED_IN, "XSHA1"),
    XSHA256("pathname [start [end]]", "by custom", SIGNED_IN, "XSHA256"),
    XSHA512("pathname [start [end]]", "by custom", SIGNED_IN, "XSHA512"),
    MFMT("time-val pathname", "draft-somers-ftp-mfxx §3", SIGNED_IN, "MFMT"),
    MFF("mff-facts pathname", "draft-somers-ftp-mfxx §5", SIGNED_IN, "MFF Modify;"),
    AVBL("[pathname]", "draft-peterson-streamlined §4", SIGNED_IN, "AVBL"),
    DSIZ("[pathname]", "draft-peterson-streamlined §7", SIGNED_IN, "DSIZ"),
    RMDA("pathname", "draft-peterson-streamlined §8", SIGNED_IN, "RMDA"),
    COMB("target source...", "draft-peterson-streamlined §5", SIGNED_IN, "COMB"),
    CSID("client-identity", "draft-peterson-streamlined §6", ANY_TIME, "CSID"),
    CLNT("client-name", "by custom", ANY_TIME, "CLNT");

    public final String arguments;
    public final String section;
    public final When when;

    /// The line by which FEAT tells of it (RFC 2389 §3.2), or empty: what RFC 959 and RFC 2389 have
    /// themselves is not told.
    public final String feature;

    Verb(String arguments, String section, When when) {
        this(arguments, section, when, "");
    }

    Verb(String arguments, String section, When when, String feature) {
        this.arguments = arguments;
        this.section = section;
        this.when = when;
        this.feature = feature;
    }

    public boolean works() {
        return when != NOT_YET;
    }
}
