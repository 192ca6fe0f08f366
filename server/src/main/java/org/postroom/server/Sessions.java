package org.postroom.server;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is here: the conversations of all protocols that are going on.
public final class Sessions {

    /// A conversation as an administrator sees it.
    ///
    /// @param id as the log and Received fields have it
    /// @param account empty before sign-in
    /// @param tls its version, or empty in clear text
    /// @param doing what it is at that takes long, or empty
    public record Session(
            String id,
            String protocol,
            String peer,
            String account,
            String tls,
            Instant since,
            String doing) {}

    private final Set<Conversation> running = ConcurrentHashMap.newKeySet();

    void begin(Conversation conversation) {
        running.add(conversation);
    }

    void end(Conversation conversation) {
        running.remove(conversation);
    }

    /// The oldest first.
    public List<Session> list() {
        return running.stream()
                .map(Conversation::shown)
                .sorted(Comparator.comparing(Session::since))
                .toList();
    }

    /// How many there are of an account by a protocol and its TLS form.
    ///
    /// @param protocol as the port without TLS is called
    public long count(String account, String protocol) {
        return running.stream()
                .filter(it -> it.name.equals(account) && it.port.title.startsWith(protocol))
                .count();
    }

    /// Cuts a conversation off, without a word.
    ///
    /// @return false when there is none of that id
    public boolean end(String id) {
        var found = running.stream().filter(it -> it.wire.id().equals(id)).findFirst();
        found.ifPresent(it -> it.wire.abort());
        return found.isPresent();
    }
}
