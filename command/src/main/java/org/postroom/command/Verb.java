package org.postroom.command;

import static org.postroom.command.Parameter.ADDRESS;
import static org.postroom.command.Parameter.ADDRESSES;
import static org.postroom.command.Parameter.ALIAS;
import static org.postroom.command.Parameter.ALIAS_OF;
import static org.postroom.command.Parameter.AUTHORITY;
import static org.postroom.command.Parameter.BACKEND;
import static org.postroom.command.Parameter.CALLED;
import static org.postroom.command.Parameter.CBC;
import static org.postroom.command.Parameter.CERTS;
import static org.postroom.command.Parameter.CERT_FILES;
import static org.postroom.command.Parameter.DAYS;
import static org.postroom.command.Parameter.DOMAIN;
import static org.postroom.command.Parameter.EXIT;
import static org.postroom.command.Parameter.EXTENDED;
import static org.postroom.command.Parameter.FILE;
import static org.postroom.command.Parameter.FOR;
import static org.postroom.command.Parameter.FORM;
import static org.postroom.command.Parameter.FORWARD;
import static org.postroom.command.Parameter.HOME;
import static org.postroom.command.Parameter.JSON;
import static org.postroom.command.Parameter.KEYS;
import static org.postroom.command.Parameter.KEY_FILE;
import static org.postroom.command.Parameter.KEY_FILES;
import static org.postroom.command.Parameter.KEY_PASSWORD;
import static org.postroom.command.Parameter.LABEL;
import static org.postroom.command.Parameter.LETTER;
import static org.postroom.command.Parameter.LETTERS;
import static org.postroom.command.Parameter.LIFE;
import static org.postroom.command.Parameter.LIST;
import static org.postroom.command.Parameter.LISTEN;
import static org.postroom.command.Parameter.LOCAL_FILE;
import static org.postroom.command.Parameter.LOCAL_FOLDER;
import static org.postroom.command.Parameter.MAIL_URL;
import static org.postroom.command.Parameter.MEMBERS;
import static org.postroom.command.Parameter.MEMBERS_ONLY;
import static org.postroom.command.Parameter.MICALG_OUT;
import static org.postroom.command.Parameter.NOT_AFTER;
import static org.postroom.command.Parameter.NOT_BEFORE;
import static org.postroom.command.Parameter.NO_ARMOR;
import static org.postroom.command.Parameter.NUMBER;
import static org.postroom.command.Parameter.OLDER_THAN;
import static org.postroom.command.Parameter.OPAQUE;
import static org.postroom.command.Parameter.ORGANISATION;
import static org.postroom.command.Parameter.OUT;
import static org.postroom.command.Parameter.OWNER;
import static org.postroom.command.Parameter.PART;
import static org.postroom.command.Parameter.PASSWORD;
import static org.postroom.command.Parameter.PASSWORD_STDIN;
import static org.postroom.command.Parameter.PLACE;
import static org.postroom.command.Parameter.PORT_OFFSET;
import static org.postroom.command.Parameter.PROFILE;
import static org.postroom.command.Parameter.PROTOCOL;
import static org.postroom.command.Parameter.PROVIDER;
import static org.postroom.command.Parameter.QUEUED;
import static org.postroom.command.Parameter.QUEUE_ID;
import static org.postroom.command.Parameter.RAW;
import static org.postroom.command.Parameter.RECIPIENTS;
import static org.postroom.command.Parameter.RECURSIVE;
import static org.postroom.command.Parameter.REQUEST;
import static org.postroom.command.Parameter.REVOKED;
import static org.postroom.command.Parameter.SENDER;
import static org.postroom.command.Parameter.SERIAL;
import static org.postroom.command.Parameter.SESSION;
import static org.postroom.command.Parameter.SESSION_KEY;
import static org.postroom.command.Parameter.SESSION_KEY_OUT;
import static org.postroom.command.Parameter.SESSION_NUMBER;
import static org.postroom.command.Parameter.SHELL;
import static org.postroom.command.Parameter.SHOWN;
import static org.postroom.command.Parameter.SIGNATURE;
import static org.postroom.command.Parameter.SIGNATURES;
import static org.postroom.command.Parameter.SIGNATURES_OUT;
import static org.postroom.command.Parameter.SIGNERS;
import static org.postroom.command.Parameter.SIGNING_ONLY;
import static org.postroom.command.Parameter.SIGN_WITH;
import static org.postroom.command.Parameter.SIZE;
import static org.postroom.command.Parameter.SOP_SPEC;
import static org.postroom.command.Parameter.SUBCOMMAND;
import static org.postroom.command.Parameter.TEXT;
import static org.postroom.command.Parameter.TITLE;
import static org.postroom.command.Parameter.TO;
import static org.postroom.command.Parameter.TRUST;
import static org.postroom.command.Parameter.USER_IDS;
import static org.postroom.command.Parameter.VERIFICATIONS_OUT;
import static org.postroom.command.Parameter.VERIFY_NOT_AFTER;
import static org.postroom.command.Parameter.VERIFY_NOT_BEFORE;
import static org.postroom.command.Parameter.VERIFY_WITH;
import static org.postroom.command.Parameter.WATCH;
import static org.postroom.command.Parameter.WHEN;
import static org.postroom.command.Parameter.WITHIN;

