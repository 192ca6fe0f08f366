package org.postroom.crypto;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Source;
import org.postroom.wire.Fault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Plaintext that nobody may see before all of it was found to be whole: written first, read once
/// [#release] said so. What is short stays in memory; what is longer goes to the spool, encrypted by a key
/// of its own that is in memory only, so that what was never released is never readable either.
public final class Withheld extends OutputStream {

    private static final int IN_MEMORY = 1 << 20;
    private static final int SLICE = 64 << 10;

    private final Spool spool;
    private final byte[] key = new byte[32];
    private final byte[] slice = new byte[SLICE + 32];
    private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Spool.@Nullable Room room;
    private @Nullable OutputStream writer;
    private @Nullable Cipher cipher;
    private boolean released;
    private long size;

    public Withheld(Spool spool) {
        this.spool = spool;
        new SecureRandom().nextBytes(key);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        if (released) throw new IllegalStateException("it was released");
        size += len;
        if (memory != null && size <= IN_MEMORY) memory.write(b, off, len);
        else {
            if (memory != null) overflow(memory);
            encrypt(b, off, len);
        }
    }

    private void overflow(ByteArrayOutputStream held) throws IOException {
        room = spool.take();
        writer = room.writer();
        cipher = cipher(Cipher.ENCRYPT_MODE);
        memory = null;
        byte[] first = held.toByteArray();
        encrypt(first, 0, first.length);
    }

    private void encrypt(byte[] b, int off, int len) throws IOException {
        try {
            for (int at = 0; at < len; ) {
                int step = Math.min(SLICE, len - at);
                int made = Objects.requireNonNull(cipher).update(b, off + at, step, slice);
                Objects.requireNonNull(writer).write(slice, 0, made);
                at += step;
            }
        } catch (GeneralSecurityException e) {
            throw new Fault("what was withheld can't be encrypted", e);
        }
    }

    private Cipher cipher(int mode) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new Fault("no AES", e);
        }
    }

    public long size() {
        return size;
    }

    /// All of it, now that it is known to be whole; readable until [#close].
    public Source release() throws IOException {
        if (writer != null) writer.close();
        released = true;
        if (memory != null) return Source.of(memory.toByteArray());
        var held = Objects.requireNonNull(room);
        return () -> new Decrypting(held.reader(), cipher(Cipher.DECRYPT_MODE));
    }

    /// Gives the room back and forgets the key.
    @Override
    public void close() throws IOException {
        java.util.Arrays.fill(key, (byte) 0);
        if (writer != null) writer.close();
        if (room != null) room.close();
        room = null;
    }

    /// What the JDK's CipherInputStream does, in slices that are worth a call.
    private static final class Decrypting extends InputStream {

        private final InputStream in;
        private final Cipher cipher;
        private final byte[] read = new byte[SLICE];
        private ByteArrayInputStream clear = new ByteArrayInputStream(new byte[0]);

        Decrypting(InputStream in, Cipher cipher) {
            this.in = in;
            this.cipher = cipher;
        }

        @Override
        public int read() throws IOException {
            return fill() ? clear.read() : -1;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (len == 0) return 0;
            return fill() ? clear.read(b, off, len) : -1;
        }

        private boolean fill() throws IOException {
            while (clear.available() == 0) {
                int count = in.read(read);
                if (count < 0) return false;
                byte[] next = cipher.update(read, 0, count);
                if (next != null) clear = new ByteArrayInputStream(next);
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
