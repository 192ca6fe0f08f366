package org.postroom.command;

import org.postroom.crypto.Unusable;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// How verbs of the Stateless OpenPGP Command Line Interface fail, by its numbers.
enum Sop {
    NO_SIGNATURE(3),
    CERT_CANNOT_ENCRYPT(17),
    MISSING_ARG(19),
    INCOMPLETE_VERIFICATION(23),
    CANNOT_DECRYPT(29),
    PASSWORD_NOT_HUMAN_READABLE(31),
    UNSUPPORTED_OPTION(37),
    BAD_DATA(41),
    EXPECTED_TEXT(53),
    OUTPUT_EXISTS(59),
    MISSING_INPUT(61),
    KEY_IS_PROTECTED(67),
    UNSUPPORTED_SUBCOMMAND(69),
    UNSUPPORTED_SPECIAL_PREFIX(71),
    AMBIGUOUS_INPUT(73),
    KEY_CANNOT_SIGN(79),
    INCOMPATIBLE_OPTIONS(83),
    UNSUPPORTED_PROFILE(89);

    final int exit;

    Sop(int exit) {
        this.exit = exit;
    }

    /// What the words were.
    static Sop of(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched)
            return unmatched.isUnknownOption() ? UNSUPPORTED_OPTION : UNSUPPORTED_SUBCOMMAND;
        return wrong instanceof MissingParameterException ? MISSING_ARG : UNSUPPORTED_OPTION;
    }

    static Sop of(Unusable unusable) {
        return switch (unusable.why()) {
            case BAD_DATA, TOO_MUCH -> BAD_DATA;
            case ALTERED, UNPROTECTED, CANNOT_DECRYPT -> CANNOT_DECRYPT;
            case LOCKED -> KEY_IS_PROTECTED;
            case CANNOT_ENCRYPT -> CERT_CANNOT_ENCRYPT;
            case CANNOT_SIGN -> KEY_CANNOT_SIGN;
            case NOT_TEXT -> EXPECTED_TEXT;
        };
    }

    Refused because(String why) {
        return new Refused(this, why);
    }

    /// One of them, and what is wrong in words.
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;
        final Sop sop;
        final String why;

        Refused(Sop sop, String why) {
            super(why, null, false, false);
            this.sop = sop;
            this.why = why;
        }
    }
}
