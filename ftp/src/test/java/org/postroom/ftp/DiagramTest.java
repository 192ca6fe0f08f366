package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.ftp.Diagram.State;

final class DiagramTest {

    @Test // RFC 959 §6
    void repliesLeadWhereTheDiagramsSay() {
        for (var diagram : Diagram.values()) {
            assertThat(diagram.after(Reply.of(150, ""))).isEqualTo(State.WAIT);
            assertThat(diagram.after(Reply.of(226, ""))).isEqualTo(State.SUCCESS);
            assertThat(diagram.after(Reply.of(426, ""))).isEqualTo(State.FAILURE);
            assertThat(diagram.after(Reply.of(550, ""))).isEqualTo(State.ERROR);
        }
        assertThat(Diagram.of(new Command.Rnfr("a")).after(Reply.of(350, "")))
                .isEqualTo(State.MORE);
        assertThat(Diagram.of(new Command.Noop()).after(Reply.of(350, ""))).isEqualTo(State.ERROR);
        assertThat(Diagram.of(new Command.Retr("a")).after(Reply.of(331, "")))
                .isEqualTo(State.ERROR);
    }
}
