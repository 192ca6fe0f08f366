package org.postroom.smtp;

/// What stands between the brackets of an address literal (RFC 5321 §4.1.3).
final class Literals {

    private static final String IPV6 = "IPv6:";

    private Literals() {}

    static boolean isLiteral(String text) {
        if (text.regionMatches(true, 0, IPV6, 0, IPV6.length()))
            return isIpv6(text.substring(IPV6.length()));
        return isIpv4(text) || isGeneral(text);
    }

    // RFC 5321 §4.1.3: IPv4-address-literal = Snum 3("." Snum); Snum = 1*3DIGIT
    private static boolean isIpv4(String text) {
        var numbers = text.split("\\.", -1);
        if (numbers.length != 4) return false;
        for (var number : numbers)
            if (number.isEmpty()
                    || number.length() > 3
                    || !number.chars().allMatch(Grammar::isDigit)
                    || Integer.parseInt(number) > 255) return false;
        return true;
    }

    // RFC 5321 §4.1.3: IPv6-addr = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) return groups(text, true) == 8;
        String left = text.substring(0, gap);
        String right = text.substring(gap + 2);
        int before = left.isEmpty() ? 0 : groups(left, false);
        int after = right.isEmpty() ? 0 : groups(right, true);
        return before >= 0 && after >= 0 && before + after <= 6;
    }

    /// How many groups of 16 bits, an IPv4 address at the end being two; a negative number when one of
    /// them is none.
    private static int groups(String text, boolean mayEndInIpv4) {
        int count = 0;
        var groups = text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            if (mayEndInIpv4 && i == groups.length - 1 && isIpv4(groups[i])) return count + 2;
            if (groups[i].isEmpty()
                    || groups[i].length() > 4
                    || !groups[i].chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80))
                return -1;
            count++;
        }
        return count;
    }

    // RFC 5321 §4.1.3: General-address-literal = Standardized-tag ":" 1*dcontent; dcontent =
    // %d33-90 /
    // %d94-126
    private static boolean isGeneral(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) return false;
        String tag = text.substring(0, colon);
        return tag.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'))
                && !tag.endsWith("-")
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '[' && c != '\\');
    }
}
