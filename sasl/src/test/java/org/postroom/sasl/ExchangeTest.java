package org.postroom.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.sasl.Keeper.base64;
import static org.postroom.sasl.Keeper.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.sasl.Step.Admitted;
import org.postroom.sasl.Step.Challenge;
import org.postroom.sasl.Step.Reason;
import org.postroom.sasl.Step.Rejected;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class ExchangeTest {

    private static final Keeper TIM = Keeper.of("tim", "tanstaaftanstaaf", "second");

    private static Step<String> start(Mechanism mechanism, String initialResponse) {
        return new ServerExchange<>(mechanism, TIM).start(Optional.of(new Secret(initialResponse)));
    }

    private static Step<String> plain(String message) {
        return start(Mechanism.PLAIN, base64(message));
    }

    private static Step<String> rejected(Reason reason) {
        return new Rejected<>(reason);
    }

    // RFC 4616 §4
    @Test
    void plainAdmitsTheFirstExampleOfItsRfc() {
        var exchange = new ServerExchange<>(Mechanism.PLAIN, TIM);
        assertThat(exchange.start(Optional.empty())).isEqualTo(new Challenge<>(""));
        var line = Line.of(base64("\0tim\0tanstaaftanstaaf"));
        assertThat(exchange.next(line)).isEqualTo(new Admitted<>("tim"));
        assertThat(line.shown()).isEqualTo(Secret.BLANK);
    }

    // RFC 4616 §4
    @Test
    void plainRefusesToActAsAnother() {
        var kurt = new ServerExchange<>(Mechanism.PLAIN, Keeper.of("Kurt", "xipj3plmq"));
        var message = new Secret(base64("Ursel\0Kurt\0xipj3plmq"));
        assertThat(kurt.start(Optional.of(message))).isEqualTo(rejected(Reason.WRONG));
        assertThat(plain("tim\0tim\0tanstaaftanstaaf")).isEqualTo(new Admitted<>("tim"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tim", "\0tim", "\0\0", "\0tim\0", "\0\0x", "\0tim\0x\0", "\0\0\0"})
    void plainHasExactlyTwoNulsAndNothingEmptyBehindThem(String message) {
        assertThat(plain(message)).isEqualTo(rejected(Reason.MALFORMED));
    }

    @Test
    void plainTakesNamesOf255OctetsAndRefusesAFlood() {
        String long255 = "n".repeat(255);
        assertThat(plain("\0" + long255 + "\0" + long255)).isEqualTo(rejected(Reason.WRONG));
        assertThat(plain("\0tim\0" + "x".repeat(4096))).isEqualTo(rejected(Reason.MALFORMED));
    }

    // TRAPS T9
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A", "AA", "AAA", "AA=", "A===", "====", "AB==", "A A=", "AAAA\t", "é", "*="
            })
    void whatIsNoBase64IsAnOrdinaryRejection(String base64) {
        for (var mechanism : Mechanism.values())
            assertThat(start(mechanism, base64)).isEqualTo(rejected(Reason.MALFORMED));
    }

    @Test
    void whatIsNoUtf8IsMalformed() {
        byte[] octets = {0, (byte) 0xc0, (byte) 0x80, 0, 'x'};
        assertThat(start(Mechanism.PLAIN, Base64.getEncoder().encodeToString(octets)))
                .isEqualTo(rejected(Reason.MALFORMED));
    }

    @Test
    void rubbishIsNeverAdmittedAndNeverThrows() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            String rubbish =
                    random.nextBoolean()
                            ? Base64.getEncoder().encodeToString(octets)
                            : new String(octets, StandardCharsets.ISO_8859_1);
            for (var mechanism : List.of(Mechanism.PLAIN, Mechanism.LOGIN, Mechanism.SCRAM_SHA_256))
                assertThat(start(mechanism, rubbish))
                        .as("seed %d", seed)
                        .isNotInstanceOf(Admitted.class);
        }
    }

    // TRAPS T8
    @Test
    void loginAsksInTheWordsThatClientsWaitFor() {
        var exchange = new ServerExchange<>(Mechanism.LOGIN, TIM);
        assertThat(exchange.start(Optional.empty())).isEqualTo(new Challenge<>("VXNlcm5hbWU6"));
        assertThat(exchange.next(Line.of(base64("tim"))))
                .isEqualTo(new Challenge<>("UGFzc3dvcmQ6"));
        assertThat(exchange.next(Line.of(base64("second")))).isEqualTo(new Admitted<>("tim"));
    }

    // TRAPS T8
    @Test
    void loginTakesTheNameAsAnInitialResponse() {
        var exchange = new ServerExchange<>(Mechanism.LOGIN, TIM);
        var asked = exchange.start(Optional.of(new Secret(base64("tim"))));
        assertThat(asked).isEqualTo(new Challenge<>("UGFzc3dvcmQ6"));
        assertThat(exchange.next(Line.of(base64("wrong")))).isEqualTo(rejected(Reason.WRONG));
    }

    @Test
    void aStarCancels() {
        for (var mechanism : Mechanism.values()) {
            var exchange = new ServerExchange<>(mechanism, TIM);
            assertThat(exchange.start(Optional.empty())).isInstanceOf(Challenge.class);
            assertThat(exchange.next(Line.of("*"))).isEqualTo(rejected(Reason.CANCELLED));
        }
    }

    // RFC 4422 §A.1
    @Test
    void externalActsAsOneselfOrAsAsked() {
        assertThat(start(Mechanism.EXTERNAL, "=")).isEqualTo(new Admitted<>("tim"));
        assertThat(start(Mechanism.EXTERNAL, base64("tim"))).isEqualTo(new Admitted<>("tim"));
        assertThat(start(Mechanism.EXTERNAL, base64("tom"))).isEqualTo(rejected(Reason.WRONG));
        assertThat(start(Mechanism.EXTERNAL, base64("t\0m"))).isEqualTo(rejected(Reason.MALFORMED));
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void theTwoSidesUnderstandEachOther(Mechanism mechanism) {
        var names = List.of("tim", "a,b=c", "=2C", "josé", "ペトロ", " spaced ");
        for (var name : names)
            for (boolean atOnce : new boolean[] {true, false}) {
                var client = client(mechanism, name, "pass word");
                assertThat(converse(Keeper.of(name, "other", "pass word"), client, atOnce))
                        .as(name)
                        .isInstanceOf(Admitted.class);
                assertThat(client.isSatisfied()).isTrue();
            }
    }

    @ParameterizedTest
    @EnumSource(value = Mechanism.class, mode = EnumSource.Mode.EXCLUDE, names = "EXTERNAL")
    void aWrongPasswordAndAnUnknownNameLookTheSame(Mechanism mechanism) {
        for (var name : List.of("tim", "nobody")) {
            var client = client(mechanism, name, "wrong");
            assertThat(converse(TIM, client, true)).isEqualTo(rejected(Reason.WRONG));
        }
    }

    @Test
    void theProofIsTriedAgainstEachPasswordsKeys() {
        for (var password : TIM.passwords())
            assertThat(converse(TIM, client(Mechanism.SCRAM_SHA_256, "tim", password), true))
                    .isEqualTo(new Admitted<>(password));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN LOGIN, PLAIN",
        "LOGIN PLAIN SCRAM-SHA-256, SCRAM_SHA_256",
        "login, LOGIN",
    })
    void aClientTakesTheBestThatItKnows(String announced, Mechanism best) {
        var chosen = ClientExchange.best(List.of(announced.split(" ")), "tim", new Secret("x"));
        assertThat(chosen.orElseThrow().mechanism()).isEqualTo(best);
    }

    @Test
    void aClientKnowsWhenItKnowsNone() {
        var announced = List.of("EXTERNAL", "XOAUTH2");
        assertThat(ClientExchange.best(announced, "tim", new Secret("x"))).isEmpty();
    }

    @Test
    void aClientGivesUpOnAQuestionTooMany() {
        var client = ClientExchange.plain("tim", new Secret("x"));
        assertThat(client.initialResponse()).isPresent();
        assertThat(client.answer("").text()).isEqualTo("*");
    }

    private static final Binding BINDING =
            type -> type.equals("tls-exporter") ? Optional.of(new byte[32]) : Optional.empty();

    private static ClientExchange client(Mechanism mechanism, String name, String password) {
        var secret = new Secret(password);
        return switch (mechanism) {
            case PLAIN -> ClientExchange.plain(name, secret);
            case LOGIN -> ClientExchange.login(name, secret);
            case EXTERNAL -> ClientExchange.external(name);
            case SCRAM_SHA_1, SCRAM_SHA_256, SCRAM_SHA_512 ->
                    ClientExchange.scram(mechanism, name, secret);
            case SCRAM_SHA_1_PLUS, SCRAM_SHA_256_PLUS, SCRAM_SHA_512_PLUS ->
                    ClientExchange.bound(mechanism, name, secret, BINDING, "tls-exporter");
        };
    }

    private static Step<String> converse(Keeper keeper, ClientExchange client, boolean atOnce) {
        var server = new ServerExchange<>(client.mechanism(), keeper, BINDING);
        var step = server.start(atOnce ? client.initialResponse() : Optional.empty());
        while (step instanceof Challenge<String>(var base64))
            step = server.next(client.answer(base64));
        return step;
    }

    @Test
    void namesArePrintedAsTheyAreAnnounced() {
        for (var mechanism : Mechanism.values())
            assertThat(Mechanism.named(mechanism.saslName)).contains(mechanism);
        assertThat(Mechanism.named("scram-sha-256")).contains(Mechanism.SCRAM_SHA_256);
        assertThat(Mechanism.named("SCRAM-SHA-224")).isEmpty();
        assertThat(text("dGlt")).isEqualTo("tim");
    }
}
