package org.postroom.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;

import javax.security.auth.x500.X500Principal;

final class PemTest {

    @TempDir Path folder;

    private Configuration newHome() throws BadConfiguration {
        var home = new Home(folder.resolve("home"));
        home.prepare();
        var configuration = Configuration.read(home.path());
        Credentials.makeMissing(home, configuration);
        return configuration;
    }

    @Test
    void aNewHomeHasACertificateOfItsOwnForItsNameAndThisMachine() throws Exception {
        var configuration = newHome();
        var certificate = Credentials.read(configuration).get(0).chain().get(0);
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(mode(configuration.key())).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("home"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("home/run"))).isEqualTo("rwx------");
    }

    @Test
    void whatIsThereIsNotMadeAnew() throws Exception {
        var configuration = newHome();
        var before = Files.readString(configuration.certificate());
        Credentials.makeMissing(new Home(folder.resolve("home")), configuration);
        assertThat(configuration.certificate()).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource({"EC,SHA256withECDSA", "RSA,SHA256withRSA", "Ed25519,Ed25519"})
    void eachKindOfKeyIsRead(String algorithm, String signature) throws Exception {
        var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        var subject = new X500Principal("CN=test");
        var certificate =
                new JcaX509v3CertificateBuilder(
                                subject,
                                BigInteger.ONE,
                                Date.from(Instant.EPOCH),
                                Date.from(Instant.EPOCH.plusSeconds(1L << 32)),
                                subject,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()));
        var chain = folder.resolve("chain.pem");
        var key = folder.resolve("key.pem");
        Files.writeString(
                chain, "Some words first\n" + Pem.print("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(key, Pem.print(pair.getPrivate()));
        var identity = Pem.identity(chain, key);
        assertThat(identity.key()).isEqualTo(pair.getPrivate());
        assertThat(identity.chain()).hasSize(1);
    }

    @Test
    void whatIsWrongIsNamedWithItsFileAndItsCure() throws Exception {
        var configuration = newHome();
        var good = configuration.certificate();
        var other = folder.resolve("other.pem");
        Files.writeString(other, Pem.print(SelfSigned.of("a.example").key()));
        assertThatThrownBy(() -> Pem.identity(good, other))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("other.pem is not the key of the certificate in");
        Files.writeString(other, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.identity(good, other))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        Files.writeString(other, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.identity(good, other)).hasMessageContaining("damaged");
        Files.delete(other);
        assertThatThrownBy(() -> Pem.identity(good, other)).hasMessageContaining("is not there");
        Files.writeString(other, "nothing");
        assertThatThrownBy(() -> Pem.identity(other, configuration.key()))
                .hasMessageContaining("other.pem");
    }

    private static String mode(Path file) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
