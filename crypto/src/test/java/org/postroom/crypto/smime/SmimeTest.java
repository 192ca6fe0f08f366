package org.postroom.crypto.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.crypto.Peer;
import org.postroom.crypto.Spool;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Unusable.Why;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Verdict.Finding;
import org.postroom.crypto.Withheld;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import javax.security.auth.x500.X500Principal;

final class SmimeTest {

    private static final byte[] TEXT =
            "Content-Type: text/plain\r\n\r\nDear Bob,\r\n".getBytes(StandardCharsets.UTF_8);

    @SuppressWarnings("TimeInStaticInitializer") // when its keys were made
    private static final Instant NOW = Instant.now();

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Authority HOUSE = Authority.found("House", NOW);
    private static final Authority STRANGER = Authority.found("House", NOW);
    private static final Identity ANN =
            HOUSE.issue(Identity.generate(), "Ann", List.of("ann@example.org"), YEAR, NOW);
    private static final Identity BOB =
            HOUSE.issue(Identity.generate(), "Bob", List.of("bob@example.org"), YEAR, NOW);

    @TempDir Path folder;

    private static InputStream in(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }

    private static byte[] signed(Identity who, boolean within) throws Exception {
        var out = new ByteArrayOutputStream();
        var signing = new Signing(List.of(who));
        if (within) signing.opaque(in(TEXT), out, false);
        else signing.detached(in(TEXT), out, true);
        return out.toByteArray();
    }

    private static Verdict verified(byte[] signature, byte[] text, Trust trust) throws Exception {
        var read = new Verifying(trust, NOW.plusSeconds(60)).detached(in(signature), in(text));
        assertThat(read.signatures()).hasSize(1);
        return read.signatures().getFirst();
    }

    private static Finding found(Identity who, Trust trust) throws Exception {
        return verified(signed(who, false), TEXT, trust).finding();
    }

    private static byte[] encrypted(byte[] text, boolean authenticated, Identity... who)
            throws Exception {
        var out = new ByteArrayOutputStream();
        var recipients = Arrays.stream(who).map(Identity::certificate).toList();
        new Encrypting(recipients, authenticated).encrypt(in(text), out, false);
        return out.toByteArray();
    }

    private static byte[] decrypted(byte[] message, Identity who) throws IOException, Unusable {
        try (var held = new Withheld(Spool.NONE)) {
            new Decrypting(List.of(who)).decrypt(in(message), held);
            try (var text = held.release().open()) {
                return text.readAllBytes();
            }
        }
    }

    private static Why why(Throwable thrown) {
        return ((Unusable) thrown).why();
    }

    @Test
    void aSignatureSaysWhoAndWhen() throws Exception {
        var verdict = verified(signed(ANN, false), TEXT, Trust.of(List.of(HOUSE.certificate())));
        assertThat(verdict.finding()).isEqualTo(Finding.GOOD);
        assertThat(verdict.people()).containsExactly("Ann");
        assertThat(verdict.speaksFor("ann@example.org")).isTrue();
        assertThat(verdict.speaksFor("bob@example.org")).isFalse();
        assertThat(verdict.when()).isBetween(NOW.minusSeconds(60), Instant.now());
        var text = new ByteArrayOutputStream();
        var read =
                new Verifying(Trust.of(List.of(HOUSE.certificate())), NOW)
                        .opaque(in(signed(ANN, true)), text);
        assertThat(text.toByteArray()).isEqualTo(TEXT);
        assertThat(read.signatures().getFirst().isGood()).isTrue();
        assertThat(read.certificates()).contains(ANN.certificate());
    }

