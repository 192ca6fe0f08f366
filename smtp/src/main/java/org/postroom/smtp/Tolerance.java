package org.postroom.smtp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What is heard although the RFC would have it otherwise. Nothing of this is ever said.
public enum Tolerance {

    /// `MAIL FROM: <a@b>`. Outlook and the textbooks' clients say it (TRAPS T8).
    SPACE_AFTER_COLON("RFC 5321 §3.3"),

    /// `MAIL FROM:a@b`, as people type it and textbooks print it.
    BARE_ADDRESS("RFC 5321 §4.1.2"),

    /// `HELO: name`, as a textbook's figure has it (MISSION M6).
    HELO_COLON("RFC 5321 §4.1.1.1"),

    /// HELO with a name that is none, such as one with an underscore: it proves nothing anyway, and a
    /// letter is not refused for it (RFC 5321 §4.1.4).
    ANY_HELO_NAME("RFC 5321 §4.1.1.1"),

    /// `SMOL FROM` and `SMAL FROM`, a textbook's spellings of SOML and SAML (MISSION M6).
    SMOL_AND_SMAL("RFC 821 §4.1"),

    /// A local part beyond 64 octets. Bounce addresses that hold another address are longer.
    LONG_LOCAL_PART("RFC 5321 §4.5.3.1.1"),

    /// A command line that ends in LF alone, as a program by hand sends it.
    BARE_LF_IN_COMMANDS("RFC 5321 §2.3.8"),

    /// A line of a letter that ends in LF alone is given its CR, so that no reader after us can see an
    /// end where we saw none (TRAPS T1). A CR alone is refused.
    BARE_LF_IN_LETTERS("RFC 5321 §2.3.8");

    /// What a server tolerates unless it is told otherwise: all of them.
    public static final Set<Tolerance> ALL =
            Collections.unmodifiableSet(EnumSet.allOf(Tolerance.class));

    /// The section that it bends.
    public final String section;

    Tolerance(String section) {
        this.section = section;
    }
}
