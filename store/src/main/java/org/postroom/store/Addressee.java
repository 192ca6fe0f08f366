package org.postroom.store;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;

import org.postroom.store.Refused.Reason;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/// Who a letter is for, or who signs in, in the one form that is compared and stored: the local part
/// case-folded in NFC (DECISIONS, Directory), the domain as lower-case A-labels.
///
/// @param localPart without quotes; never empty
/// @param domain an A-label domain or a domain literal
public record Addressee(String localPart, String domain) implements Comparable<Addressee> {

    private static final int LOCAL_OCTETS = 255;
    private static final int DOMAIN_OCTETS = 255; // RFC 5321 §4.5.3.1.2
    private static final int IDNA_OPTIONS =
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI;

    /// @throws Refused BAD_ADDRESS
    public static Addressee of(String address) throws Refused {
        int at = address.lastIndexOf('@');
        if (at < 0) throw new Refused(Reason.BAD_ADDRESS);
        return of(address.substring(0, at), address.substring(at + 1));
    }

    /// From the parts that a grammar found, quoting already undone.
    ///
    /// @throws Refused BAD_ADDRESS
    public static Addressee of(String localPart, String domain) throws Refused {
        return new Addressee(local(localPart), domain(domain));
    }

    private static String local(String text) throws Refused {
        String local =
                isAscii(text)
                        ? text.toLowerCase(Locale.ROOT)
                        : nfc(UCharacter.foldCase(nfc(text), true));
        if (local.isEmpty()
                || local.codePoints().anyMatch(Addressee::isControl)
                || local.getBytes(StandardCharsets.UTF_8).length > LOCAL_OCTETS)
            throw new Refused(Reason.BAD_ADDRESS);
        return local;
    }

    /// A domain's A-labels, or a domain literal as it is, in lower case.
    ///
    /// @throws Refused BAD_ADDRESS
    static String domain(String text) throws Refused {
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String domain = isAscii(plain) ? plain.toLowerCase(Locale.ROOT) : ascii(plain);
        if (domain.length() > DOMAIN_OCTETS || !(isLiteral(domain) || isName(domain)))
            throw new Refused(Reason.BAD_ADDRESS);
        return domain;
    }

    private static String ascii(String text) throws Refused {
        var info = new IDNA.Info();
        var ascii =
                IDNA.getUTS46Instance(IDNA_OPTIONS).nameToASCII(text, new StringBuilder(), info);
        if (info.hasErrors()) throw new Refused(Reason.BAD_ADDRESS);
        return ascii.toString();
    }

    private static boolean isLiteral(String domain) {
        return domain.startsWith("[") && domain.endsWith("]") && domain.indexOf(' ') < 0;
    }

    private static boolean isName(String domain) {
        if (domain.isEmpty() || domain.startsWith(".") || domain.contains("..")) return false;
        return domain.chars()
                .allMatch(c ->
                        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isControl(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    private static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// For people: the domain in its own script.
    public String shown() {
        if (!domain.contains("xn--")) return toString();
        var info = new IDNA.Info();
        var unicode =
                IDNA.getUTS46Instance(IDNA_OPTIONS)
                        .nameToUnicode(domain, new StringBuilder(), info);
        return info.hasErrors() ? toString() : localPart + "@" + unicode;
    }

    /// The same person's name without what followed `+`; itself if there is no tag.
    Addressee untagged() {
        int plus = localPart.indexOf('+');
        return plus > 0 ? new Addressee(localPart.substring(0, plus), domain) : this;
    }

    String tag() {
        int plus = localPart.indexOf('+');
        return plus > 0 ? localPart.substring(plus + 1) : "";
    }

    @Override
    public int compareTo(Addressee other) {
        int order = domain.compareTo(other.domain);
        return order != 0 ? order : localPart.compareTo(other.localPart);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
