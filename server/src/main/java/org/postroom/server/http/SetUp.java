package org.postroom.server.http;

import org.postroom.http.Status;
import org.postroom.server.House;
import org.postroom.server.Port;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a program comes to an account: for people in words, for Thunderbird and its kin in the XML that they
/// look for (`/.well-known/autoconfig/mail/config-v1.1.xml`).
final class SetUp implements Area {

    private final House house;

    SetUp(House house) {
        this.house = house;
    }

    /// Where something is spoken.
    private record Place(Port port, String what) {}

    private static final List<Place> PLACES =
            List.of(
                    new Place(Port.IMAPS, "setup-imap"),
                    new Place(Port.SUBMISSIONS, "setup-submission"),
                    new Place(Port.POP3S, "setup-pop3"),
                    new Place(Port.FTP, "setup-ftp"),
                    new Place(Port.HTTPS, "setup-webdav"));

    static Answer page(Exchange asked, Signed who) {
        var words = asked.words();
        var server = asked.house().settings().get().server();
        var places =
                PLACES.stream()
                        .map(place ->
                                Map.of(
                                        "what", words.say(place.what),
                                        "host", server.name(),
                                        "port",
                                                Integer.toString(
                                                        place.port.number + server.portOffset()),
                                        "security",
                                                words.say(
                                                        place.port.implicit
                                                                ? "tls-at-once"
                                                                : "starttls")))
                        .toList();
        return Answer.page(
                Status.OK,
                Pages.make(
                        "set-up",
                        "set-up",
                        words,
                        Optional.of(who),
                        Map.of("places", places, "dav", asked.origin() + "/files/")));
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal {
        var names = asked.names();
        boolean found =
                names.equals(List.of(".well-known", "autoconfig", "mail", "config-v1.1.xml"));
        if (!found) throw new Refusal(Status.NOT_FOUND, "not-found");
        if (!asked.reads()) throw SignIn.methods("GET, HEAD");
        var server = house.settings().get().server();
        String domain = asked.query("emailaddress").orElse("");
        domain = domain.substring(domain.indexOf('@') + 1);
        if (!domain.matches("[A-Za-z0-9.-]{1,253}")) domain = server.name();
        var xml =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                        .append("<clientConfig version=\"1.1\">\n  <emailProvider id=\"")
                        .append(domain)
                        .append("\">\n    <domain>")
                        .append(domain)
                        .append("</domain>\n    <displayName>")
                        .append(domain)
                        .append("</displayName>\n");
        place(xml, "incomingServer", "imap", Port.IMAPS, server.portOffset(), server.name());
        place(xml, "incomingServer", "pop3", Port.POP3S, server.portOffset(), server.name());
        place(xml, "outgoingServer", "smtp", Port.SUBMISSIONS, server.portOffset(), server.name());
        xml.append("  </emailProvider>\n</clientConfig>\n");
        return Answer.of(
                Status.OK,
                new Answer.Body.Octets(
                        "application/xml; charset=utf-8",
                        xml.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void place(
            StringBuilder xml, String element, String type, Port port, int offset, String host) {
        xml.append("    <")
                .append(element)
                .append(" type=\"")
                .append(type)
                .append("\">\n      <hostname>")
                .append(host)
                .append("</hostname>\n      <port>")
                .append(port.number + offset)
                .append("</port>\n      <socketType>SSL</socketType>\n")
                .append("      <authentication>password-cleartext</authentication>\n")
                .append("      <username>%EMAILADDRESS%</username>\n    </")
                .append(element)
                .append(">\n");
    }
}