import java.util.List;

/// The verbs of the command line. `--help`, the manual (docs/commands.md) and [Commands] read these
/// rows; there is no second list.
public enum Verb {
    SERVE(
            "serve",
            "0.1",
            "Runs the server: SMTP, submission, LMTP, POP3, IMAP and FTP, until SIGTERM, SIGINT or"
                    + " `stop`. SIGHUP is `reload`.",
            LISTEN,
            PORT_OFFSET,
            HOME),
    STATUS(
            "status",
            "0.1",
            "Shows a running server: listeners, connections, counts and rates, the store.",
            JSON,
            HOME),
    RELOAD(
            "reload",
            "0.1",
            "Reads configuration and certificates anew; no session ends by it, and a bad file"
                    + " leaves the old one in force.",
            HOME),
    STOP(
            "stop",
            "0.1",
            "Lets conversations finish what they are doing, then ends the server.",
            HOME),
    SESSIONS_LIST(
            "sessions list",
            "0.1",
            "Lists who is connected, by which protocol, as whom, and what is being done that takes"
                    + " long.",
            JSON,
            HOME),
    SESSIONS_END("sessions end", "0.1", "Cuts a session off.", SESSION, HOME),

    ACCOUNT_ADD(
            "account add",
            "0.1",
            "Adds an account, for letters and files alike.",
            ADDRESS,
            PASSWORD_STDIN,
            HOME),
    ACCOUNT_LIST("account list", "0.1", "Lists the accounts, and what they hold.", JSON, HOME),
    ACCOUNT_PASSWD(
            "account passwd", "0.1", "Sets an account's password.", ADDRESS, PASSWORD_STDIN, HOME),
    ACCOUNT_REMOVE(
            "account remove", "0.1", "Removes an account with all that it holds.", ADDRESS, HOME),
    ACCOUNT_APPOINT(
            "account appoint",
            "0.1",
            "Makes an account the administrator, instead of whoever was: it has postmaster's"
                    + " letters.",
            ADDRESS,
            HOME),
    ACCOUNT_QUOTA(
            "account quota",
            "0.1",
            "Sets how much an account may hold, letters and files together.",
            ADDRESS,
            SIZE,
            HOME),
    RESTORE(
            "restore",
            "0.1",
            "Brings back letters that were expunged: to their mailboxes, or to the inbox.",
            ADDRESS,
            WITHIN,
            HOME),
    ACCOUNT_LETTERS(
            "account letters",
            "0.1",
            "Sets how many letters an account may hold; its senders are told that it is full.",
            ADDRESS,
            LETTERS,
            HOME),
    IMPORT(
            "import",
            "0.1",
            "Copies all letters of an account at another server into one here, by IMAP, with"
                    + " folders, flags and dates. What was brought before is not brought again: an"
                    + " import that was broken off goes on.",
            MAIL_URL,
            ADDRESS,
            PASSWORD_STDIN,
            HOME),
    APP_PASSWORD_ADD(
            "account app-password add",
            "0.1",
            "Makes a password for a program and shows it this once.",
            ADDRESS,
            LABEL,
            JSON,
            HOME),
    APP_PASSWORD_LIST(
            "account app-password list",
            "0.1",
            "Lists an account's app passwords, not their texts.",
            ADDRESS,
            JSON,
            HOME),
    APP_PASSWORD_REVOKE(
            "account app-password revoke",
            "0.1",
            "Takes an app password away.",
            ADDRESS,
            NUMBER,
            HOME),
    TOTP_ADD(
            "account totp add",
            "0.1",
            "Gives an account a second factor, one-time codes of a telephone (RFC 6238), and shows"
                + " its seed this once. From then on the password alone opens nothing: FTP asks for"
                + " a code by ACCT, letters are read with app passwords.",
            ADDRESS,
            JSON,
            HOME),
    TOTP_REMOVE(
            "account totp remove", "0.1", "Takes an account's second factor away.", ADDRESS, HOME),
    WEB_SESSION_LIST(
            "account web-session list",
            "0.1",
            "Lists the browsers that an account is signed in with.",
            ADDRESS,
            JSON,
            HOME),
    WEB_SESSION_END(
            "account web-session end",
            "0.1",
            "Signs one of an account's browsers out, or all of them.",
            ADDRESS,
            SESSION_NUMBER,
            HOME),
    ACCOUNT_INVITE(
            "account invite",
            "0.1",
            "Makes a link, good once and for some days, by which somebody chooses the password of"
                    + " an account: a new one, or one that is there and was locked out.",
            ADDRESS,
            LIFE,
            JSON,
            HOME),
    ACCOUNT_PENDING(
            "account pending",
            "0.1",
            "Lists who is invited, and who asks for an account on the page ([http] sign-up).",
            JSON,
            HOME),
    ACCOUNT_APPROVE("account approve", "0.1", "Lets in who asks for an address.", ADDRESS, HOME),
    ACCOUNT_REFUSE(
            "account refuse",
            "0.1",
            "Turns away who asks for an address, or takes an invitation back.",
            ADDRESS,
            HOME),

