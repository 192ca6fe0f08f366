package org.postroom.mime.compose;

import org.postroom.mime.Parameter;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/// What a message takes from outside: the time, and ids that never come twice.
///
/// @param zone whose clock the Date shows; UTC tells nobody where the author sits
/// @param ids letters and digits, and as many of them that nobody can guess the next
/// @param domain the right side of message-ids
public record Composer(InstantSource clock, ZoneId zone, Supplier<String> ids, String domain) {

    private static final int RANDOM_OCTETS = 12;

    public Composer {
        if (!Clean.isWord(domain) || domain.isEmpty())
            throw new IllegalArgumentException("domain: " + domain);
    }

    /// The system's clock, and ids from its source of randomness.
    public static Composer of(ZoneId zone, String domain) {
        var random = new SecureRandom();
        return new Composer(InstantSource.system(), zone, () -> next(random), domain);
    }

    private static String next(SecureRandom random) {
        byte[] octets = new byte[RANDOM_OCTETS];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    OffsetDateTime now() {
        return clock.instant().atZone(zone).toOffsetDateTime();
    }

    /// A message-id or content-id without its brackets (RFC 5322 §3.6.4).
    public String id() {
        return ids.get() + "@" + domain;
    }

    /// A boundary. `=_` stands in no line of base64 or quoted-printable (RFC 2045 §6.7), and a text
    /// that has it at a line's beginning is encoded; in messages within, nobody can guess the rest.
    public String boundary() {
        return "=_" + ids.get();
    }

    /// Parts in a row under a new boundary.
    public Entity.Multipart multipart(String subtype, List<? extends Entity> parts) {
        return multipart(subtype, List.of(), parts);
    }

    /// The same with parameters: `report-type` of a report (RFC 6522 §3), `protocol` of what is signed
    /// or encrypted (RFC 1847 §2).
    public Entity.Multipart multipart(
            String subtype, List<Parameter> parameters, List<? extends Entity> parts) {
        return new Entity.Multipart(subtype, parameters, boundary(), List.copyOf(parts));
    }
}