    @Test
    void whatIsWrongIsNamed() throws Exception { // TRAPS T38
        var trust = Trust.of(List.of(HOUSE.certificate()));
        var other = TEXT.clone();
        other[30] ^= 1;
        assertThat(verified(signed(ANN, false), other, trust).finding()).isEqualTo(Finding.WRONG);
        assertThat(found(ANN, Trust.of(List.of()))).isEqualTo(Finding.UNTRUSTED);
        assertThat(found(ANN, Trust.of(List.of(STRANGER.certificate()))))
                .isEqualTo(Finding.UNTRUSTED);
        // one that was looked at by a person needs no authority
        assertThat(found(ANN, Trust.of(List.of(ANN.certificate())))).isEqualTo(Finding.GOOD);
        // who has a certificate is no authority
        var pair = Identity.generate();
        var forged =
                new Authority(ANN)
                        .issue(pair.getPublic(), "Boss", List.of("boss@example.org"), YEAR, NOW);
        var chain = List.of(forged, ANN.certificate(), HOUSE.certificate());
        assertThat(found(new Identity(pair.getPrivate(), chain), trust))
                .isEqualTo(Finding.UNTRUSTED);
        var late =
                new Verifying(trust, NOW.plus(Duration.ofDays(9999)))
                        .trust()
                        .judge(
                                ANN.certificate(),
                                List.of(),
                                Trust.Use.SIGN,
                                NOW.plus(Duration.ofDays(400)),
                                NOW);
        assertThat(late).isEqualTo(Finding.KEY_EXPIRED);
        var server = special(KeyPurposeId.id_kp_serverAuth, "");
        assertThat(found(server, trust)).isEqualTo(Finding.NOT_FOR_SIGNING);
    }

