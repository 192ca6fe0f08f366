package org.postroom.server.smtp;

import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.server.Settings.Fetch;
import org.postroom.smtp.Command;
import org.postroom.smtp.Command.Etrn.Scope;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

/// The other end of [Collecting]: calls the server where letters of ours wait, asks for them, and takes
/// them, by the same connection on which it is the server then, or by those that ETRN brings.
public final class Fetching {

    private static final String NO_MAIL = "has no mail for us";

    private final House house;
    private final Fetch fetch;

    private Fetching(House house, Fetch fetch) {
        this.house = house;
        this.fetch = fetch;
    }

    /// Fetches, and returns when the other server has nothing more to say.
    ///
    /// @return what came of it, in words
    /// @throws Refusal what the other server said, or that it can't be reached
    /// @throws Departure it ended in the middle
    public static String fetch(House house, Fetch fetch) throws Refusal, Departure {
        return fetch.host() + " " + new Fetching(house, fetch).run() + ".";
    }

    private String run() throws Refusal, Departure {
        try (var client = house.queue().call(fetch.from())) {
            return switch (fetch.by()) {
                case ATRN -> turned(client, new Command.Atrn(fetch.domains()));
                case TURN -> turned(client, new Command.Turn());
                case ETRN -> etrn(client);
            };
        }
    }

    private String turned(SmtpClient client, Command command) throws Refusal, Departure {
        try {
            return taken(client.turn(command));
        } catch (Refusal refusal) {
            if (refusal.reply().code() != Reply.NOTHING_WAITS.code()) throw refusal;
            client.quit();
            return NO_MAIL;
        }
    }

    /// The server's part, on a connection that we have opened: what a port 25 is, no more.
    private String taken(Wire wire) {
        wire.limits(Port.SMTP.limits(house.settings().get()));
        var tls = new Tls.Server(house.certificates());
        var conversation = new SmtpConversation(house, Port.SMTP, tls, wire);
        conversation.run();
        int letters = conversation.letters();
        if (letters == 0) return NO_MAIL;
        return "has given us " + letters + (letters == 1 ? " letter" : " letters");
    }

    // RFC 1985 §5.1: 251, 252 and 253 are yeses, too
    private String etrn(SmtpClient client) throws Refusal, Departure {
        Reply last = Reply.NOTHING_DONE;
        for (var domain : fetch.domains()) last = client.ask(new Command.Etrn(Scope.NODE, domain));
        client.quit();
        return "says: " + last.text();
    }
}
