package org.postroom.wire;

import java.net.InetAddress;
import java.util.Optional;

/// Addresses that begin alike: `192.0.2.0/24`, `2001:db8::/32`, or one address alone.
///
/// @param bits how many of the first bits count
public record Network(InetAddress address, int bits) {

    public static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int most = address.getAddress().length * 8;
            String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
            return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most
                    ? Optional.of(new Network(address, Integer.parseInt(bits)))
                    : Optional.empty();
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) return false;
        for (int bit = 0; bit < bits; bit++)
            if (((ours[bit / 8] ^ theirs[bit / 8]) & 0x80 >> bit % 8) != 0) return false;
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
