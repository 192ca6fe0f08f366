package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SayingTest {

    // it doubled until the double was negative, and then grew by a copy of all for each octet
    @Test
    void whatIsPutTogetherIsBounded() {
        var saying = new Saying();
        var some = new byte[15 << 20];
        for (int i = 0; i < 4; i++) saying.octets(some);
        assertThatThrownBy(() -> saying.octets(some)).isInstanceOf(Fault.class);
        assertThat(saying.length()).isEqualTo(60 << 20);
    }
}
