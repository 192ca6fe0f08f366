package org.postroom.server.jmap;

import org.postroom.jmap.DataType;
import org.postroom.jmap.Json;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.store.Account;
import org.postroom.store.Kind;
import org.postroom.store.News;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An account's changes as they happen, told to one client (RFC 8620 §7.3): states of types, whenever one is
/// another. What happens while the client does not read is told at once when it does.
public final class Events {

    /// Nobody in between takes the line for dead.
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(25);

    private static final Duration LEAST_PING = Duration.ofSeconds(5);

    private final House house;
    private final Account account;
    private final String accountId;
    private final Set<String> types;
    private final boolean once;
    private final Duration ping;

    /// @param types of which the client wants to hear; `*` for all
    /// @param once whether it is over after the first change
    /// @param ping how often the client wants to hear that we are there; zero for never
    /// @throws Refused NO_SUCH_ACCOUNT
    public Events(House house, Admitted who, Set<String> types, boolean once, Duration ping)
            throws Refused {
        this.house = house;
        this.account = house.store().account(who.account());
        this.accountId = Visit.accountId(who);
        this.types = Set.copyOf(types);
        this.once = once;
        this.ping = ping.isZero() ? ping : ping.compareTo(LEAST_PING) < 0 ? LEAST_PING : ping;
    }

    /// Writes until the client is gone, or has heard enough.
    ///
    /// @param last the id of the last event that the client heard, if it was here before
    /// @throws IOException it is gone
    public void write(OutputStream out, Optional<String> last) throws IOException {
        try (var following = house.store().watch().follow(account.id())) {
            var told = states();
            if (last.isPresent() && !last.get().equals(id(told))) {
                say(out, told, told);
                if (once) return;
            } else comment(out);
            long nextPing = System.nanoTime() + ping.toNanos();
            while (!account.isRemoved()) {
                var wait = ping.isZero() ? SIGN_OF_LIFE : least(SIGN_OF_LIFE, nextPing);
                News news = following.take(wait);
                if (!news.isEmpty()) {
                    var now = states();
                    var changed = new LinkedHashMap<>(now);
                    changed.entrySet().removeAll(told.entrySet());
                    told = now;
                    if (!changed.isEmpty()) {
                        say(out, changed, now);
                        if (once) return;
                    }
                } else if (!ping.isZero() && System.nanoTime() - nextPing >= 0) {
                    event(out, "ping", "", Json.object().put("interval", ping.toSeconds()));
                    nextPing = System.nanoTime() + ping.toNanos();
                } else comment(out);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration least(Duration wait, long nextPing) {
        var left = Duration.ofNanos(Math.max(1, nextPing - System.nanoTime()));
        return left.compareTo(wait) < 0 ? left : wait;
    }

    private Map<String, String> states() {
        var states = account.states();
        var all = new LinkedHashMap<String, String>();
        for (var kind : Kind.values()) {
            String type = type(kind).label;
            if (types.contains("*") || types.contains(type))
                all.put(type, new State(states.epoch(), states.of(kind)).text());
        }
        return all;
    }

    private static DataType type(Kind kind) {
        return switch (kind) {
            case EMAIL -> DataType.EMAIL;
            case MAILBOX -> DataType.MAILBOX;
            case THREAD -> DataType.THREAD;
            case IDENTITY -> DataType.IDENTITY;
            case SUBMISSION -> DataType.EMAIL_SUBMISSION;
            case VACATION -> DataType.VACATION_RESPONSE;
            case ADDRESS_BOOK -> DataType.ADDRESS_BOOK;
            case CARD -> DataType.CONTACT_CARD;
        };
    }

    private static String id(Map<String, String> states) {
        return String.join("_", states.values());
    }

    // RFC 8620 §7.1: a StateChange object
    private void say(OutputStream out, Map<String, String> changed, Map<String, String> now)
            throws IOException {
        var json = Json.object().put("@type", "StateChange");
        var states = json.putObject("changed").putObject(accountId);
        changed.forEach(states::put);
        event(out, "state", id(now), json);
    }

    private static void event(OutputStream out, String name, String id, ObjectNode data)
            throws IOException {
        var text = new StringBuilder("event: ").append(name).append('\n');
        if (!id.isEmpty()) text.append("id: ").append(id).append('\n');
        write(out, text.append("data: ").append(data).append("\n\n").toString());
    }

    private static void comment(OutputStream out) throws IOException {
        write(out, ":\n\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
