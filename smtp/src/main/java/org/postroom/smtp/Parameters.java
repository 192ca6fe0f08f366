package org.postroom.smtp;

import org.postroom.smtp.MailParameters.Body;
import org.postroom.smtp.MailParameters.DeliverBy;
import org.postroom.smtp.MailParameters.Hold;
import org.postroom.smtp.MailParameters.Ret;
import org.postroom.smtp.RcptParameters.Notify;
import org.postroom.smtp.RcptParameters.OriginalRecipient;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads and prints the values of the parameters of MAIL and RCPT, a method each. Each may stand once
/// (RFC 3461 §4.5).
final class Parameters {

    private static final int LONGEST_ENVID = 100; // RFC 3461 §4.4
    private static final int LONGEST_ORCPT = 500; // RFC 3461 §4.2

    private Parameters() {}

    /// @param keyword in upper case
    /// @param value empty where there is none
    record Param(String keyword, String value) {}

    static MailParameters with(MailParameters known, Param param) throws Refusal {
        String value = param.value();
        return switch (param.keyword()) {
            case "SIZE" -> {
                first(known.size().isEmpty());
                yield known.withSize(size(value));
            }
            case "BODY" -> {
                first(known.body().isEmpty());
                yield known.withBody(body(value));
            }
            case "AUTH" -> {
                first(known.submitter().isEmpty());
                yield known.withSubmitter(Optional.of(Grammar.submitter(Xtext.read(value))));
            }
            case "RET" -> {
                first(known.ret().isEmpty());
                yield known.withRet(Optional.of(ret(value)));
            }
            case "ENVID" -> {
                first(known.envid().isEmpty());
                yield known.withEnvid(Optional.of(envid(value)));
            }
            case "SMTPUTF8" -> { // RFC 6531 §3.4
                first(!known.utf8() && value.isEmpty());
                yield known.withUtf8(true);
            }
            case "REQUIRETLS" -> { // RFC 8689 §2
                first(!known.requireTls() && value.isEmpty());
                yield known.withRequireTls(true);
            }
            case "BY" -> {
                first(known.by().isEmpty());
                yield known.withBy(Optional.of(by(value)));
            }
            case "HOLDFOR" -> {
                first(known.hold().isEmpty());
                yield known.withHold(Optional.of(holdfor(value)));
            }
            case "HOLDUNTIL" -> {
                first(known.hold().isEmpty()); // RFC 4865 §5: one of the two
                yield known.withHold(Optional.of(holduntil(value)));
            }
            case "MT-PRIORITY" -> {
                first(known.priority().isEmpty());
                yield known.withPriority(OptionalInt.of(priority(value)));
            }
            default -> throw new Refusal(Reply.UNKNOWN_PARAMETER);
        };
    }

    static RcptParameters with(RcptParameters known, Param param) throws Refusal {
        return switch (param.keyword()) {
            case "NOTIFY" -> {
                first(known.when().isEmpty());
                yield known.withWhen(notify(param.value()));
            }
            case "ORCPT" -> {
                first(known.orcpt().isEmpty());
                yield known.withOrcpt(orcpt(param.value()));
            }
            default -> throw new Refusal(Reply.UNKNOWN_PARAMETER); // RFC 5321 §4.1.1.11
        };
    }

    static String print(MailParameters parameters) {
        var printed = new StringBuilder();
        parameters.size().ifPresent(octets -> printed.append(" SIZE=").append(octets));
        parameters.body().ifPresent(body -> printed.append(" BODY=").append(body.value));
        parameters
                .submitter()
                .ifPresent(path -> printed.append(" AUTH=").append(Xtext.print(path.toString())));
        parameters.ret().ifPresent(ret -> printed.append(" RET=").append(ret));
        parameters.envid().ifPresent(id -> printed.append(" ENVID=").append(Xtext.print(id)));
        if (parameters.utf8()) printed.append(" SMTPUTF8");
        if (parameters.requireTls()) printed.append(" REQUIRETLS");
        parameters.by().ifPresent(by -> printed.append(" BY=").append(print(by)));
        parameters
                .hold()
                .ifPresent(hold ->
                        printed.append(
                                switch (hold) {
                                    case Hold.For(long seconds) -> " HOLDFOR=" + seconds;
                                    case Hold.Until(var when) -> " HOLDUNTIL=" + when;
                                }));
        parameters.priority().ifPresent(it -> printed.append(" MT-PRIORITY=").append(it));
        return printed.toString();
    }

    private static String print(DeliverBy by) {
        return by.seconds() + ";" + by.mode().letter + (by.trace() ? "T" : "");
    }

    static String print(RcptParameters parameters) {
        var printed = new StringBuilder();
        String comma = " NOTIFY=";
        for (var when : parameters.when()) {
            printed.append(comma).append(when);
            comma = ",";
        }
        parameters.orcpt().ifPresent(it -> printed.append(" ORCPT=").append(print(it)));
        return printed.toString();
    }

    private static String print(OriginalRecipient orcpt) {
        String address = orcpt.address();
        return orcpt.type()
                + ";"
                + (isUtf8(orcpt.type()) ? Xtext.printUnitext(address) : Xtext.print(address));
    }

    private static void first(boolean legal) throws Refusal {
        if (!legal) throw new Refusal(Reply.BAD_SYNTAX);
    }

    // RFC 1870 §6.1: size-value ::= 1*20DIGIT
    private static long size(String value) throws Refusal {
        digits(value, 20);
        return value.length() > 18 // beyond any limit, and perhaps beyond a long
                ? Long.MAX_VALUE
                : Long.parseLong(value);
    }

