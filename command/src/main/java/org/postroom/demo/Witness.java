package org.postroom.demo;

import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Tap;
import org.postroom.wire.Transcript;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Hears both ends of every conversation of a scenario, prints the client's end as it happens, counts
/// the conversations that went over TCP, and says whether the two ends agree.
final class Witness {

    private final Stage stage;
    private final List<Recording> clients = new ArrayList<>();
    private final List<Recording> servers = new ArrayList<>();
    private final Map<Kind, Integer> overTcp = new EnumMap<>(Kind.class);

    /// What a conversation is for.
    enum Kind {
        TRANSFER,
        ACCESS,
        FILES
    }

    Witness(Stage stage) {
        this.stage = stage;
    }

    /// Begins a new scenario: forgets the last.
    synchronized void begin() {
        clients.clear();
        servers.clear();
        overTcp.clear();
    }

    /// Listens at a server: to who comes, and to the calls it makes itself.
    void attend(House house, String hop) {
        house.taps().listen(_ -> server());
        house.taps().listenToCalls(to -> client(Kind.TRANSFER, hop, to));
    }

    private synchronized Tap server() {
        var recording = new Recording();
        servers.add(recording);
        return recording;
    }

    /// The tap of an agent's or a server's call.
    ///
    /// @param hop who calls whom, for the printing
    synchronized Tap client(Kind kind, String hop, SocketAddress to) {
        if (!(to instanceof UnixDomainSocketAddress)) overTcp.merge(kind, 1, Integer::sum);
        var recording = new Recording();
        clients.add(recording);
        return Tap.all(List.of(recording, Transcript.ofClient(stage.conversation(kind, hop))));
    }

    synchronized int overTcp(Kind kind) {
        return overTcp.getOrDefault(kind, 0);
    }

    /// Whether each client's recording is some server's, turned round, and none is left over.
    synchronized boolean bothEndsAgree() {
        if (clients.size() != servers.size()) return false;
        var left = new ArrayList<>(servers);
        for (var client : clients) {
            var other = left.stream().filter(client::agreesWith).findFirst();
            if (other.isEmpty()) return false;
            left.remove(other.get());
        }
        return true;
    }

    /// The ports that the textbooks' table of servers would show.
    static String name(Port port) {
        return port.title + " " + port.number;
    }
}
