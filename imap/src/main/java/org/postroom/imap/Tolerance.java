package org.postroom.imap;

/// The rules that are bent, each for clients that need it. All are on, everywhere.
public enum Tolerance {
    /// Lines that end in LF alone: people at a terminal. The wire's limits switch it.
    BARE_LF("RFC 3501 §2.2"),
    /// A blank at the end of a command: old clients send it, and no argument can be empty.
    BLANK_AT_END("RFC 3501 §9"),
    /// UTF-8 where 7 bits are allowed: names, passwords and search strings of clients that know no
    /// modified UTF-7, or leave CHARSET out. What is not UTF-8 either is refused.
    RAW_UTF8("RFC 3501 §5.1"),
    /// `\Recent` in STORE and APPEND is passed over: tools that copy mailboxes send all they saw.
    RECENT_GIVEN("RFC 3501 §2.3.2"),
    /// The day of an APPEND's date in one digit without the blank before it.
    SHORT_DAY("RFC 3501 §9"),
    /// Names beyond the first word's `INBOX` in any case: `inbox/Work` lies below INBOX.
    INBOX_BELOW("RFC 3501 §5.1"),
    /// A command in IDLE instead of DONE ends it and is obeyed: iOS (TRAPS T23).
    IDLE_WITHOUT_DONE("RFC 2177 §3");

    public final String section;

    Tolerance(String section) {
        this.section = section;
    }
}
