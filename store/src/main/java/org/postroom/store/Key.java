package org.postroom.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Builds a row's key: a letter, then fields big-endian, so that the order of keys is the order of
/// fields. Texts stand last or are followed by nothing that needs finding.
public final class Key {

    private Key() {}

    public static byte[] of(char letter) {
        return new byte[] {(byte) letter};
    }

    public static byte[] of(char letter, int field) {
        return ByteBuffer.allocate(5).put((byte) letter).putInt(field).array();
    }

    public static byte[] of(char letter, int first, int second) {
        return ByteBuffer.allocate(9).put((byte) letter).putInt(first).putInt(second).array();
    }

    public static byte[] of(char letter, long field) {
        return ByteBuffer.allocate(9).put((byte) letter).putLong(field).array();
    }

    public static byte[] of(char letter, long first, long second) {
        return ByteBuffer.allocate(17).put((byte) letter).putLong(first).putLong(second).array();
    }

    public static byte[] of(char letter, long first, int second) {
        return ByteBuffer.allocate(13).put((byte) letter).putLong(first).putInt(second).array();
    }

    public static byte[] of(char letter, long first, long second, int third) {
        return ByteBuffer.allocate(21)
                .put((byte) letter)
                .putLong(first)
                .putLong(second)
                .putInt(third)
                .array();
    }

    public static byte[] of(char letter, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + octets.length).put((byte) letter).put(octets).array();
    }

    public static byte[] of(char letter, long field, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(9 + octets.length)
                .put((byte) letter)
                .putLong(field)
                .put(octets)
                .array();
    }

    public static int intAt(byte[] key, int at) {
        return ByteBuffer.wrap(key).getInt(at);
    }

    public static long longAt(byte[] key, int at) {
        return ByteBuffer.wrap(key).getLong(at);
    }

    public static String textFrom(byte[] key, int at) {
        return new String(key, at, key.length - at, StandardCharsets.UTF_8);
    }
}
