package org.postroom.http.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.http.Status;
import org.postroom.http.dav.LockInfo.Scope;
import org.postroom.http.dav.Multistatus.Propstat;
import org.postroom.http.dav.PropertyUpdate.Remove;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import javax.xml.parsers.DocumentBuilderFactory;

class BodiesTest {

    private static final Name AUTHOR = new Name("http://example.com/ns", "author");

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Propfind find(String inside) throws DavRefusal {
        return Propfind.read(octets("<propfind xmlns='DAV:'>" + inside + "</propfind>"));
    }

    @Test
    void whatIsAskedForIsRead() throws DavRefusal {
        assertThat(Propfind.read(new byte[0])).isEqualTo(new Propfind.Allprop(List.of()));
        assertThat(find("<propname/>")).isEqualTo(new Propfind.Propname());
        assertThat(find("<x/><allprop/><include><quota-used-bytes/></include>"))
                .isEqualTo(new Propfind.Allprop(List.of(Name.dav("quota-used-bytes"))));
        assertThat(find("<prop><a:author xmlns:a='http://example.com/ns'/><n xmlns=''/></prop>"))
                .isEqualTo(new Propfind.Prop(List.of(AUTHOR, new Name("", "n"))));
        for (var asked :
                List.of(
                        new Propfind.Propname(),
                        new Propfind.Allprop(List.of(AUTHOR)),
                        new Propfind.Prop(List.of(AUTHOR, new Name("", "n"), Name.dav("getetag")))))
            assertThat(Propfind.read(octets(asked.body()))).isEqualTo(asked);
    }

    /// RFC 4918 §19: UTF-8 and UTF-16
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void aBodyIsInAnyUnicode(String charset) throws DavRefusal {
        String body =
                "<?xml version='1.0'?><propfind xmlns='DAV:'><prop><\u00fc/></prop></propfind>";
        assertThat(Propfind.read(body.getBytes(Charset.forName(charset))))
                .isEqualTo(new Propfind.Prop(List.of(Name.dav("\u00fc"))));
    }

    /// RFC 4918 §4.3.1
    @Test
    void aValueStandsByItself() throws Exception {
        String body =
                """
                <D:propertyupdate xmlns:D="DAV:" xmlns:y="urn:y" xml:lang="de">
                 <D:set><D:prop xml:lang="en">
                  <x:author xmlns:x='http://example.com/ns' y:a='"&lt;&#10;'>
                   <x:name>Jane</x:name><!-- away --><?away?><D:href>&amp;<![CDATA[<RFC>]]></D:href>
                  </x:author>
                 </D:prop></D:set>
                 <D:remove><D:prop><y:gone/></D:prop></D:remove>
                </D:propertyupdate>\
                """;
        var update = PropertyUpdate.read(octets(body));
        assertThat(update.instructions()).hasSize(2);
        assertThat(update.instructions().getLast())
                .isEqualTo(new Remove(new Name("urn:y", "gone")));
        var set = (PropertyUpdate.Set) update.instructions().getFirst();
        assertThat(set.property())
                .isEqualTo(
                        new Property(
                                AUTHOR,
                                "<x:author xmlns:x=\"http://example.com/ns\" xmlns:y=\"urn:y\""
                                        + " y:a=\"&quot;&lt;&#10;\" xml:lang=\"en\">\n"
                                        + "   <x:name>Jane</x:name>"
                                        + "<D:href xmlns:D=\"DAV:\">&amp;&lt;RFC&gt;</D:href>\n"
                                        + "  </x:author>"));
        assertThat(PropertyUpdate.read(octets(update.body()))).isEqualTo(update);
    }

