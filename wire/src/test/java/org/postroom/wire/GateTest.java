package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;

class GateTest {

    // who has one address of IPv6 has 2^64 of them
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, TOO_MANY_FROM_THERE",
        "2001:db8:1:2::1, 2001:db8:1:3::1, COME_IN",
        "192.0.2.1, 192.0.2.1, TOO_MANY_FROM_THERE",
        "192.0.2.1, 192.0.2.2, COME_IN",
    })
    void callersAreCountedByNetwork(String one, String other, Gate.Answer answer) throws Exception {
        var gate = new Gate(10, 1, _ -> false);
        gate.enter(new InetSocketAddress(InetAddress.getByName(one), 1));
        assertThat(gate.enter(new InetSocketAddress(InetAddress.getByName(other), 2)))
                .isEqualTo(answer);
    }
}
