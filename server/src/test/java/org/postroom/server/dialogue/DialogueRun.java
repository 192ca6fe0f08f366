package org.postroom.server.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.postroom.queue.Route;
import org.postroom.server.Port;
import org.postroom.server.Settings.Fetch;
import org.postroom.server.smtp.Fetching;
import org.postroom.smtp.Refusal;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Sayable;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// One transcript being played against a house.
final class DialogueRun {

    private static final Limits PATIENT =
            new Limits(1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(20), 1000, false);

    private final Dialogue dialogue;
    private final TestHouse house;
    private final Port port;
    private final Map<Integer, Wire> sessions = new HashMap<>();
    private final Map<Integer, Port> elsewhere = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private final StringBuilder letter = new StringBuilder();
    private String letterFor = "";
    private final AtomicReference<String> fetched = new AtomicReference<>("");
    private Optional<ServerSocket> listener = Optional.empty();

    DialogueRun(Dialogue dialogue, TestHouse house, Port port) {
        this.dialogue = dialogue;
        this.house = house;
        this.port = port;
    }

    void play() throws Exception {
        Dialogue.Step at = dialogue.steps.get(0);
        try {
            for (var step : dialogue.steps) {
                at = step;
                if (step.kind() != Dialogue.Kind.LETTER_LINE) post();
                play(step);
            }
        } catch (Departure departure) {
            throw new AssertionError(
                    where(at) + ": " + departure.kind() + ", " + departure.getMessage(), departure);
        } finally {
            for (var wire : sessions.values()) wire.abort();
            if (listener.isPresent()) listener.get().close();
        }
    }

    private void play(Dialogue.Step step) throws Exception {
        switch (step.kind()) {
            case SETUP -> setUp(step);
            case LETTER_LINE -> letter.append(step.text()).append("\r\n");
            case SAY -> say(step, saying -> saying.utf8(fill(step.text())).crlf());
            case SAY_RAW -> say(step, saying -> saying.octets(unescape(fill(step.text()))));
            case HEAR -> {
                String line = hear(step);
                if (!fits(step.text(), line)) throw differs(step, line);
            }
            case HEAR_EXACTLY -> {
                String line = hear(step);
                if (!fill(step.text()).equals(line)) throw differs(step, line);
            }
            case HEAR_RAW -> hearRaw(step);
            case HEAR_SOMETIME -> {
                String line = hear(step);
                for (int i = 0; i < 10_000 && !fits(step.text(), line); i++) line = hear(step);
            }
            case EVENT -> happen(step);
            case AGAIN -> {
                for (var wire : sessions.values()) wire.abort();
                sessions.clear();
            }
        }
    }

    private void setUp(Dialogue.Step step) throws Exception {
        var words = step.text().split("\\s+", -1);
        switch (words[0]) {
            case "account" -> {
                house.account(words[1]);
                if (words.length > 2) house.fill(words[1], Integer.parseInt(words[3]));
            }
            case "alias" -> {
                var sides = step.text().substring("alias".length()).split("=", 2);
                house.alias(sides[0].strip(), sides[1].strip().split("\\s*,\\s*", -1));
            }
            case "list", "closed-list" -> {
                var sides = step.text().substring(words[0].length()).split("=", 2);
                house.list(
                        words[1],
                        words[3],
                        words[0].startsWith("closed"),
                        sides[1].strip().split("\\s*,\\s*", -1));
            }
            case "moved", "forwarded" ->
                    house.move(words[1], words[3], words[0].equals("forwarded"));
            case "domain" -> house.house.store().directory().addDomain(words[1], words[3]);
            case "app-password" -> kept.put("app", house.appPassword(words[1]));
            case "second-factor" -> kept.put("code", house.secondFactor(words[1]));
            case "letter" -> letterFor = words[2];
            case "removal" -> house.remove(words[2]);
            case "administrator" -> house.appoint(words[1]);
            case "letters" -> house.find(words[1]).limitMessages(Long.parseLong(words[2]));
            case "quota" -> house.find(words[1]).limit(Long.parseLong(words[2]));
            case "session" ->
                    elsewhere.put(
                            Integer.parseInt(words[1]),
                            Port.valueOf(words[3].toUpperCase(Locale.ROOT)));
            case "setting" -> house.set(words[1], words[2]);
            case "collected" -> house.collected(words[1], words[3]);
            default -> throw new IOException(where(step) + ": no such setup");
        }
    }

    private void post() throws Exception {
        if (letter.isEmpty()) return;
        house.deliver(letterFor, letter.toString());
        letter.setLength(0);
    }

    private void say(Dialogue.Step step, Sayable sayable) throws Departure {
        wire(step).say(sayable);
    }

    private void hearRaw(Dialogue.Step step) throws Departure {
        flush();
        var expected = unescape(fill(step.text()));
        var heard = new java.io.ByteArrayOutputStream();
        wire(step).counted(expected.length, heard::write);
        if (!java.util.Arrays.equals(expected, heard.toByteArray()))
            throw differs(step, heard.toString(StandardCharsets.ISO_8859_1));
    }

    /// What was said in another session may be what this one waits for.
    private void flush() throws Departure {
        for (var wire : sessions.values()) wire.flush();
    }

