package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/// RFC 5321 §4.4
class TraceTest {

    private static final OffsetDateTime DATE = OffsetDateTime.parse("2026-01-05T10:00:00+01:00");

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Test
    void returnPathMayBeNull() {
        assertThat(text(Trace.returnPath("alice@example.test")))
                .isEqualTo("Return-Path: <alice@example.test>\r\n");
        assertThat(text(Trace.returnPath(""))).isEqualTo("Return-Path: <>\r\n");
        assertThat(text(Trace.deliveredTo("bob@example.test")))
                .isEqualTo("Delivered-To: bob@example.test\r\n");
    }

    @Test
    void receivedTellsTheHop() {
        var hop =
                new Trace.Hop(
                        "client.example",
                        "host.example",
                        "192.0.2.7",
                        "mx.example.test",
                        "ESMTPS",
                        "TLSv1.3 TLS_AES_128_GCM_SHA256",
                        "4f2a",
                        "bob@example.test",
                        DATE);
        assertThat(text(Trace.received(hop)))
                .isEqualTo(
                        """
                        Received: from client.example (host.example [192.0.2.7])\r
                        \tby mx.example.test with ESMTPS (TLSv1.3 TLS_AES_128_GCM_SHA256)\r
                        \tid 4f2a\r
                        \tfor <bob@example.test>;\r
                        \tMon, 5 Jan 2026 10:00:00 +0100\r
                        """);
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        var hop =
                new Trace.Hop(
                        "[127.0.0.1]",
                        null,
                        "::1",
                        "mx.example.test",
                        "LMTP",
                        null,
                        "x",
                        null,
                        DATE);
        assertThat(text(Trace.received(hop)))
                .isEqualTo(
                        """
                        Received: from [127.0.0.1] ([IPv6:::1])\r
                        \tby mx.example.test with LMTP\r
                        \tid x;\r
                        \tMon, 5 Jan 2026 10:00:00 +0100\r
                        """);
    }

    @Test
    void aGreetingEndsNothing() {
        String evil = "a) by b; Mon\r\nX-Evil: 1\r\n\r\n(\\\"<>\0";
        var hop =
                new Trace.Hop(
                        evil,
                        evil,
                        evil,
                        "mx.example.test",
                        "SMTP",
                        evil,
                        "x",
                        "a@b\r\nX: 1",
                        DATE);
        var fields = Fields.of(Trace.received(hop));
        assertThat(fields.list()).hasSize(1);
        assertThat(fields.list().getFirst().raw())
                .doesNotContain("\\", "\"", "\0")
                .contains(";\r\n\tMon, 5");
        assertThat(fields.list().getFirst().raw().chars().filter(c -> c == ';')).hasSize(1);
        assertThat(Fields.of(Trace.returnPath("a@b>\r\nX: 1")).list()).hasSize(1);
    }
}