    @Test
    void whatIsToBeLockedIsRead() throws DavRefusal {
        String body =
                "<a:lockinfo xmlns:a='DAV:'><a:lockscope><a:shared/></a:lockscope>"
                        + "<a:locktype><a:write/></a:locktype><a:owner>me</a:owner></a:lockinfo>";
        var info = LockInfo.read(octets(body));
        assertThat(info)
                .isEqualTo(new LockInfo(Scope.SHARED, "<a:owner xmlns:a=\"DAV:\">me</a:owner>"));
        assertThat(LockInfo.read(octets(info.body()))).isEqualTo(info);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "<",
                "<propfind/>",
                "<propfind xmlns='DAV:'/>",
                "<propfind xmlns='DAV:'><prop/>",
                "<propfind xmlns='DAV:'><prop></propfind></prop>",
                "<propfind xmlns='DAV:'><prop/></propfind>x",
                "<propfind xmlns='DAV:'><prop/></propfind><y/>",
                "<propfind xmlns='DAV:'><prop/><allprop/></propfind>",
                "<propfind xmlns='DAV:'><prop><bar:foo xmlns:bar=''/></prop></propfind>",
                "<propfind xmlns='DAV:'><prop><bar:foo/></prop></propfind>",
                "<propfind xmlns='DAV:'><prop><a b='1' b='2'/></prop></propfind>",
                "<propfind xmlns='DAV:'><prop>\u0001</prop></propfind>",
                "<propfind xmlns='DAV:'><prop>&#1;</prop></propfind>",
                "<?xml version='1.1'?><propfind xmlns='DAV:'><allprop/></propfind>",
                "<propfind xmlns='DAV:'><prop>&nbsp;</prop></propfind>",
                "<lockinfo xmlns='DAV:'/>"
            })
    void whatIsNoPropfindIsRefused(String body) {
        assertThatThrownBy(() -> Propfind.read(octets(body))).isInstanceOf(DavRefusal.class);
    }

    /// Attack (RFC 4918 §20.6): files of ours, other people's servers, and a billion laughs.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/'> %x;]>",
                "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;&x;'>]>"
            })
    void aDocumentTypeIsRefused(String type) {
        for (var use : List.of("", "&x;", "&y;"))
            assertThatThrownBy(() ->
                            Propfind.read(
                                    octets(
                                            type
                                                    + "<propfind xmlns='DAV:'><allprop/>"
                                                    + use
                                                    + "</propfind>")))
                    .isInstanceOfSatisfying(
                            DavRefusal.class,
                            refusal ->
                                    assertThat(refusal.precondition())
                                            .contains(Precondition.NO_EXTERNAL_ENTITIES));
    }

    /// Attack: a body that is small to send and costly to have.
    @Test
    void aBodyHasBounds() {
        for (var body :
                List.of(
                        "<propfind xmlns='DAV:'>" + "<a>".repeat(50_000),
                        "<propfind xmlns='DAV:'><prop>" + "<a/>".repeat(50_000),
                        "<propfind xmlns='DAV:'><prop>" + "<a/>".repeat(201) + "</prop></propfind>",
                        "<propfind xmlns='DAV:'><prop><a " + attributes(20_000) + "/>",
                        "<propfind xmlns='DAV:'><prop><" + "a".repeat(200_000) + "/>"))
            assertThatThrownBy(() -> Propfind.read(octets(body))).isInstanceOf(DavRefusal.class);
        assertThatThrownBy(() -> Propfind.read(new byte[300_000]))
                .isInstanceOfSatisfying(
                        DavRefusal.class,
                        refusal ->
                                assertThat(refusal.status()).isEqualTo(Status.CONTENT_TOO_LARGE));
    }

    private static String attributes(int count) {
        var all = new StringBuilder();
        for (int i = 0; i < count; i++) all.append(" a").append(i).append("=''");
        return all.toString();
    }

    @Test
    void aLargeValueIsKeptWhole() throws DavRefusal {
        String text = "All is well. ".repeat(15_000);
        String body =
                "<propertyupdate xmlns='DAV:'><set><prop><a xmlns='b'>%s</a></prop></set></propertyupdate>"
                        .formatted(text);
        var set = (PropertyUpdate.Set) PropertyUpdate.read(octets(body)).instructions().getFirst();
        assertThat(set.property().xml()).isEqualTo("<a xmlns=\"b\">" + text + "</a>");
    }

    /// Whatever comes is read or refused, and never anything else.
    @Test
    void damagedBodiesAreReadOrRefused() {
        byte[] whole =
                octets(
                        "<?xml version='1.0' encoding='utf-8'?><D:propertyupdate xmlns:D='DAV:'>"
                                + "<D:set><D:prop><a:b xmlns:a='u' a:c='d'>&lt;\u00fc<![CDATA[x]]>"
                                + "</a:b></D:prop></D:set></D:propertyupdate>");
        long seed = System.nanoTime();
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(3); n >= 0; n--)
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                var update = PropertyUpdate.read(damaged);
                assertThat(PropertyUpdate.read(octets(update.body())))
                        .as("seed " + seed)
                        .isEqualTo(update);
                read++;
            } catch (DavRefusal refused) {
                assertThat(refused.status()).as("seed " + seed).isNotNull();
            }
        }
        assertThat(read).as("seed " + seed).isPositive();
    }

    @Test
    void anAnswerIsXmlWithTheRightNamespaces() throws Exception {
        var answer = new Multistatus();
        var lock =
                new ActiveLock(
                        "urn:uuid:1",
                        Scope.EXCLUSIVE,
                        Depth.ZERO,
                        "<a:owner xmlns:a=\"DAV:\">me &amp; you</a:owner>",
                        Duration.ofSeconds(30),
                        "/a");
        answer.response(
                "/a%20b&c",
                List.of(
                        new Propstat(
                                List.of(
                                        Property.text("displayname", "a\u0001<b>\ud83d\ude00"),
                                        Property.element("resourcetype", "collection"),
                                        ActiveLock.discovery(List.of(lock)),
                                        ActiveLock.supported()),
                                Status.OK),
                        new Propstat(
                                List.of(
                                        Property.empty(AUTHOR),
                                        Property.empty(new Name("", "n")),
                                        Property.empty(Name.dav("source"))),
                                Status.NOT_FOUND),
                        new Propstat(List.of(), Status.FORBIDDEN)));
        String first = answer.take();
        answer.response("/c", Status.LOCKED, Optional.of(Precondition.LOCK_TOKEN_SUBMITTED));
        answer.end();
        var root = parsed(first + answer.take());
        assertThat(root.getLocalName()).isEqualTo("multistatus");
        assertThat(texts(root, "href")).containsExactly("/a%20b&c", "urn:uuid:1", "/a", "/c");
        assertThat(texts(root, "displayname")).containsExactly("a\ufffd<b>\ud83d\ude00");
        assertThat(texts(root, "owner")).containsExactly("me & you");
        assertThat(texts(root, "timeout")).containsExactly("Second-30");
        assertThat(texts(root, "lock-token-submitted")).hasSize(1);
        assertThat(texts(root, "status"))
                .containsExactly(
                        "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 423 Locked");
        assertThat(root.getElementsByTagNameNS(AUTHOR.space(), "author").getLength()).isOne();
        assertThat(root.getElementsByTagNameNS("*", "n").item(0).getNamespaceURI()).isNull();
    }

    @Test
    void aConditionNamesWhatIsLocked() throws Exception {
        var root = parsed(Precondition.LOCK_TOKEN_SUBMITTED.body(List.of("/a/", "/b")));
        assertThat(root.getLocalName()).isEqualTo("error");
        assertThat(texts(root, "href")).containsExactly("/a/", "/b");
    }

    private static org.w3c.dom.Element parsed(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(octets(xml)))
                .getDocumentElement();
    }

    private static List<String> texts(org.w3c.dom.Element root, String element) {
        var all = root.getElementsByTagNameNS("DAV:", element);
        return java.util.stream.IntStream.range(0, all.getLength())
                .mapToObj(i -> all.item(i).getTextContent())
                .toList();
    }
}
