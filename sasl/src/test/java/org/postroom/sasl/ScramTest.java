package org.postroom.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.sasl.Keeper.base64;
import static org.postroom.sasl.Keeper.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.sasl.Step.Admitted;
import org.postroom.sasl.Step.Challenge;
import org.postroom.sasl.Step.Reason;
import org.postroom.sasl.Step.Rejected;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

class ScramTest {

    /// The exchange that RFC 7677 §3 prints, both sides.
    @Test
    void theExampleOfRfc7677ComesOutToTheLetter() {
        example(
                Mechanism.SCRAM_SHA_256,
                "rOprNGfwEbeRWgbNEkqO",
                "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                "W22ZaJ0SNY7soEsUEjb6gQ==",
                "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    /// The exchange that RFC 5802 §5 prints, both sides.
    @Test
    void theExampleOfRfc5802ComesOutToTheLetter() {
        example(
                Mechanism.SCRAM_SHA_1,
                "fyko+d2lbbFgONRv9qkxdawL",
                "3rfcNHYJY1ZVvWVs7j",
                "QSXCR+Q6sek8bf92",
                "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                "rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    private static void example(
            Mechanism mechanism,
            String clientNonce,
            String serverNonce,
            String salt,
            String proof,
            String verifier) {
        var keeper = new Keeper("user", List.of("pencil"), Base64.getDecoder().decode(salt), 4096);
        var client =
                ClientExchange.scram(mechanism, "user", new Secret("pencil"), () -> clientNonce);
        var server = new ServerExchange<>(new ScramScript<>(mechanism, keeper, () -> serverNonce));
        String nonce = clientNonce + serverNonce;

        var first = client.initialResponse();
        assertThat(text(first.orElseThrow().reveal())).isEqualTo("n,,n=user,r=" + clientNonce);
        String asked = challenge(server.start(first));
        assertThat(text(asked)).isEqualTo("r=" + nonce + ",s=" + salt + ",i=4096");
        var answer = client.answer(asked);
        assertThat(text(answer.text())).isEqualTo("c=biws,r=" + nonce + ",p=" + proof);
        String proven = challenge(server.next(answer));
        assertThat(text(proven)).isEqualTo("v=" + verifier);
        assertThat(client.isSatisfied()).isFalse();
        var last = client.answer(proven);
        assertThat(last.text()).isEmpty();
        assertThat(client.isSatisfied()).isTrue();
        assertThat(server.next(last)).isEqualTo(new Admitted<>("pencil"));
    }

    private static String challenge(Step<String> step) {
        assertThat(step).isInstanceOf(Challenge.class);
        return step instanceof Challenge<String>(var base64) ? base64 : "";
    }

    private static Step<String> first(String message) {
        return server().start(Optional.of(new Secret(base64(message))));
    }

    private static ServerExchange<String> server() {
        return new ServerExchange<>(
                new ScramScript<>(
                        Mechanism.SCRAM_SHA_256, Keeper.of("user", "pencil"), () -> "SERVER"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,,n=user,r=abc",
                "y,,n=user,r=abc",
                "n,a=user,n=user,r=abc",
                "n,,n=user,r=abc,x=whatever",
                "n,,n=u=2Cs=3Der,r=abc",
            })
    void whatTheGrammarAllowsIsAnswered(String message) {
        assertThat(text(challenge(first(message)))).startsWith("r=abcSERVER,s=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n,,",
                "n,,n=user",
                "n,,n=,r=abc",
                "n,,r=abc,n=user",
                "n,,n=user,r=",
                "n,,n=user,r=a b",
                "n,,n=us=er,r=abc",
                "n,,n=us=2cer,r=abc",
                "n,,m=x,n=user,r=abc",
                "n,b=user,n=user,r=abc",
                "x,,n=user,r=abc",
                "p=tls-exporter,,n=user,r=abc",
                "p=tls-unique,,n=user,r=abc",
            })
    void whatItForbidsIsMalformed(String message) {
        assertThat(first(message)).isEqualTo(new Rejected<>(Reason.MALFORMED));
    }

    /// What a client must not change between its two messages, and what it must get right.
    @ParameterizedTest
    @CsvSource({
        "c=biws,            c=eSws,              WRONG", // y,, where n,, was
        "c=biws,            c=bixhPXVzZXIs,      WRONG", // n,a=user,
        "c=biws,            c=,                  MALFORMED",
        "c=biws,            c=*,                 MALFORMED",
        "r=abcSERVER,       r=abcSERVEr,         WRONG",
        "r=abcSERVER,       r=abc,               WRONG",
        "',p=',             ',x=y,p=',           WRONG", // the proof is of another message
        "',p=',             ',q=',               MALFORMED",
        "',p=',             ',p=AAAA',           MALFORMED", // of another length
    })
    void theSecondMessageIsHeldToTheFirst(String part, String instead, Reason reason) {
        var client =
                ClientExchange.scram(
                        Mechanism.SCRAM_SHA_256, "user", new Secret("pencil"), () -> "abc");
        var server = server();
        String honest =
                text(client.answer(challenge(server.start(client.initialResponse()))).text());
        assertThat(honest).contains(part);
        var forged = Line.of(base64(honest.replace(part, instead)));
        assertThat(server.next(forged)).isEqualTo(new Rejected<>(reason));
    }

    @Test
    void nobodyActsAsAnother() {
        var server = server();
        var scram = Scram.of(Mechanism.SCRAM_SHA_256);
        String bare = "n=user,r=abc";
        var asked = server.start(Optional.of(new Secret(base64("n,a=root," + bare))));
        String serverFirst = text(challenge(asked));
        String withoutProof = "c=" + base64("n,a=root,") + ",r=abcSERVER";
        byte[] key =
                scram.clientKey(
                        scram.salted(new Secret("pencil"), Keeper.SALT, 4096).orElseThrow());
        byte[] signature =
                scram.signature(scram.hash(key), bare + "," + serverFirst + "," + withoutProof);
        String proof = Base64.getEncoder().encodeToString(Scram.xor(key, signature));
        assertThat(server.next(Line.of(base64(withoutProof + ",p=" + proof))))
                .isEqualTo(new Rejected<>(Reason.WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r=abcSERVER,s=MDEyMw==,i=4095", // RFC 7677 §4
                "r=abcSERVER,s=MDEyMw==,i=5000001",
                "r=abcSERVER,s=MDEyMw==,i=99999999999999999999",
                "r=abcSERVER,s=MDEyMw==,i=-1",
                "r=abc,s=MDEyMw==,i=4096",
                "r=xyzSERVER,s=MDEyMw==,i=4096",
                "r=abcSERVER,s=?,i=4096",
                "e=other-error",
            })
    void aClientAnswersNoServerThatCannotBeRight(String serverFirst) {
        var client =
                ClientExchange.scram(
                        Mechanism.SCRAM_SHA_256, "user", new Secret("pencil"), () -> "abc");
        assertThat(client.initialResponse()).isPresent();
        assertThat(client.answer(base64(serverFirst)).text()).isEqualTo("*");
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsFoundOut() {
        var client =
                ClientExchange.scram(
                        Mechanism.SCRAM_SHA_256, "user", new Secret("pencil"), () -> "abc");
        assertThat(client.initialResponse()).isPresent();
        var answer = client.answer(base64("r=abcSERVER,s=MDEyMw==,i=4096"));
        assertThat(text(answer.text())).startsWith("c=biws,r=abcSERVER,p=");
        String forged = "v=" + Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(client.answer(base64(forged)).text()).isEqualTo("*");
        assertThat(client.isSatisfied()).isFalse();
    }

    @Test
    void noncesAreNew() {
        var nonces = Scram.nonce();
        assertThat(nonces.get()).hasSize(24).isNotEqualTo(nonces.get());
        assertThat(Scram.isNonce(nonces.get())).isTrue();
    }
}
