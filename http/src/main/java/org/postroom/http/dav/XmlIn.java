package org.postroom.http.dav;

import org.jspecify.annotations.Nullable;
import org.postroom.http.Status;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads a request's body, an element after the other. A document type, and with it every entity, is
/// refused, and so is what is larger, deeper or has more elements than any client sends.
final class XmlIn {

    static final int LARGEST = 256 * 1024;
    private static final int DEEPEST = 50;
    private static final int MOST_ELEMENTS = 5_000;

    private final XMLStreamReader in;
    private final Deque<@Nullable String> languages = new ArrayDeque<>();
    private int elements;

    private XmlIn(XMLStreamReader in) {
        this.in = in;
    }

    /// At the root.
    ///
    /// @throws DavRefusal it is another, or none
    static XmlIn root(byte[] body, Name root) throws DavRefusal {
        if (body.length > LARGEST) throw new DavRefusal(Status.CONTENT_TOO_LARGE);
        try {
            var in = factory().createXMLStreamReader(new StringReader(text(body)));
            // XML 1.1 has characters that our answers, in 1.0, could not hold
            if ("1.1".equals(in.getVersion())) throw DavRefusal.badRequest();
            var xml = new XmlIn(in);
            while (xml.next() != XMLStreamConstants.START_ELEMENT) {}
            if (!xml.name().equals(root)) throw DavRefusal.badRequest();
            return xml;
        } catch (XMLStreamException | CharacterCodingException malformed) {
            throw DavRefusal.badRequest();
        }
    }

    /// RFC 4918 §19: in UTF-8 or UTF-16, whatever the declaration says.
    private static String text(byte[] body) throws CharacterCodingException {
        int first = body.length < 2 ? 0 : (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
        var charset =
                switch (first) {
                    case 0xFEFF, 0xFFFE -> StandardCharsets.UTF_16;
                    case '<' -> StandardCharsets.UTF_16BE;
                    case '<' << 8 -> StandardCharsets.UTF_16LE;
                    default -> StandardCharsets.UTF_8;
                };
        String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    // RFC 4918 §20.6
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("no entities");
        });
        return factory;
    }

    private int next() throws DavRefusal {
        try {
            if (!in.hasNext()) throw DavRefusal.badRequest();
            int event = in.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (languages.size() == DEEPEST || ++elements > MOST_ELEMENTS)
                        throw DavRefusal.badRequest();
                    @Nullable String own = in.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
                    languages.push(own == null ? language() : own);
                }
                case XMLStreamConstants.END_ELEMENT -> languages.pop();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new DavRefusal(Status.FORBIDDEN, Precondition.NO_EXTERNAL_ENTITIES);
                default -> {}
            }
            return event;
        } catch (XMLStreamException malformed) {
            throw DavRefusal.badRequest();
        }
    }

    /// The language that is said of the element at hand, empty for none.
    private String language() {
        var language = languages.peek();
        return language == null ? "" : language;
    }

    /// The element at hand.
    Name name() {
        return new Name(orEmpty(in.getNamespaceURI()), in.getLocalName());
    }

    boolean is(String local) {
        return name().equals(Name.dav(local));
    }

    /// Goes to the next element in the one at hand, which it is from here on; or to that one's end. What
    /// else is between them does not count (RFC 4918 §17).
    boolean child() throws DavRefusal {
        while (true)
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                default -> {}
            }
    }

    /// Goes to the end of the element at hand.
    void skip() throws DavRefusal {
        int outside = languages.size() - 1;
        while (languages.size() > outside) next();
    }

    /// Goes to the document's end: what is behind the root has to be well-formed, too.
    void end() throws DavRefusal {
        while (next() != XMLStreamConstants.END_DOCUMENT) {}
    }

    /// The element at hand as XML that stands by itself, prefixes, white space and language kept, comments
    /// and processing instructions not (RFC 4918 §4.3). Goes to its end.
    String fragment() throws DavRefusal {
        var out = new StringBuilder();
        var scopes = new ArrayDeque<Map<String, String>>();
        scopes.push(Map.of("", "", "xml", XMLConstants.XML_NS_URI));
        var ends = new ArrayDeque<String>();
        begin(out, scopes, ends);
        while (!ends.isEmpty())
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> begin(out, scopes, ends);
                case XMLStreamConstants.END_ELEMENT -> {
                    scopes.pop();
                    out.append("</").append(ends.pop()).append('>');
                }
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE ->
                        Markup.text(out, in.getText());
                default -> {}
            }
        return out.toString();
    }

    private void begin(StringBuilder out, Deque<Map<String, String>> scopes, Deque<String> ends) {
        var outer = scopes.element();
        Map<String, String> declared = new LinkedHashMap<>();
        for (int i = 0; i < in.getNamespaceCount(); i++)
            declared.put(orEmpty(in.getNamespacePrefix(i)), orEmpty(in.getNamespaceURI(i)));
        need(declared, outer, orEmpty(in.getPrefix()), orEmpty(in.getNamespaceURI()));
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String prefix = orEmpty(in.getAttributePrefix(i));
            if (!prefix.isEmpty())
                need(declared, outer, prefix, orEmpty(in.getAttributeNamespace(i)));
        }
        String name = qualified(in.getPrefix(), in.getLocalName());
        out.append('<').append(name);
        declared.forEach((prefix, space) ->
                Markup.attribute(out, prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, space));
        boolean told = false;
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String attribute = qualified(in.getAttributePrefix(i), in.getAttributeLocalName(i));
            told |= attribute.equals("xml:lang");
            Markup.attribute(out, attribute, in.getAttributeValue(i));
        }
        // RFC 4918 §14.26: the language that is in scope of prop is the property's
        if (ends.isEmpty() && !told && !language().isEmpty())
            Markup.attribute(out, "xml:lang", language());
        out.append('>');
        ends.push(name);
        if (declared.isEmpty()) scopes.push(outer);
        else {
            var scope = new HashMap<>(outer);
            scope.putAll(declared);
            scopes.push(scope);
        }
    }

    /// Declares a prefix here if it means something else outside.
    private static void need(
            Map<String, String> declared, Map<String, String> outer, String prefix, String space) {
        if (!declared.containsKey(prefix) && !space.equals(outer.get(prefix)))
            declared.put(prefix, space);
    }

    private static String qualified(@Nullable String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
