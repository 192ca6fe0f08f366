package org.postroom.server.smtp;

import org.postroom.sasl.Mechanism;
import org.postroom.server.Door;
import org.postroom.smtp.Extension;
import org.postroom.smtp.Extensions;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.wire.Wire;

import java.util.EnumMap;
import java.util.Set;

/// What this server can do for who is calling, as EHLO announces it: nothing that does not work here
/// and now, and nothing works that is not announced.
final class Offers {

    private final Service service;
    private final Wire wire;
    private final Door door;

    Offers(Service service, Wire wire, Door door) {
        this.service = service;
        this.wire = wire;
        this.door = door;
    }

    /// @param mostOctets the largest letter that is taken; 0 for no bound
    Extensions to(boolean signedIn, long mostOctets) {
        var offers = new EnumMap<Extension, String>(Extension.class);
        offers.put(Extension.PIPELINING, "");
        offers.put(Extension.SIZE, Long.toString(mostOctets));
        offers.put(Extension.EIGHT_BIT_MIME, "");
        offers.put(Extension.ENHANCED_STATUS_CODES, "");
        offers.put(Extension.HELP, "");
        if (!wire.isSecured()) offers.put(Extension.STARTTLS, "");
        if (service == Service.SUBMISSION && !signedIn) {
            var mechanisms = door.mechanisms().stream();
            var names = mechanisms.map((Mechanism mechanism) -> mechanism.saslName).toList();
            if (!names.isEmpty()) offers.put(Extension.AUTH, String.join(" ", names));
        }
        if (signedIn) { // RFC 5321 §3.5.2
            offers.put(Extension.VRFY, "");
            offers.put(Extension.EXPN, "");
        }
        return new Extensions(offers);
    }

    /// A client that only said HELO may use what EHLO would have told it.
    ///
    /// @param needs what the parameters of a command belong to
    /// @throws Refusal 555, when something of it is not offered (RFC 5321 §4.1.1.11)
    void demand(Set<Extension> needs, boolean signedIn) throws Refusal {
        if (!to(signedIn, 0).offers().keySet().containsAll(needs))
            throw new Refusal(Reply.UNKNOWN_PARAMETER);
    }
}
