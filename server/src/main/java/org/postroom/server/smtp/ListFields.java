package org.postroom.server.smtp;

import org.postroom.mime.Fields;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Header.Tokens;
import org.postroom.mime.compose.Header.Unstructured;
import org.postroom.mime.compose.NextHop;
import org.postroom.store.Addressee;
import org.postroom.store.MailingList;
import org.postroom.wire.Fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What a list puts before the letters that it sends on, so that readers and programs know it by its
/// fields and nobody guesses from subjects (RFC 2369, RFC 2919).
final class ListFields {

    private static final NextHop ANY = new NextHop(false, false, false);

    private ListFields() {}

    /// Whole fields, in ASCII.
    static byte[] of(MailingList list) {
        var fields =
                List.<Header>of(
                        identity(list),
                        url("List-Post", list.name(), ""), // RFC 2369 §3.4
                        url("List-Help", list.requestAddress(), "?subject=help"),
                        url("List-Subscribe", list.requestAddress(), "?subject=subscribe"),
                        url("List-Unsubscribe", list.requestAddress(), "?subject=unsubscribe"),
                        url("List-Owner", list.returnAddress(), ""), // RFC 2369 §3.5
                        new Tokens("Precedence", "list")); // what out-of-office programs look for
        var octets = new ByteArrayOutputStream();
        for (var field : fields)
            try {
                octets.writeBytes(field.print(ANY));
            } catch (CannotCross never) { // all of it is ASCII, but for what an encoded word holds
                throw new Fault("a list's fields", never);
            }
        return octets.toByteArray();
    }

    /// Whether a letter comes from the list already: it goes round in circles.
    static boolean isFrom(MailingList list, Fields letter) {
        String mark = "<" + id(list) + ">";
        return letter.all("List-Id").stream()
                .anyMatch(field -> field.value().toLowerCase(Locale.ROOT).contains(mark));
    }

    // RFC 2919 §3: list-id-header = "List-ID:" [phrase] "<" list-id ">" CRLF
    private static Header identity(MailingList list) {
        String id = "<" + id(list) + ">";
        String title = list.title().replaceAll("[()<>@,;:\\\\\".\\[\\]]+", " ").strip();
        return new Unstructured("List-Id", title.isEmpty() ? id : title + " " + id);
    }

    // RFC 2919 §2: list-id = list-label "." list-id-namespace; the label is a dot-atom-text
    private static String id(MailingList list) {
        return encoded(list.name().localPart()) + "." + list.name().domain();
    }

    private static Tokens url(String name, Addressee address, String query) {
        String mailbox = encoded(address.localPart()) + "@" + address.domain();
        return new Tokens(name, "<mailto:" + mailbox + query + ">");
    }

    // RFC 3986 §2.1: what is no unreserved character is percent-encoded, as UTF-8
    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
            if (plain) encoded.append(c);
            else encoded.append("%%%02x".formatted((int) c));
        }
        return encoded.toString();
    }
}
