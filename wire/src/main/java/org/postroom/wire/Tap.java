package org.postroom.wire;

import java.util.List;

/// Hears a conversation from one end: what the peer says and what we say, octet for octet, secrets
/// blanked. The taps of the two ends agree in each direction.
///
/// Called by the threads of the conversation, never by two at once for one direction; it must be
/// quick and must not throw.
public interface Tap {

    /// A tap that hears nothing.
    Tap NONE =
            new Tap() {
                @Override
                public void heard(byte[] octets, int offset, int length) {}

                @Override
                public void said(byte[] octets, int offset, int length) {}

                @Override
                public void noted(String what) {}
            };

    /// What came from the peer.
    void heard(byte[] octets, int offset, int length);

    /// What was said to the peer.
    void said(byte[] octets, int offset, int length);

    /// What both know without a word of it in the stream: TLS began, the line closed.
    void noted(String what);

    /// What hears a connection on which nothing is said but data that are no text: this tap, unless it
    /// has better to do than to keep them.
    default Tap ofData() {
        return this;
    }

    /// Several taps as one.
    static Tap all(List<Tap> taps) {
        if (taps.isEmpty()) return NONE;
        if (taps.size() == 1) return taps.get(0);
        return new Tap() {
            @Override
            public void heard(byte[] octets, int offset, int length) {
                for (var tap : taps) tap.heard(octets, offset, length);
            }

            @Override
            public void said(byte[] octets, int offset, int length) {
                for (var tap : taps) tap.said(octets, offset, length);
            }

            @Override
            public void noted(String what) {
                for (var tap : taps) tap.noted(what);
            }

            @Override
            public Tap ofData() {
                return all(taps.stream().map(Tap::ofData).toList());
            }
        };
    }
}