    // RFC 6152 §2: body-value = "7BIT" / "8BITMIME"; RFC 3030 §3: body-value =/ "BINARYMIME"
    private static Body body(String value) throws Refusal {
        for (var body : Body.values()) if (body.value.equalsIgnoreCase(value)) return body;
        throw new Refusal(Reply.UNKNOWN_BODY);
    }

    // RFC 3461 §4.3: "FULL" / "HDRS"
    private static Ret ret(String value) throws Refusal {
        for (var ret : Ret.values()) if (ret.name().equalsIgnoreCase(value)) return ret;
        throw new Refusal(Reply.BAD_SYNTAX);
    }

    // RFC 3461 §4.4: envid-parameter = "ENVID=" xtext, of printable ASCII
    private static String envid(String value) throws Refusal {
        if (value.isEmpty() || value.length() > LONGEST_ENVID) throw new Refusal(Reply.BAD_SYNTAX);
        return printable(Xtext.read(value));
    }

    // RFC 2852 §4: by-value = by-time ";" by-mode [by-trace]; by-time = ["-" / "+"] 1*9digit;
    // by-mode
    // = "N" / "R"; by-trace = "T"
    private static DeliverBy by(String value) throws Refusal {
        int semicolon = value.indexOf(';');
        if (semicolon < 0) throw new Refusal(Reply.BAD_SYNTAX);
        boolean signed = value.charAt(0) == '-' || value.charAt(0) == '+';
        String number = value.substring(signed ? 1 : 0, semicolon);
        digits(number, 9);
        long seconds = value.charAt(0) == '-' ? -Long.parseLong(number) : Long.parseLong(number);
        String rest = value.substring(semicolon + 1).toUpperCase(Locale.ROOT);
        boolean trace = rest.length() == 2 && rest.charAt(1) == 'T';
        if (rest.length() != 1 && !trace) throw new Refusal(Reply.BAD_SYNTAX);
        for (var mode : DeliverBy.Mode.values())
            if (rest.charAt(0) == mode.letter) {
                if (mode == DeliverBy.Mode.RETURN && seconds <= 0) // RFC 2852 §4
                throw new Refusal(Reply.BAD_SYNTAX);
                return new DeliverBy(seconds, mode, trace);
            }
        throw new Refusal(Reply.BAD_SYNTAX);
    }

    // RFC 4865 §5: holdfor-param = "HOLDFOR=" future-release-interval; future-release-interval =
    // 1*9DIGIT
    private static Hold holdfor(String value) throws Refusal {
        digits(value, 9);
        return new Hold.For(Long.parseLong(value));
    }

    // RFC 4865 §5: holduntil-param = "HOLDUNTIL=" future-release-date-time, as RFC 3339 has it
    private static Hold holduntil(String value) throws Refusal {
        try {
            var when = OffsetDateTime.parse(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            if (when.getYear() < 1 || when.getYear() > 9999) throw new Refusal(Reply.BAD_SYNTAX);
            return new Hold.Until(Instant.ofEpochSecond(when.toEpochSecond()));
        } catch (DateTimeException none) {
            throw new Refusal(Reply.BAD_SYNTAX);
        }
    }

    // RFC 6710 §7: priority-value = (["-"] NZDIGIT) / "0"
    private static int priority(String value) throws Refusal {
        String number = value.startsWith("-") ? value.substring(1) : value;
        digits(number, 1);
        if (value.equals("-0")) throw new Refusal(Reply.BAD_SYNTAX);
        return Integer.parseInt(value);
    }

    // RFC 3461 §4.1: notify-esmtp-value = "NEVER" / 1#notify-list-element; notify-list-element =
    // "SUCCESS" / "FAILURE" / "DELAY"
    private static Set<Notify> notify(String value) throws Refusal {
        var all = EnumSet.noneOf(Notify.class);
        for (var word : value.split(",", 5)) {
            boolean known = false;
            for (var when : Notify.values())
                if (when.name().equalsIgnoreCase(word)) known = all.add(when);
            if (!known) throw new Refusal(Reply.BAD_SYNTAX);
        }
        if (all.contains(Notify.NEVER) && all.size() > 1) throw new Refusal(Reply.BAD_SYNTAX);
        return all;
    }

    // RFC 3461 §4.2: original-recipient-address = addr-type ";" xtext; RFC 6533 §3: utf-8-type-addr
    // =
    // "utf-8;" utf-8-enc-addr
    private static OriginalRecipient orcpt(String value) throws Refusal {
        int semicolon = value.indexOf(';');
        if (value.length() > LONGEST_ORCPT || semicolon < 1 || semicolon == value.length() - 1)
            throw new Refusal(Reply.BAD_SYNTAX);
        String type = value.substring(0, semicolon).toLowerCase(Locale.ROOT);
        if (!Grammar.isAtom(type)) throw new Refusal(Reply.BAD_SYNTAX);
        String address = value.substring(semicolon + 1);
        return new OriginalRecipient(
                type, isUtf8(type) ? Xtext.readUnitext(address) : printable(Xtext.read(address)));
    }

    private static boolean isUtf8(String type) {
        return type.equals(Xtext.UTF8);
    }

    /// RFC 3461 §4.2, §4.4: it will stand in a report.
    private static String printable(String text) throws Refusal {
        if (text.isBlank() || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f))
            throw new Refusal(Reply.BAD_SYNTAX);
        return text;
    }

    private static void digits(String value, int most) throws Refusal {
        if (value.isEmpty() || value.length() > most || !value.chars().allMatch(Grammar::isDigit))
            throw new Refusal(Reply.BAD_SYNTAX);
    }
}
