package org.postroom.store;

/// The inbox as one POP3 session has it (RFC 1939 §4): a snapshot, locked against other POP3 sessions
/// until closed. Marks live here; only [#commit] removes anything.
public final class Maildrop implements AutoCloseable {

    /// What the lock says.
    public sealed interface Door {
        record Opened(Maildrop maildrop) implements Door {}

        /// Another POP3 session has it (RFC 2449 §8.1.2).
        record InUse() implements Door {}
    }

    Maildrop() {}

    /// How many messages there were at sign-in; they are numbered from 1.
    public int size() {
        return Unwritten.yet();
    }

    /// How many are not marked.
    public int count() {
        return Unwritten.yet();
    }

    /// The sizes of those not marked, added.
    public long octets() {
        return Unwritten.yet();
    }

    /// Whether there is a message of this number that is not marked.
    public boolean has(int message) {
        return Unwritten.yet();
    }

    public int octets(int message) {
        return Unwritten.yet();
    }

    /// Unique for as long as the account lives (RFC 1939 §7, UIDL): UIDVALIDITY and UID.
    public String uniqueId(int message) {
        return Unwritten.yet();
    }

    /// @throws Refused NO_SUCH_MESSAGE when another protocol removed it so long ago that it is swept
    public Message message(int message) throws Refused {
        return Unwritten.yet();
    }

    public void mark(int message) {
        Unwritten.<Object>yet();
    }

    public void unmarkAll() {
        Unwritten.<Object>yet();
    }

    /// Removes what is marked, on disk when it returns (RFC 1939 §6).
    public void commit() throws Refused {
        Unwritten.<Object>yet();
    }

    /// Gives the lock back.
    @Override
    public void close() {
        Unwritten.<Object>yet();
    }
}