    DOMAIN_ADD(
            "domain add",
            "0.1",
            "Adds a domain that letters are taken for.",
            DOMAIN,
            ALIAS_OF,
            HOME),
    DOMAIN_LIST("domain list", "0.1", "Lists the domains.", JSON, HOME),
    DOMAIN_REMOVE(
            "domain remove",
            "0.1",
            "Removes a domain that has no account and no alias.",
            DOMAIN,
            HOME),

    ALIAS_ADD(
            "alias add",
            "0.1",
            "Makes an address that stands for others, or changes it.",
            ALIAS,
            MEMBERS,
            HOME),
    ALIAS_LIST("alias list", "0.1", "Lists the aliases.", JSON, HOME),
    ALIAS_REMOVE("alias remove", "0.1", "Removes an alias.", ALIAS, HOME),

    LIST_ADD(
            "list add",
            "0.1",
            "Makes a group list, or changes it: one copy for each member, whatever way he is"
                    + " named.",
            LIST,
            OWNER,
            MEMBERS,
            MEMBERS_ONLY,
            TITLE,
            HOME),
    LIST_SHOW("list show", "0.1", "Shows the lists with their members.", JSON, HOME),
    LIST_JOIN("list join", "0.1", "Puts members on a list.", LIST, MEMBERS, HOME),
    LIST_LEAVE("list leave", "0.1", "Takes members off a list.", LIST, MEMBERS, HOME),
    LIST_REMOVE("list remove", "0.1", "Removes a list.", LIST, HOME),

    MOVED_ADD(
            "moved add",
            "0.1",
            "Says that who had an address has another one now. An account of that name stays, to be"
                    + " read.",
            ADDRESS,
            TO,
            FORWARD,
            HOME),
    MOVED_LIST("moved list", "0.1", "Lists the addresses that moved.", JSON, HOME),
    MOVED_REMOVE("moved remove", "0.1", "Takes a move back.", ADDRESS, HOME),

    FILES_WHO(
            "files who",
            "0.1",
            "Lists the FTP sessions, and what each transfers how fast; `sessions end` ends one.",
            JSON,
            HOME),
    FILES_LS("files ls", "0.1", "Lists a directory of somebody's files.", PLACE, JSON, HOME),
    FILES_DU("files du", "0.1", "Counts the octets below a directory.", PLACE, HOME),
    FILES_RM(
            "files rm",
            "0.1",
            "Removes a file or an empty directory; what a file was is kept for a while.",
            PLACE,
            RECURSIVE,
            HOME),
    FILES_GET(
            "files get",
            "0.1",
            "Copies one of somebody's files to this machine.",
            PLACE,
            LOCAL_FILE,
            HOME),
    FILES_PUT(
            "files put",
            "0.1",
            "Copies a file of this machine to somebody's files, in the place of what has the name.",
            PLACE,
            LOCAL_FILE,
            HOME),
    FILES_IMPORT(
            "files import",
            "0.1",
            "Copies a folder of this machine with all in it into a directory. What is there"
                + " already, as long and as old, is not copied again: a copy that was broken off"
                + " goes on.",
            PLACE,
            LOCAL_FOLDER,
            HOME),
    FILES_EXPORT(
            "files export",
            "0.1",
            "Copies a directory with all in it into a folder of this machine, which may be new;"
                    + " twice copies nothing twice.",
            PLACE,
            LOCAL_FOLDER,
            HOME),
    FILES_VERSIONS(
            "files versions",
            "0.1",
            "Lists what a file was before it was replaced or removed, the latest first.",
            PLACE,
            JSON,
            HOME),
    FILES_RESTORE(
            "files restore",
            "0.1",
            "Brings back what a file was; what it is becomes a version itself.",
            PLACE,
            WHEN,
            HOME),

