package org.postroom.server.smtp;

import org.postroom.sasl.ClientExchange;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Message;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What tests do with letters.
final class Posting {

    private Posting() {}

    /// A session that has said hello.
    static SmtpClient call(TestHouse house, Port port) throws Departure, Refusal {
        var wire = Wire.connect(house.address(port), 5_000, Limits.CLIENT, Tap.NONE);
        var client = new SmtpClient(wire);
        if (port == Port.LMTP) client.lhlo("client.example");
        else client.hello("client.example");
        return client;
    }

    /// A submission session that has signed in.
    static SmtpClient signIn(TestHouse house, String address) throws Departure, Refusal {
        var client = call(house, Port.SUBMISSION);
        client.auth(ClientExchange.plain(address, TestHouse.PASSWORD));
        return client;
    }

    static List<Reply> send(SmtpClient client, String from, String letter, String... to)
            throws Departure, Refusal {
        var recipients = new ArrayList<ForwardPath>();
        for (var each : to) recipients.add(Grammar.address(each));
        return client.send(mail(from), recipients, stream(letter));
    }

    static Command.Mail mail(String from) throws Refusal {
        return new Command.Mail(Grammar.address(from), MailParameters.NONE);
    }

    static Address address(String address) throws Refusal {
        return Grammar.address(address);
    }

    static InputStream stream(String letter) {
        return new ByteArrayInputStream(letter.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The letters in an account's inbox, oldest first, as they are stored.
    static List<String> inbox(TestHouse house, String address) throws Refused, IOException {
        var account = house.find(address);
        var view = account.view(account.inbox().id());
        var letters = new ArrayList<String>();
        for (int i = 1; i <= view.size(); i++) letters.add(text(account.message(view.email(i))));
        return letters;
    }

    private static String text(Message message) throws IOException {
        try (var stream = message.read()) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
