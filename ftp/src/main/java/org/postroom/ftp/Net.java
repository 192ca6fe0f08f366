package org.postroom.ftp;

import java.net.Inet4Address;
import java.net.InetAddress;

/// The network protocols of EPRT and EPSV, by their address family number (RFC 2428 §2).
public enum Net {
    IPV4(1),
    IPV6(2);

    public final int number;

    Net(int number) {
        this.number = number;
    }

    public static Net of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }
}