    JOURNEY(
            "journey",
            "0.1",
            "Shows what happened to a letter, step by step: taken from whom, filed, deferred with"
                    + " the other server's words, sent, bounced.",
            LETTER,
            JSON,
            HOME),
    QUEUE_LIST(
            "queue list",
            "0.1",
            "Lists the letters that wait for somebody, here or elsewhere: since when, for whom, and"
                    + " what was said when they were tried.",
            WATCH,
            JSON,
            HOME),
    QUEUE_SHOW(
            "queue show",
            "0.1",
            "Shows a letter that waits, each recipient.",
            QUEUE_ID,
            JSON,
            HOME),
    QUEUE_RETRY(
            "queue retry", "0.1", "Tries what waits now, whatever happened before.", QUEUED, HOME),
    QUEUE_HOLD("queue hold", "0.1", "Keeps a letter until it is released.", QUEUE_ID, HOME),
    QUEUE_RELEASE("queue release", "0.1", "Lets a held letter go.", QUEUE_ID, HOME),
    QUEUE_REMOVE(
            "queue remove",
            "0.1",
            "Takes a letter out of the queue; its sender is not told.",
            QUEUE_ID,
            HOME),
    QUEUE_FETCH(
            "queue fetch",
            "0.1",
            "Asks the servers that [[fetch]] names for the letters that wait there for us, and"
                    + " takes them: for a script that has just brought the line up.",
            PROVIDER,
            HOME),
    SEND(
            "send",
            "0.1",
            "With --watch, is there for an account: shows what others say to it by SEND, SOML and"
                    + " SAML, until interrupted.",
            ADDRESS,
            WATCH,
            HOME),
    SENDMAIL(
            "sendmail",
            "0.1",
            "Hands over a letter from standard input, as programs and cron do it by"
                + " /usr/sbin/sendmail: recipients as words, or by -t from the letter's header; -f"
                + " ADDRESS its sender, -F NAME what a missing From calls him; -i takes a dot on a"
                + " line for text; -N, -R and -V ask for notices (RFC 3461). -bs speaks SMTP on"
                + " standard input and output; -bp, or mailq, lists what waits; -q tries it; other"
                + " sendmail options are passed over."),

    CHECK(
            "check",
            "0.1",
            "Reads the whole store, counts it and says what does not agree; changes nothing.",
            JSON,
            HOME),
    SWEEP(
            "sweep",
            "0.1",
            "Removes what nothing names any more: blobs, removed accounts, history.",
            OLDER_THAN,
            HOME),
    TAP(
            "tap",
            "0.1",
            "Shows conversations that begin from now on as transcripts, secrets blanked.",
            PROTOCOL,
            FOR,
            HOME),

    MIME_SHOW(
            "mime show",
            "0.1",
            "Shows what a message is made of: its parts with types, encodings, sizes and offsets.",
            FILE,
            TEXT),
    MIME_PARTS(
            "mime parts",
            "0.1",
            "Lists a message's parts for programs: number, type, octets and name, with tabs"
                    + " between.",
            FILE,
            JSON),
    MIME_GET(
            "mime get",
            "0.1",
            "Takes a part out of a message, decoded byte for byte.",
            FILE,
            PART,
            OUT,
            RAW),
    MIME_CHECK(
            "mime check",
            "0.1",
            "Says what is odd about a message, where, and which section it does not keep to; ends"
                    + " with 65 if anything is.",
            FILE,
            JSON),