    private String hear(Dialogue.Step step) throws Departure {
        flush();
        String octets = wire(step).line().text();
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void happen(Dialogue.Step step) throws Exception {
        switch (step.text()) {
            case "the client hangs up" -> {
                wire(step).flush();
                wire(step).abort();
                sessions.remove(step.session());
            }
            case "the server hangs up" -> {
                try {
                    String more = hear(step);
                    throw new AssertionError(where(step) + ": it said " + more);
                } catch (Departure departure) {
                    if (departure.kind() != Departure.Kind.GONE) throw departure;
                }
            }
            case "the queue is empty" -> await().until(() -> house.house.queue().waiting() == 0);
            case "the house is empty" -> await().until(() -> house.house.gate().size() == 0);
            case "TLS begins" -> wire(step).secure(Tls.opportunistic(), "localhost");
            case "nothing comes" -> {
                wire(step).flush();
                if (wire(step).hasMore()) throw new AssertionError(where(step) + ": it said more");
            }
            case "the client ends" -> wire(step).endOutput();
            case "the client listens" -> listen();
            case "the server connects" ->
                    sessions.put(
                            step.session(),
                            Wire.over(listener.orElseThrow().accept(), PATIENT, Tap.NONE));
            case "the server fetches by ATRN" -> fetch(Fetch.Way.ATRN);
            case "the server fetches by TURN" -> fetch(Fetch.Way.TURN);
            case "the server fetches by ETRN" -> fetch(Fetch.Way.ETRN);
            default -> {
                String outcome = "the other server ";
                if (step.text().startsWith(outcome)) {
                    flush();
                    String expected = "127.0.0.1 " + step.text().substring(outcome.length()) + ".";
                    await().untilAsserted(() -> assertThat(fetched.get()).isEqualTo(expected));
                    return;
                }
                String start = "the client connects to ";
                if (!step.text().startsWith(start))
                    throw new IOException(where(step) + ": no such event");
                int at = Integer.parseInt(fill(step.text().substring(start.length())));
                sessions.put(step.session(), connect(new InetSocketAddress(loopback(), at)));
            }
        }
    }

    /// Asks whoever listens for what waits for `example.org` there.
    private void fetch(Fetch.Way way) {
        int at = listener.orElseThrow().getLocalPort();
        var route =
                new Route(
                        "*",
                        Optional.of("127.0.0.1"),
                        Optional.of(at),
                        Route.Security.OPPORTUNISTIC,
                        Optional.of(new Route.Credentials("customer", TestHouse.PASSWORD)),
                        Optional.empty(),
                        false);
        var fetch = new Fetch(route, way, List.of("example.org"), Optional.empty());
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        fetched.set(Fetching.fetch(house.house, fetch));
                    } catch (Refusal | Departure refused) {
                        fetched.set("127.0.0.1 said " + refused.getMessage() + ".");
                    }
                });
    }

    private void listen() throws IOException {
        if (listener.isPresent()) listener.get().close();
        var socket = new ServerSocket(0, 1, loopback());
        socket.setSoTimeout(20_000);
        listener = Optional.of(socket);
        int at = socket.getLocalPort();
        kept.put("port", Integer.toString(at));
        kept.put("p1", Integer.toString(at >> 8));
        kept.put("p2", Integer.toString(at & 255));
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static Wire connect(InetSocketAddress to) throws Departure {
        return Wire.connect(to, 5000, PATIENT, Tap.NONE);
    }

    private Wire wire(Dialogue.Step step) throws Departure {
        var there = sessions.get(step.session());
        if (there != null) return there;
        var at = elsewhere.getOrDefault(step.session(), port);
        var wire = connect(house.address(at));
        if (at.implicit) wire.secure(Tls.opportunistic(), "localhost");
        sessions.put(step.session(), wire);
        return wire;
    }

    /// Whether the line begins with what is expected, and a word ends where that ends.
    private boolean fits(String expected, String line) {
        var pattern = new StringBuilder();
        var pieces = fill(expected).split("(?<!\\\\)/", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 0) pattern.append(Pattern.quote(pieces[i].replace("\\/", "/")));
            else pattern.append("(?:").append(pieces[i].replace("\\/", "/")).append(")");
        }
        pattern.append("(?=$|[ \\-\\]\\[)(,;\"])");
        var matcher = Pattern.compile(pattern.toString()).matcher(line);
        if (!matcher.lookingAt()) return false;
        for (var name : matcher.namedGroups().keySet()) kept.put(name, matcher.group(name));
        return true;
    }

    private String fill(String text) {
        String filled = text;
        for (var entry : kept.entrySet())
            filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
        return filled;
    }

    private static byte[] unescape(String text) {
        var out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case 'x' -> {
                    out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                case '*' -> { // \*1000a: a thousand times a
                    int digits = i + 1;
                    while (Character.isDigit(text.charAt(digits))) digits++;
                    int times = Integer.parseInt(text.substring(i + 1, digits));
                    for (int n = 0; n < times; n++) out.write(text.charAt(digits));
                    i = digits;
                }
                default -> out.write(kind);
            }
        }
        return out.toByteArray();
    }

    private AssertionError differs(Dialogue.Step step, String line) {
        return new AssertionError(
                where(step) + "\n  expected S: " + fill(step.text()) + "\n  but was  S: " + line);
    }

    private String where(Dialogue.Step step) {
        return dialogue.file.getFileName() + ":" + step.line();
    }
}
