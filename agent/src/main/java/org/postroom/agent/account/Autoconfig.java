package org.postroom.agent.account;

import org.postroom.mime.render.Visible;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Settings in the form that Thunderbird has made common (`clientConfig`, version 1.1): of the servers
/// that stand there the first whose protocol we speak, that has TLS, and that takes a password.
/// https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat
final class Autoconfig {

    private static final int MOST_SERVERS = 50;
    private static final int LONGEST_VALUE = 300;

    /// What stands of a server there, by its elements' names; `type` is an attribute.
    private record Server(String direction, Map<String, String> values) {
        String value(String name) {
            return values.getOrDefault(name, "");
        }
    }

    private final String address;
    private final List<Server> servers = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();

    private Autoconfig(String address) {
        this.address = address;
    }

    /// @param address whose letters are meant
    /// @throws Unusable when nothing there is of use, with the reason
    static Settings read(String xml, String address, String source, boolean vouched)
            throws Unusable {
        var config = new Autoconfig(address);
        config.parse(xml);
        return new Settings(
                config.first("incomingServer"), config.first("outgoingServer"), source, vouched);
    }

    /// Nothing of it is of use; the words say why.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String why) {
            super(why, null, false, false);
        }
    }

    private void parse(String xml) throws Unusable {
        var factory = XMLInputFactory.newFactory();
        // no document type, so no entities but XML's own: nothing is expanded, nothing fetched
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext() && servers.size() < MOST_SERVERS)
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && isServer(reader.getLocalName())) servers.add(server(reader));
        } catch (XMLStreamException e) {
            throw new Unusable("what it says is no XML");
        }
    }

    private static boolean isServer(String name) {
        return name.equals("incomingServer") || name.equals("outgoingServer");
    }

    private static Server server(XMLStreamReader reader) throws XMLStreamException {
        String direction = reader.getLocalName();
        var values = new HashMap<String, String>();
        String type = reader.getAttributeValue(null, "type");
        if (type != null) values.put("type", type.toLowerCase(Locale.ROOT));
        String element = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) element = reader.getLocalName();
            else if (event == XMLStreamConstants.END_ELEMENT) {
                if (reader.getLocalName().equals(direction)) break;
                element = "";
            } else if (event == XMLStreamConstants.CHARACTERS && !element.isEmpty())
                values.merge(element, reader.getText().strip(), Autoconfig::both);
        }
        return new Server(direction, values);
    }

    /// `authentication` may stand there several times.
    private static String both(String one, String other) {
        return one.length() + other.length() > LONGEST_VALUE ? one : one + " " + other;
    }

    private Place.Net first(String direction) throws Unusable {
        unusable.clear();
        for (var server : servers)
            if (server.direction.equals(direction)) {
                var place = place(server);
                if (place.isPresent()) return place.get();
            }
        throw new Unusable(
                unusable.isEmpty() ? "it names no " + direction : String.join(", ", unusable));
    }

    private Optional<Place.Net> place(Server server) {
        String host = filled(server.value("hostname"));
        var scheme = scheme(server.value("type"), server.value("socketType"));
        String port = server.value("port");
        if (scheme.isEmpty()) {
            String offer = server.value("type") + " with " + server.value("socketType");
            unusable.add(Visible.line(host + " offers " + offer, 100));
            return Optional.empty();
        }
        if (!takesPasswords(server.value("authentication"))) {
            unusable.add(Visible.line(host + " wants " + server.value("authentication"), 100));
            return Optional.empty();
        }
        if (!host.matches("[A-Za-z0-9.-]{1,253}") || !port.matches("[1-9][0-9]{0,3}|[1-6][0-9]{4}"))
            return Optional.empty();
        String user = server.value("username");
        return Optional.of(
                new Place.Net(
                        scheme.get(),
                        host.toLowerCase(Locale.ROOT),
                        Integer.parseInt(port),
                        user.isEmpty() ? address : filled(user)));
    }

    private static Optional<Scheme> scheme(String type, String socket) {
        boolean implicit = socket.equalsIgnoreCase("SSL") || socket.equalsIgnoreCase("TLS");
        if (!implicit && !socket.equalsIgnoreCase("STARTTLS")) return Optional.empty();
        return switch (type) {
            case "imap" -> Optional.of(implicit ? Scheme.IMAPS : Scheme.IMAP);
            case "pop3" -> Optional.of(implicit ? Scheme.POP3S : Scheme.POP3);
            case "smtp" -> Optional.of(implicit ? Scheme.SUBMISSIONS : Scheme.SUBMISSION);
            default -> Optional.empty();
        };
    }

    /// What asks for a browser (OAuth2) or a certificate is not for us; nothing said is a password.
    private static boolean takesPasswords(String authentication) {
        return authentication.isEmpty() || authentication.contains("password");
    }

    private String filled(String text) {
        int at = address.lastIndexOf('@');
        return text.replace("%EMAILADDRESS%", address)
                .replace("%EMAILLOCALPART%", address.substring(0, at))
                .replace("%EMAILDOMAIN%", address.substring(at + 1));
    }
}
