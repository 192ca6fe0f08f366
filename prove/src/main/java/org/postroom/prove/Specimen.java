package org.postroom.prove;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/// Letters and files that are made again from their key, so that what is found can be held against
/// what was sent. One in eight is larger than what the store keeps among its rows.
final class Specimen {

    private static final int LARGE = 300_000;
    private static final String SUBJECT = "Subject: ";

    private Specimen() {}

    static byte[] file(String key, int version) {
        var random = new Random(key.hashCode() * 31L + version);
        byte[] octets = new byte[random.nextInt(8) == 0 ? LARGE : random.nextInt(1, 20_000)];
        random.nextBytes(octets);
        return octets;
    }

    static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] letter(String key) {
        var random = new Random(key.hashCode());
        int size = random.nextInt(8) == 0 ? LARGE : random.nextInt(1, 4_000);
        var text = new StringBuilder(size + 300);
        text.append("Date: Thu, 1 Jan 2026 00:00:00 +0000\r\n")
                .append("From: <crash@prove.test>\r\n")
                .append("Message-ID: <" + key + "@prove.test>\r\n")
                .append(SUBJECT + key + "\r\n\r\n");
        byte[] line = new byte[35];
        while (text.length() < size) {
            random.nextBytes(line);
            text.append(HexFormat.of().formatHex(line)).append("\r\n");
        }
        return text.append("the end of ")
                .append(key)
                .append("\r\n")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// The key of a letter that came whole, with or without a trace before it; else "".
    static String key(byte[] stored) {
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        String key = subject(text);
        String sent = new String(letter(key), StandardCharsets.US_ASCII);
        if (key.isEmpty() || !text.endsWith(sent)) return "";
        boolean traced = text.startsWith("Return-Path:");
        return traced || text.length() == sent.length() ? key : "";
    }

    /// What the header says, or "".
    static String subject(String text) {
        int at = text.indexOf("\r\n" + SUBJECT);
        if (at < 0) return "";
        int from = at + 2 + SUBJECT.length();
        int end = text.indexOf("\r\n", from);
        return end < 0 ? "" : text.substring(from, end);
    }
}
