package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.ftp.Type.Form;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What strangers may send on the data connection: any octets, and files with some octets changed, cut or
/// doubled. A decoder tells what it makes of them or refuses; it makes the same of them whatever borders
/// they come in, and not too much. `-Dfuzz.rounds=1000000` goes on for longer.
final class HostileOctetsTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 4_000);

    /// What one octet may become: 63 fillers, 400 inflated ones; and names of events in the record.
    private static final int MOST = 500;

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void f14F16AnyOctetsAreReadOrRefused() throws Refusal { // TRAPS F14, F16
        var all = representations();
        for (int round = 0; round < ROUNDS; round++) {
            var as = all.get(random.nextInt(all.size()));
            var octets = random.nextBoolean() ? anyOctets() : damaged(file(as));
            String whole = told(as, octets, octets.length + 1);
            String pieces = told(as, octets, 1 + random.nextInt(7));
            assertThat(pieces)
                    .as("seed %d, %s, %s", seed, as, Arrays.toString(octets))
                    .isEqualTo(whole);
            if (as.mode() != Mode.DEFLATE)
                assertThat(whole.length()).isLessThanOrEqualTo(MOST * (1 + octets.length));
        }
    }

    private static List<Representation> representations() throws Refusal {
        var all = new ArrayList<Representation>();
        for (var mode : Mode.values()) {
            for (var structure : new Structure[] {Structure.FILE, Structure.RECORD}) {
                all.add(new Representation(new Type.Ascii(Form.NON_PRINT), structure, mode));
                all.add(new Representation(new Type.Ebcdic(Form.NON_PRINT), structure, mode));
                all.add(new Representation(new Type.Image(), structure, mode));
            }
            all.add(new Representation(new Type.Image(), Structure.PAGE, mode));
            all.add(new Representation(new Type.Local(64), Structure.PAGE, mode));
        }
        return all;
    }

    private byte[] anyOctets() {
        var octets = new byte[random.nextInt(60)];
        random.nextBytes(octets);
        // headers and counts are small numbers as a rule
        for (int i = 0; i < octets.length; i++)
            if (random.nextInt(3) > 0)
                octets[i] &= (byte) "\0\u0001\u0004\u00c3".charAt(random.nextInt(4));
        return octets;
    }

    private byte[] file(Representation as) throws Refusal {
        var channel = new Recorded();
        var writer = as.writer(Form.NON_PRINT, channel);
        for (int n = random.nextInt(4); n > 0; n--) {
            var piece = new byte[8 * random.nextInt(12)];
            Arrays.fill(piece, (byte) random.nextInt(256));
            if (as.structure() == Structure.PAGE)
                writer.page(Page.simple(n, piece.length / as.octetsInAByte()));
            writer.octets(piece, 0, piece.length);
            if (as.structure() == Structure.RECORD) writer.endOfRecord();
            if (as.hasMarkers() && random.nextBoolean()) writer.marker("m" + n);
        }
        writer.end();
        var octets = channel.octets();
        return Arrays.copyOf(octets, octets.length - 3); // {E} is the connection's
    }

    private byte[] damaged(byte[] octets) {
        var damaged = octets.clone();
        for (int n = random.nextInt(3); n > 0 && damaged.length > 0; n--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(3)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged = Arrays.copyOf(damaged, at);
                default -> damaged = Arrays.copyOf(damaged, damaged.length + random.nextInt(4));
            }
        }
        return damaged;
    }

    /// What was told. Of a file that is refused only that counts: how much of it was told before, and what
    /// was wrong first, depends on the borders.
    private static String told(Representation as, byte[] octets, int border) {
        try {
            return VectorsTest.received(as, octets, border);
        } catch (Refusal refusal) {
            assertThat(refusal.reply().code()).isBetween(400, 599);
            return "refused";
        }
    }
}
