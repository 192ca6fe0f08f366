package org.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.names.Resolver;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

class HandoverTest {

    @TempDir Path folder;

    // RFC 2645 §5.3
    @Test
    void whatWaitsForADomainGoesOverTheConversationThatItIsGiven() throws Exception {
        try (var sink = new Sinks("127.1.9.1", Sinks.Kind.LIVING);
                var place = Place.inMemory(folder)) {
            // where everything goes otherwise, nobody is
            var nowhere = Route.to("*", Optional.of("127.1.9.9"), Optional.of(sink.port));
            var queue = place.open(Place.settings(nowhere), Resolver.system(), new Monotone());
            place.accept(
                    queue,
                    Place.LETTER,
                    Place.from(
                            "ann@example.test",
                            Place.to("bob@odd.example"),
                            Place.to("eve@other.example")));
            var to = new InetSocketAddress("127.1.9.1", sink.port);
            var wire = Wire.connect(to, 5_000, Limits.CLIENT, Tap.NONE);
            try (var client = new SmtpClient(wire)) {
                client.hello("here.example");
                var domains = Set.of("odd.example");
                while (sink.recipients.get() == 0)
                    try (var handover = queue.handover(domains).orElseThrow()) {
                        assertThat(queue.handover(domains)).isEmpty(); // to nobody else meanwhile
                        handover.over(client, "odd.example");
                    }
                client.quit();
            }
            assertThat(sink.recipients.get()).isEqualTo(1);
            assertThat(queue.desk().list(Optional.empty(), 10))
                    .singleElement()
                    .extracting(entry -> entry.recipients().getFirst().to())
                    .isEqualTo("eve@other.example");
        }
    }
}
