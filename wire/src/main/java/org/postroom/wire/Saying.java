package org.postroom.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Octets being put together to be said, with the stretches that the tap blanks.
public final class Saying {

    /// Nothing that is longer is put together in memory.
    private static final int MOST = 64 << 20;

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private byte[] octets;
    private int length;
    private int[] secrets = {};

    public Saying() {
        this(0);
    }

    /// One that has room for so many octets, if it is known.
    public Saying(int room) {
        octets = new byte[Math.max(512, room)];
    }

    /// Appends text whose characters are octets: ASCII, or anything up to U+00FF as that octet.
    @SuppressWarnings("deprecation") // the one-octet copy is just what is meant
    public Saying octets(String text) {
        room(text.length());
        text.getBytes(0, text.length(), octets, length);
        length += text.length();
        return this;
    }

    /// Appends text as UTF-8.
    public Saying utf8(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    public Saying octets(byte[] more) {
        return octets(more, 0, more.length);
    }

    public Saying octets(byte[] more, int offset, int count) {
        room(count);
        System.arraycopy(more, offset, octets, length, count);
        length += count;
        return this;
    }

    public Saying octet(int octet) {
        room(1);
        octets[length++] = (byte) octet;
        return this;
    }

    /// Puts another octet in the place of each NUL from there on.
    public Saying withoutNul(int from, int other) {
        int at = from;
        for (; at + Long.BYTES <= length; at += Long.BYTES)
            if (hasNul((long) EIGHT.get(octets, at))) withoutNul(at, at + Long.BYTES, other);
        withoutNul(at, length, other);
        return this;
    }

    /// Whether one of eight octets is 0: then, and only then, a borrow reaches its highest bit.
    private static boolean hasNul(long eight) {
        return ((eight - 0x0101010101010101L) & ~eight & 0x8080808080808080L) != 0;
    }

    private void withoutNul(int from, int to, int other) {
        for (int i = from; i < to; i++) if (octets[i] == 0) octets[i] = (byte) other;
    }

    public Saying number(long number) {
        return octets(Long.toString(number));
    }

    public Saying crlf() {
        return octet('\r').octet('\n');
    }

    /// Appends what the tap must not show.
    public Saying secret(String text) {
        int from = length;
        octets(text);
        secrets = Arrays.copyOf(secrets, secrets.length + 2);
        secrets[secrets.length - 2] = from;
        secrets[secrets.length - 1] = length;
        return this;
    }

    public int length() {
        return length;
    }

    /// A copy of the octets as they will be sent.
    public byte[] toOctets() {
        return Arrays.copyOf(octets, length);
    }

    byte[] array() {
        return octets;
    }

    void show(Tap tap) {
        int at = 0;
        for (int i = 0; i < secrets.length; i += 2) {
            tap.said(octets, at, secrets[i] - at);
            tap.said(BLANK, 0, BLANK.length);
            at = secrets[i + 1];
        }
        tap.said(octets, at, length - at);
    }

    /// Begins anew.
    public void clear() {
        length = 0;
        if (secrets.length > 0) secrets = new int[0];
        if (octets.length > 16 * 1024) octets = new byte[512];
    }

    static final byte[] BLANK = Secret.BLANK.getBytes(StandardCharsets.US_ASCII);

    private void room(int more) {
        if (octets.length - length >= more) return;
        if (more > MOST - length) throw new Fault("more to say than " + MOST + " octets");
        int power = Integer.highestOneBit(length + more - 1) << 1; // enough, and rarely again
        octets = Arrays.copyOf(octets, Math.min(MOST, power));
    }
}