    /// A certificate of the house with another purpose, or a responder.
    private static Identity special(KeyPurposeId purpose, String responder) throws Exception {
        var pair = Identity.generate();
        var builder =
                new JcaX509v3CertificateBuilder(
                        HOUSE.certificate(),
                        BigInteger.valueOf(7),
                        Date.from(NOW.minusSeconds(600)),
                        Date.from(NOW.plus(YEAR)),
                        new X500Principal("CN=Special"),
                        pair.getPublic());
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        if (!responder.isEmpty())
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(
                            new AccessDescription(
                                    OCSPObjectIdentifiers.id_pkix_ocsp,
                                    new GeneralName(
                                            GeneralName.uniformResourceIdentifier, responder))));
        var certificate =
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(Identity.signer(HOUSE.identity().key())));
        return new Identity(pair.getPrivate(), List.of(certificate));
    }

    @Test
    void aListSaysWhatWasRevoked() throws Exception {
        var anchors = List.of(HOUSE.certificate());
        var serial = ANN.certificate().getSerialNumber();
        var lost = new Authority.Revoked(serial, NOW.plusSeconds(1000), true);
        var replaced = new Authority.Revoked(serial, NOW.plusSeconds(1000), false);
        var none = HOUSE.revocations(List.of(), 1, YEAR, NOW);
        var list = HOUSE.revocations(List.of(lost), 2, YEAR, NOW);
        var soft = HOUSE.revocations(List.of(replaced), 3, YEAR, NOW);
        var strange = STRANGER.revocations(List.of(lost), 4, YEAR, NOW);
        var stale = HOUSE.revocations(List.of(), 5, Duration.ofSeconds(1), NOW);
        assertThat(found(ANN, new Trust(anchors, List.of(), List.of(none), Optional.empty())))
                .isEqualTo(Finding.GOOD);
        assertThat(found(ANN, new Trust(anchors, List.of(), List.of(list), Optional.empty())))
                .isEqualTo(Finding.KEY_REVOKED);
        assertThat(found(ANN, new Trust(anchors, List.of(), List.of(soft), Optional.empty())))
                .isEqualTo(Finding.GOOD);
        assertThat(found(ANN, new Trust(anchors, List.of(), List.of(strange), Optional.empty())))
                .isEqualTo(Finding.GOOD);
        assertThat(found(ANN, new Trust(anchors, List.of(), List.of(stale), Optional.empty())))
                .isEqualTo(Finding.UNKNOWN_REVOCATION);
        var pem = Certificates.pem(list);
        assertThat(Certificates.readRevocations(in(pem.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(list);
    }

    @Test
    void aResponderSaysWhatWasRevoked() throws Exception {
        var special = special(KeyPurposeId.id_kp_emailProtection, "http://ocsp.example.org/");
        CertificateStatus gone = new RevokedStatus(Date.from(NOW), CRLReason.keyCompromise);
        assertThat(found(special, asking(HOUSE, CertificateStatus.GOOD))).isEqualTo(Finding.GOOD);
        assertThat(found(special, asking(HOUSE, gone))).isEqualTo(Finding.KEY_REVOKED);
        // somebody else's answer says nothing
        assertThat(found(special, asking(STRANGER, CertificateStatus.GOOD)))
                .isEqualTo(Finding.UNKNOWN_REVOCATION);
        var silent = new Ocsp((_, _) -> new byte[0]);
        assertThat(
                        found(
                                special,
                                new Trust(
                                        List.of(HOUSE.certificate()),
                                        List.of(),
                                        List.of(),
                                        Optional.of(silent))))
                .isEqualTo(Finding.GOOD);
    }

    private static Trust asking(Authority who, CertificateStatus status) {
        var ocsp =
                new Ocsp((responder, request) -> {
                    assertThat(responder).hasHost("ocsp.example.org");
                    try {
                        return answer(who, new OCSPReq(request), status);
                    } catch (IOException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        return new Trust(List.of(HOUSE.certificate()), List.of(), List.of(), Optional.of(ocsp));
    }

    private static byte[] answer(Authority who, OCSPReq request, CertificateStatus status)
            throws Exception {
        var digest =
                new JcaDigestCalculatorProviderBuilder()
                        .build()
                        .get(org.bouncycastle.cert.ocsp.RespID.HASH_SHA1);
        var builder = new JcaBasicOCSPRespBuilder(who.certificate().getPublicKey(), digest);
        for (var one : request.getRequestList())
            builder.addResponse(
                    one.getCertID(),
                    status,
                    Date.from(NOW),
                    Date.from(NOW.plus(1, ChronoUnit.DAYS)));
        var basic =
                builder.build(
                        Identity.signer(who.identity().key()),
                        new X509CertificateHolder[0],
                        Date.from(NOW));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsEncryptedOnlyItsRecipientsRead(boolean authenticated) throws Exception {
        var message = encrypted(TEXT, authenticated, ANN, BOB);
        assertThat(decrypted(message, ANN)).isEqualTo(TEXT);
        assertThat(decrypted(message, BOB)).isEqualTo(TEXT);
        var onlyBob = encrypted(TEXT, authenticated, BOB);
        assertThatThrownBy(() -> decrypted(onlyBob, ANN))
                .extracting(SmimeTest::why)
                .isEqualTo(Why.CANNOT_DECRYPT);
    }

    @Test
    void noFlippedOctetGetsThrough() throws Exception { // TRAPS T38
        var whole = encrypted(TEXT, true, BOB);
        var random = new Random(38);
        int through = 0;
        for (int round = 0; round < 80; round++) {
            var broken = whole.clone();
            // the text and what shows that it is whole are at the end
            int at = broken.length - 1 - random.nextInt(TEXT.length + 60);
            broken[at] ^= 0x40;
            try {
                // an octet that means nothing may change, the text may not
                assertThat(decrypted(broken, BOB)).isEqualTo(TEXT);
                through++;
            } catch (Unusable said) {
                assertThat(said.why()).isIn(Why.ALTERED, Why.BAD_DATA);
            }
        }
        assertThat(through).isLessThan(20);
        for (int length = 0; length < whole.length; length += 11) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decrypted(cut, BOB)).isInstanceOf(Unusable.class);
        }
    }

    @Test
    void rubbishIsRefusedAndNeverThrows() throws Exception {
        var random = new Random(5652);
        var seeds =
                List.of(signed(ANN, true), encrypted(TEXT, true, BOB), encrypted(TEXT, false, BOB));
        for (int round = 0; round < 150; round++) {
            var octets = seeds.get(round % 3).clone();
            for (int i = 0; i <= random.nextInt(5); i++)
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            try {
                decrypted(octets, BOB);
            } catch (Unusable said) {
                assertThat(said.text()).isNotEmpty();
            }
            try {
                new Verifying(Trust.of(List.of()), NOW)
                        .opaque(in(octets), new ByteArrayOutputStream());
            } catch (Unusable said) {
                assertThat(said.text()).isNotEmpty();
            }
        }
    }

    @Test
    void keysAreReadFromWhatWasWritten() throws Exception {
        var secret = new Secret("sesame");
        var locked = ANN.pem(Optional.of(secret)).getBytes(StandardCharsets.UTF_8);
        var open = ANN.pem(Optional.empty()).getBytes(StandardCharsets.UTF_8);
        assertThat(Identity.read(in(open), List.of())).isEqualTo(ANN);
        assertThat(Identity.read(in(locked), List.of(new Secret("x"), secret))).isEqualTo(ANN);
        assertThatThrownBy(() -> Identity.read(in(locked), List.of(new Secret("x"))))
                .extracting(SmimeTest::why)
                .isEqualTo(Why.LOCKED);
        var bag = ANN.pkcs12(secret);
        assertThat(Identity.read(in(bag), List.of(new Secret("x"), secret))).isEqualTo(ANN);
        var request = Identity.request(Identity.generate(), "Zoe", List.of("zoe@example.org"));
        assertThat(Authority.requested(in(request.getBytes(StandardCharsets.UTF_8))).getAlgorithm())
                .isEqualTo("RSA");
    }

    private Path file(String name, byte[] octets) throws IOException {
        return Files.write(folder.resolve(name), octets);
    }

    private Path pem(String name, X509Certificate certificate) throws IOException {
        return Files.writeString(folder.resolve(name), Certificates.pem(certificate));
    }

    private static byte[] openssl(byte[] input, Object... words) throws Exception {
        var all = new Object[words.length + 1];
        all[0] = "openssl";
        System.arraycopy(words, 0, all, 1, words.length);
        return Peer.run(input, all).succeeded().out();
    }

    @Test
    void openSslReadsOursAndWeReadIts() throws Exception {
        var house = pem("house.pem", HOUSE.certificate());
        var ann = file("ann.pem", ANN.pem(Optional.empty()).getBytes(StandardCharsets.UTF_8));
        var text = file("text", TEXT);
        var trust = Trust.of(List.of(HOUSE.certificate()));
        assertThat(
                        openssl(
                                signed(ANN, false),
                                "cms",
                                "-verify",
                                "-inform",
                                "PEM",
                                "-content",
                                text,
                                "-binary",
                                "-CAfile",
                                house,
                                "-purpose",
                                "smimesign"))
                .isEqualTo(TEXT);
        assertThat(
                        openssl(
                                signed(ANN, true),
                                "cms",
                                "-verify",
                                "-inform",
                                "DER",
                                "-binary",
                                "-CAfile",
                                house))
                .isEqualTo(TEXT);
        var theirs = openssl(TEXT, "cms", "-sign", "-binary", "-outform", "PEM", "-signer", ann);
        assertThat(verified(theirs, TEXT, trust).finding()).isEqualTo(Finding.GOOD);
        for (boolean authenticated : new boolean[] {true, false})
            assertThat(
                            openssl(
                                    encrypted(TEXT, authenticated, ANN),
                                    "cms",
                                    "-decrypt",
                                    "-inform",
                                    "DER",
                                    "-binary",
                                    "-inkey",
                                    ann,
                                    "-recip",
                                    ann))
                    .isEqualTo(TEXT);
        for (var cipher : List.of("-aes-256-gcm", "-aes-128-gcm", "-aes-256-cbc", "-aes128"))
            for (var more : List.of("-binary", "-stream"))
                assertThat(
                                decrypted(
                                        openssl(
                                                TEXT,
                                                "cms",
                                                "-encrypt",
                                                "-binary",
                                                more,
                                                "-outform",
                                                "DER",
                                                cipher,
                                                ann),
                                        ANN))
                        .isEqualTo(TEXT);
    }

    @Test
    void openSslsKeysOfOtherKindsServe() throws Exception {
        for (var kind : List.of("prime256v1", "secp384r1")) {
            var key = folder.resolve(kind + ".key");
            openssl(
                    new byte[0],
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:" + kind,
                    "-nodes",
                    "-keyout",
                    key,
                    "-out",
                    folder.resolve(kind + ".crt"),
                    "-subj",
                    "/CN=Zoe",
                    "-addext",
                    "subjectAltName=email:zoe@example.org",
                    "-days",
                    "30");
            var both = Files.readString(key) + Files.readString(folder.resolve(kind + ".crt"));
            var zoe = Identity.read(in(both.getBytes(StandardCharsets.UTF_8)), List.of());
            assertThat(Certificates.addresses(zoe.certificate()))
                    .containsExactly("zoe@example.org");
            assertThat(found(zoe, Trust.of(List.of(zoe.certificate())))).isEqualTo(Finding.GOOD);
            var file = file("zoe.pem", both.getBytes(StandardCharsets.UTF_8));
            for (boolean authenticated : new boolean[] {true, false}) {
                var message = encrypted(TEXT, authenticated, zoe);
                assertThat(decrypted(message, zoe)).isEqualTo(TEXT);
                assertThat(
                                openssl(
                                        message,
                                        "cms",
                                        "-decrypt",
                                        "-inform",
                                        "DER",
                                        "-binary",
                                        "-inkey",
                                        file,
                                        "-recip",
                                        file))
                        .isEqualTo(TEXT);
            }
            var theirs =
                    openssl(TEXT, "cms", "-encrypt", "-binary", "-outform", "DER", "-aes256", file);
            assertThat(decrypted(theirs, zoe)).isEqualTo(TEXT);
        }
    }

    @Test
    void thunderbirdsEngineReadsOursAndWeReadIts() throws Exception {
        Peer.require("cmsutil");
        var nss = "sql:" + folder;
        Peer.run(new byte[0], "certutil", "-N", "-d", nss, "--empty-password").succeeded();
        var house = pem("house.pem", HOUSE.certificate());
        Peer.run(
                        new byte[0],
                        "certutil",
                        "-A",
                        "-d",
                        nss,
                        "-n",
                        "house",
                        "-t",
                        ",C,",
                        "-a",
                        "-i",
                        house)
                .succeeded();
        var bag = file("ann.p12", ANN.pkcs12(new Secret("sesame")));
        Peer.run(new byte[0], "pk12util", "-i", bag, "-d", nss, "-W", "sesame", "-K", "")
                .succeeded();
        var message = Peer.run(TEXT, "cmsutil", "-S", "-d", nss, "-N", "ann").succeeded().out();
        var text = new ByteArrayOutputStream();
        var read =
                new Verifying(Trust.of(List.of(HOUSE.certificate())), Instant.now())
                        .opaque(in(message), text);
        assertThat(text.toByteArray()).isEqualTo(TEXT);
        assertThat(read.signatures()).extracting(Verdict::finding).containsExactly(Finding.GOOD);
        assertThat(
                        Peer.run(signed(ANN, true), "cmsutil", "-D", "-d", nss, "-u", "4")
                                .succeeded()
                                .out())
                .isEqualTo(TEXT);
        assertThat(
                        Peer.run(encrypted(TEXT, false, ANN), "cmsutil", "-D", "-d", nss)
                                .succeeded()
                                .out())
                .isEqualTo(TEXT);
        var theirs =
                Peer.run(TEXT, "cmsutil", "-E", "-d", nss, "-r", "ann@example.org").succeeded();
        assertThat(decrypted(theirs.out(), ANN)).isEqualTo(TEXT);
    }
}