    PGP_GENERATE_KEY(
            "pgp generate-key",
            "0.1",
            "Makes an OpenPGP key and writes it to standard output. These verbs are those of the"
                + " Stateless OpenPGP Command Line Interface, with its words and exit numbers: they"
                + " keep nothing; `mail` has the key ring.",
            NO_ARMOR,
            KEY_PASSWORD,
            PROFILE,
            SIGNING_ONLY,
            USER_IDS),
    PGP_EXTRACT_CERT(
            "pgp extract-cert",
            "0.1",
            "Takes the public part of the secret keys on standard input.",
            NO_ARMOR),
    PGP_REVOKE_KEY(
            "pgp revoke-key",
            "0.1",
            "Takes the public part of the secret keys on standard input, with their owner's word"
                    + " that nobody should use them any more.",
            NO_ARMOR,
            KEY_PASSWORD),
    PGP_SIGN(
            "pgp sign",
            "0.1",
            "Signs standard input; the signature stands alone.",
            NO_ARMOR,
            MICALG_OUT,
            KEY_PASSWORD,
            FORM,
            SIGNERS),
    PGP_VERIFY(
            "pgp verify",
            "0.1",
            "Says who signed standard input, a line for each good signature; ends with 3 if there"
                    + " is none.",
            NOT_BEFORE,
            NOT_AFTER,
            SIGNATURES,
            CERTS),
    PGP_ENCRYPT(
            "pgp encrypt",
            "0.1",
            "Encrypts standard input.",
            NO_ARMOR,
            FORM,
            PASSWORD,
            SIGN_WITH,
            KEY_PASSWORD,
            PROFILE,
            RECIPIENTS),
    PGP_DECRYPT(
            "pgp decrypt",
            "0.1",
            "Decrypts standard input. Nothing of it comes out before it is known to be whole.",
            SESSION_KEY_OUT,
            SESSION_KEY,
            PASSWORD,
            KEY_PASSWORD,
            VERIFICATIONS_OUT,
            VERIFY_WITH,
            VERIFY_NOT_BEFORE,
            VERIFY_NOT_AFTER,
            KEYS),
    PGP_INLINE_SIGN(
            "pgp inline-sign",
            "0.1",
            "Makes a message of standard input that has the text and its signature.",
            NO_ARMOR,
            KEY_PASSWORD,
            FORM,
            SIGNERS),
    PGP_INLINE_VERIFY(
            "pgp inline-verify",
            "0.1",
            "Takes the text out of such a message if somebody's signature is good.",
            NOT_BEFORE,
            NOT_AFTER,
            VERIFICATIONS_OUT,
            CERTS),
    PGP_INLINE_DETACH(
            "pgp inline-detach",
            "0.1",
            "Takes such a message apart, without looking at who signed it.",
            NO_ARMOR,
            SIGNATURES_OUT),
    PGP_ARMOR("pgp armor", "0.1", "Makes text of OpenPGP's octets on standard input."),
    PGP_DEARMOR("pgp dearmor", "0.1", "Makes octets of that text."),
    PGP_LIST_PROFILES(
            "pgp list-profiles", "0.1", "Lists what keys or messages can be like.", SUBCOMMAND),
    PGP_VERSION("pgp version", "0.1", "Says what this is.", BACKEND, EXTENDED, SOP_SPEC),

    SMIME_MAKE_KEY(
            "smime make-key",
            "0.1",
            "Makes a private key for S/MIME (RSA, 3072 bits) and writes it to standard output.",
            KEY_PASSWORD),
    SMIME_REQUEST(
            "smime request",
            "0.1",
            "Asks an authority for a certificate (PKCS#10).",
            CALLED,
            KEY_PASSWORD,
            KEY_FILE,
            ADDRESSES),
    SMIME_SIGN(
            "smime sign",
            "0.1",
            "Signs standard input (CMS); the signature stands alone.",
            OPAQUE,
            NO_ARMOR,
            KEY_PASSWORD,
            KEY_FILES),
    SMIME_VERIFY(
            "smime verify",
            "0.1",
            "Says who signed standard input, and whether somebody vouches for him who is believed;"
                + " of an opaque message, writes what was signed. Ends with 65 if no signature is"
                + " good.",
            SIGNATURE,
            TRUST,
            REVOKED,
            SENDER),
    SMIME_ENCRYPT(
            "smime encrypt",
            "0.1",
            "Encrypts standard input (AES-256-GCM).",
            CBC,
            NO_ARMOR,
            CERT_FILES),
    SMIME_DECRYPT(
            "smime decrypt",
            "0.1",
            "Decrypts standard input. Nothing of it comes out before it is known to be whole.",
            KEY_PASSWORD,
            KEY_FILES),
    SMIME_SHOW("smime show", "0.1", "Shows certificates: whose, by whom, until when.", SHOWN),
    SMIME_CA_FOUND(
            "smime ca found",
            "0.1",
            "Makes an authority for an organisation: who believes authority.crt believes the"
                    + " certificates that it issues.",
            KEY_PASSWORD,
            AUTHORITY,
            ORGANISATION),
    SMIME_CA_ISSUE(
            "smime ca issue",
            "0.1",
            "Issues a certificate for whoever's key and addresses were looked at. Of the request"
                    + " the key alone is believed.",
            CALLED,
            DAYS,
            KEY_PASSWORD,
            AUTHORITY,
            REQUEST,
            ADDRESSES),
    SMIME_CA_LIST("smime ca list", "0.1", "Lists the certificates that it issued.", AUTHORITY),
    SMIME_CA_REVOKE(
            "smime ca revoke",
            "0.1",
            "Takes a certificate back; `smime ca revocations` tells the others.",
            AUTHORITY,
            SERIAL),
    SMIME_CA_REVOCATIONS(
            "smime ca revocations",
            "0.1",
            "Writes the list of those that were taken back (CRL), good for thirty days.",
            KEY_PASSWORD,
            AUTHORITY),

