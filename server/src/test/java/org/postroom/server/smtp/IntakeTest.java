package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Refusal;
import org.postroom.store.MessageDraft;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

class IntakeTest {

    private static final String[] PIECES = {
        "Subject: x\r\n",
        " folded\r\n",
        "\n",
        "\r\n",
        "Received: y\n",
        "no field",
        ": ",
        "From a\r\n",
        "Date: z\r\n",
        "\tx",
        "A :b\r\n",
        "From ",
        "text\r\n",
        "."
    };

    @Test
    void itDoesNotMatterInWhichPiecesALetterComes() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var house = new TestHouse()) {
            for (int round = 0; round < 300; round++) {
                var letter = new StringBuilder();
                for (int i = random.nextInt(12); i >= 0; i--)
                    letter.append(PIECES[random.nextInt(PIECES.length)]);
                letter.append("\r\n");
                String whole = taken(house, letter.toString(), 1 << 16);
                assertThat(taken(house, letter.toString(), 1 + random.nextInt(5)))
                        .as("seed %d, letter %s", seed, letter)
                        .isEqualTo(whole);
                assertThat(whole)
                        .as("seed %d, letter %s", seed, letter)
                        .isEqualTo("Added: 1\r\n" + letter.toString().replaceAll("\r?\n", "\r\n"));
            }
        }
    }

    @Test
    void anEmptyLetterIsALetter() throws Exception {
        try (var house = new TestHouse()) {
            assertThat(taken(house, "", 1)).isEqualTo("Added: 1\r\n");
        }
    }

    @Test
    void aBareCrIsFoundAcrossPieces() throws Exception {
        try (var house = new TestHouse()) {
            for (var letter : new String[] {"a\rb\r\n", "\r", "\r\r\n", "x\r\n\r"})
                for (int size = 1; size < 4; size++) {
                    int pieces = size;
                    assertThatThrownBy(() -> taken(house, letter, pieces))
                            .isInstanceOf(Refusal.class);
                }
        }
    }

    private static String taken(TestHouse house, String letter, int size) throws Exception {
        try (MessageDraft draft = house.house.store().draft()) {
            byte[] added = "Added: 1\r\n".getBytes(StandardCharsets.US_ASCII);
            var intake = new Intake(draft, 0, false, _ -> new Intake.Changes(added, List.of()));
            byte[] octets = letter.getBytes(StandardCharsets.US_ASCII);
            for (int at = 0; at < octets.length; at += size)
                intake.write(octets, at, Math.min(size, octets.length - at));
            intake.finish();
            try (var stream = draft.read()) {
                return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            }
        }
    }
}
