package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Collectors;

/// Address lists, each printed as `name <route|mailbox|host>`, a dash for null.
class AddressesTest {

    static String shown(List<Address> addresses) {
        return addresses.stream().map(AddressesTest::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Address address) {
        if (address.isGroupStart()) return "{" + address.mailbox();
        if (address.isGroupEnd()) return "}";
        String route = address.route() == null ? "" : address.route() + "|";
        String name = address.name() == null ? "-" : address.name();
        return name + " <" + route + address.mailbox() + "|" + address.host() + ">";
    }

    private static String read(String value) {
        return shown(Addresses.parse(value));
    }

    @Test
    void differentTypesOfMailboxes() { // RFC 5322 §A.1.2
        assertThat(read("\"Joe Q. Public\" <john.q.public@example.com>"))
                .isEqualTo("Joe Q. Public <john.q.public|example.com>");
        assertThat(read("Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>"))
                .isEqualTo("Mary Smith <mary|x.test>, - <jdoe|example.org>, Who? <one|y.test>");
        assertThat(read("<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>"))
                .isEqualTo("- <boss|nil.test>, Giant; \"Big\" Box <sysservices|example.net>");
    }

    @Test
    void groups() { // RFC 5322 §A.1.3
        assertThat(read("A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;"))
                .isEqualTo(
                        "{A Group, Ed Jones <c|a.test>, - <joe|where.test>, John <jdoe|one.test>,"
                                + " }");
        assertThat(read("Undisclosed recipients:;")).isEqualTo("{Undisclosed recipients, }");
        assertThat(read("a: b@c; d@e, f:;")).isEqualTo("{a, - <b|c>, }, - <d|e>, {f, }");
    }

    @Test
    void blanksAndComments() { // RFC 5322 §A.5
        assertThat(read("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>"))
                .isEqualTo("Pete <pete|silly.test>");
        assertThat(
                        read(
                                "A Group(Some people)      :Chris Jones <c@(Chris's"
                                        + " host.)public.example>,          joe@example.org,  John"
                                        + " <jdoe@one.test> (my dear friend); (the end of the"
                                        + " group)"))
                .isEqualTo(
                        "{A Group, Chris Jones <c|public.example>, - <joe|example.org>, John"
                                + " <jdoe|one.test>, }");
        assertThat(read("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;"))
                .isEqualTo("{Hidden recipients, }");
    }

    @Test
    void obsoleteAddressing() { // RFC 5322 §A.6.1, §A.6.3
        assertThat(read("Joe Q. Public <john.q.public@example.com>"))
                .isEqualTo("Joe Q. Public <john.q.public|example.com>");
        assertThat(read("Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example"))
                .isEqualTo("Mary Smith <@node.test|mary|example.net>, - <jdoe|test.example>");
        assertThat(read("John Doe <jdoe@machine(comment).  example>"))
                .isEqualTo("John Doe <jdoe|machine.example>");
        assertThat(read("<@a.test,@b.test:joe . q@c.test>"))
                .isEqualTo("- <@a.test,@b.test|joe.q|c.test>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "<<<user2@example.org>>> # - <user2|example.org>", // RFC 7103 §7.1.2
                "<another@example.net # - <another|example.net>", // §7.1.3
                "second@example.org> # - <second|example.org>",
                "(Testing <fran@example.com> # Testing <fran|example.com>", // §7.1.4
                "Testing) <sam@example.com> # Testing) <sam|example.com>",
                "<third@example.net, fourth@example.net> # - <third|example.net>, -"
                        + " <fourth|example.net>", // §7.1.5
                "\"Joe <joe@example.com> # Joe <joe|example.com>", // §7.1.6
                "Joe # - <Joe|>", // §7.1.7
                "Behrouz Forouzan # Behrouz Forouzan <|>",
            })
    void whatIsUnbalancedIsReadAsIfItWereNotThere(String value, String addresses) {
        assertThat(read(value)).isEqualTo(addresses);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "user@example.com (Joe User) # Joe User <user|example.com>",
                "<user@example.com> (Joe) # Joe <user|example.com>",
                "joe@a.test <joe@a.test> # joe@a.test <joe|a.test>",
                "a@b.test c@d.test # - <a|b.test>, - <c|d.test>",
                "a@b.test; c@d.test # - <a|b.test>, - <c|d.test>",
                "\"quoted local\"@x.test # - <quoted local|x.test>",
                "\"a\".b@x.test # - <a.b|x.test>",
                "joe@[192.0.2.1] # - <joe|[192.0.2.1]>",
                "Joe <joe@[IPv6:2001:db8::1]> # Joe <joe|[IPv6:2001:db8::1]>",
                "=?utf-8?q?J=C3=B6e?= <joe@x.test> # =?utf-8?q?J=C3=B6e?= <joe|x.test>",
                "John Doe john@x.test # John Doe <john|x.test>",
                "<> # - <|>",
                "MAILER-DAEMON # - <MAILER-DAEMON|>",
                "<root> # - <root|>",
                "a@b@c.test # - <a|b@c.test>",
                "'Joe' <'joe'@x.test> # 'Joe' <'joe'|x.test>",
                "J\u00f6e <joe@x.test> # J\u00f6e <joe|x.test>",
                "\"\" <joe@x.test> #  <joe|x.test>",
                "\"Doe, John\" <j@x.test>,,, k@x.test # Doe, John <j|x.test>, - <k|x.test>",
            })
    void formsFromTheWild(String value, String addresses) {
        assertThat(read(value).strip()).isEqualTo(addresses);
    }

    @Test
    void nothingIsNobody() {
        assertThat(read("")).isEmpty();
        assertThat(read(" , ;\t(nobody),:;")).isEmpty();
    }

    @Test
    void commentsNest() { // TRAPS T35
        assertThat(read("(".repeat(40) + "x" + ")".repeat(40) + "a@b")).isEqualTo("- <a|b>");
        assertThat(read("(".repeat(60) + "x" + ")".repeat(50) + "a@b")).isEqualTo("- <a|b>");
        assertThat(read("a@b (one (two) \\) three)")).isEqualTo("one (two) ) three <a|b>");
    }
}