    MAIL(
            "mail",
            "0.1",
            "Reads and writes letters at the terminal, at this server or at any other, by IMAP,"
                    + " POP3 and SMTP: a prompt, a full screen, and single commands for scripts;"
                    + " `./postroom mail --help` names them, docs/mail.md tells how."),
    COMPLETION(
            "completion",
            "0.1",
            "Prints what makes a shell complete these verbs and both agents': bash or zsh."
                    + " share/ has both as files, and the manual pages.",
            SHELL),
    FTP(
            "ftp",
            "0.1",
            "Moves files at the terminal, between here and any server, by FTP, FTPS, HTTP and"
                + " HTTPS: a prompt, and single commands for scripts (get, put, ls, mirror, cat,"
                + " rm, mkdir, du); `./postroom ftp --help` names them, docs/ftp.md tells how."),
    DEMO(
            "demo",
            "0.1",
            "Walks through the textbook's scenarios with two servers of its own and shows every"
                    + " conversation; then stays up to be tried by hand.",
            EXIT),
    PROVE(
            "prove",
            "0.1",
            "Kills a server under load again and again, cuts off its power, and checks that nothing"
                    + " it acknowledged is lost. `./postroom prove` says what it takes."),
    BENCH(
            "bench",
            "0.1",
            "Measures this server beside the ones a user would pick, from Debian, in one run. Rows"
                + " by name, or all; --quick, --out FILE; `./postroom bench --help` names them."),
    REHEARSE(
            "rehearse",
            "0.1",
            "Starts and stops a server in a temporary home; the launcher trains its ahead-of-time"
                    + " cache with it.");

    /// The words that call it.
    public final String path;

    /// The release that has it first.
    public final String since;

    public final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of's are
    public final List<Parameter> parameters;

    Verb(String path, String since, String help, Parameter... parameters) {
        this.path = path;
        this.since = since;
        this.help = help;
        this.parameters = List.of(parameters);
    }

    /// What groups of verbs are called in `--help`.
    static String group(String path) {
        return switch (path) {
            case "account" -> "Accounts: who has letters and files here.";
            case "account app-password" -> "Passwords for programs: one each, revocable.";
            case "domain" -> "Domains that letters are taken for.";
            case "mime" -> "Messages in files: what is in them.";
            case "account web-session" -> "Browsers that are signed in.";
            case "account totp" -> "One-time codes as a second factor.";
            case "pgp" -> "OpenPGP: keys, signatures, encryption, on standard input and output.";
            case "smime" -> "S/MIME: keys, signatures, encryption, on standard input and output.";
            case "smime ca" -> "A small authority for an organisation.";
            case "sessions" -> "Who is connected.";
            case "files" -> "Files that people keep here: look, tidy up, bring back.";
            case "list" -> "Group lists: one address for many, with an owner.";
            case "moved" -> "Addresses whose owners have others now.";
            case "queue" -> "Letters that wait for somebody, here or elsewhere.";
            case "alias" -> "Addresses that stand for others.";
            default -> throw new IllegalArgumentException(path);
        };
    }

    /// Whether `--help` passes over it.
    boolean isHidden() {
        return this == REHEARSE;
    }
}
