package org.postroom.wire;

import java.time.Duration;

/// What a wire allows its peer.
///
/// @param line the longest line in octets, its end included
/// @param idle how long the peer may say nothing
/// @param stalled how long the peer may read nothing of what is being said to it
/// @param refusals after so many refused commands in a row the conversation ends
/// @param bareLf whether a line may end in LF alone (a Tolerance of the protocol)
public record Limits(int line, Duration idle, Duration stalled, int refusals, boolean bareLf) {

    /// For the client's side of any protocol: servers are believed a little longer.
    public static final Limits CLIENT =
            new Limits(
                    64 * 1024,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Integer.MAX_VALUE,
                    true);

    public Limits withIdle(Duration other) {
        return new Limits(line, other, stalled, refusals, bareLf);
    }

    public Limits withLine(int other) {
        return new Limits(other, idle, stalled, refusals, bareLf);
    }
}
