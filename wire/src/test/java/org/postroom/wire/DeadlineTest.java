package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.wire.Both.apart;
import static org.postroom.wire.Both.done;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A peer that says nothing, or reads nothing, over whatever the wire stands on.
class DeadlineTest {

    private static final Duration SOON = Duration.ofMillis(150);
    private static final Duration LATE = Duration.ofSeconds(20);

    enum Ground {
        TCP,
        UNIX,
        TLS
    }

    private static Both open(Ground ground, Duration idle, Duration stalled) throws Exception {
        var limits = new Limits(1000, idle, stalled, 5, true);
        return switch (ground) {
            case TCP -> Both.open(limits, Tap.NONE, Tap.NONE);
            case UNIX -> Both.openUnix(limits);
            case TLS -> {
                var both = Both.openTls(Ends.LIMITS);
                both.server().limits(limits);
                yield both;
            }
        };
    }

    private static Departure.Kind departure(Both both) {
        try {
            while (true) both.server().line();
        } catch (Departure departure) {
            return departure.kind();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentPeerIsIdleAndHearsTheFarewell(Ground ground) throws Exception {
        try (var both = open(ground, SOON, LATE)) {
            assertThat(departure(both)).isEqualTo(Departure.Kind.IDLE);
            both.server().say(Line.of("421 idle"));
            both.server().close();
            assertThat(both.client().line().text()).isEqualTo("421 idle");
            assertThatThrownBy(both.client()::line).isInstanceOf(Departure.class);
            assertThat(both.client().endedCleanly()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatStopsWithinABodyIsIdle(Ground ground) throws Exception {
        try (var both = open(ground, SOON, LATE)) {
            both.client().say(saying -> saying.octets("half a body"));
            both.client().flush();
            assertThatThrownBy(() -> both.server().dotted(new Ends.Kept()))
                    .isInstanceOf(Departure.class)
                    .extracting(e -> ((Departure) e).kind())
                    .isEqualTo(Departure.Kind.IDLE);
            assertThat(both.server().endedCleanly()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void drainingEndsTheWaitAndTheFarewellIsHeard(Ground ground) throws Exception {
        try (var both = open(ground, LATE, LATE)) {
            both.client().say(Line.of("NOOP"));
            both.client().flush();
            assertThat(both.server().line().text()).isEqualTo("NOOP");
            var waiting = apart(() -> departure(both));
            both.server().drain();
            assertThat(done(waiting)).isEqualTo(Departure.Kind.DRAINING);
            both.server().say(Line.of("421 draining"));
            both.server().close();
            assertThat(both.client().line().text()).isEqualTo("421 draining");
        }
    }

    @ParameterizedTest
    @EnumSource
    void drainingLetsABodyUnderWayFinish(Ground ground) throws Exception {
        try (var both = open(ground, LATE, LATE)) {
            both.client().say(saying -> saying.octets("half, "));
            both.client().flush();
            var kept = new Ends.Kept();
            var hearing =
                    apart(() -> {
                        both.server().dotted(kept);
                        return kept.text();
                    });
            both.server().drain();
            both.client().say(saying -> saying.octets("and whole").crlf().octets(".").crlf());
            both.client().flush();
            assertThat(done(hearing)).isEqualTo("half, and whole\r\n");
            assertThat(departure(both)).isEqualTo(Departure.Kind.DRAINING);
        }
    }

    /// A body without an end, of which is counted how much was asked for.
    private static final class Endless extends InputStream {
        final AtomicLong asked = new AtomicLong();

        @Override
        public int read() {
            asked.incrementAndGet();
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            asked.addAndGet(length);
            return length;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatReadsNothingIsCutOffAndNothingPilesUp(Ground ground) throws Exception {
        try (var both = open(ground, LATE, SOON)) {
            var body = new Endless();
            assertThatThrownBy(() -> both.server().dotted(body))
                    .isInstanceOf(Departure.class)
                    .extracting(e -> ((Departure) e).kind())
                    .isEqualTo(Departure.Kind.GONE);
            assertThat(body.asked.get()).isLessThan(64_000_000); // what the system's buffers hold
            assertThat(both.server().room()).isLessThan(64 * 1024);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondThreadListensWhileTheFirstSpeaks(Ground ground) throws Exception {
        try (var both = open(ground, LATE, LATE)) {
            var heard = apart(() -> both.server().overhear().text());
            for (int i = 0; i < 50; i++) {
                both.server().say(Line.of("* " + i + " EXISTS"));
                both.server().flush();
            }
            for (int i = 0; i < 50; i++)
                assertThat(both.client().line().text()).isEqualTo("* " + i + " EXISTS");
            both.client().say(Line.of("DONE"));
            both.client().flush();
            assertThat(done(heard)).isEqualTo("DONE");
        }
    }

    @Test
    void aLineThatComesOctetByOctetHasOneDeadline() throws Exception {
        try (var both = open(Ground.TCP, Duration.ofMillis(400), LATE)) {
            var ended = apart(() -> departure(both));
            for (int octets = 0; !ended.isDone() && octets < 1000; octets++) {
                both.client().say(saying -> saying.octets("x"));
                both.client().flush();
                Thread.sleep(10);
            }
            assertThat(done(ended)).isEqualTo(Departure.Kind.IDLE);
        }
    }
}
