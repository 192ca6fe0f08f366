package org.postroom.names;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/// Address literals: a domain that is no name but an address in brackets (RFC 5321 §4.1.3).
public final class Literal {

    private static final String IPV6 = "ipv6:";

    private Literal() {}

    public static boolean is(String domain) {
        return domain.startsWith("[") && domain.endsWith("]");
    }

    // RFC 5321 §4.1.3: address-literal = "[" ( IPv4-address-literal / IPv6-address-literal / … )
    // "]"
    public static Optional<InetAddress> address(String domain) {
        if (!is(domain) || domain.length() < 2) return Optional.empty();
        String inside = domain.substring(1, domain.length() - 1).toLowerCase(Locale.ROOT);
        try {
            if (inside.startsWith(IPV6)) {
                String address = inside.substring(IPV6.length());
                return address.indexOf('%') < 0 // a zone is this machine's affair
                        ? Optional.of(Inet6Address.ofLiteral(address))
                        : Optional.empty();
            }
            return isIpv4(inside) ? Optional.of(Inet4Address.ofLiteral(inside)) : Optional.empty();
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    // RFC 5321 §4.1.3: IPv4-address-literal = Snum 3("." Snum), Snum = 1*3DIGIT
    private static boolean isIpv4(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 4) return false;
        for (var number : numbers)
            if (number.isEmpty()
                    || number.length() > 3
                    || !number.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(number) > 255) return false;
        return true;
    }

    /// An address as a literal.
    public static String of(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet4Address) return "[" + text + "]";
        int zone = text.indexOf('%');
        return "[IPv6:" + (zone < 0 ? text : text.substring(0, zone)) + "]";
    }
}
