package org.postroom.demo;

import org.postroom.wire.Tap;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A conversation as one end heard it: the octets of each direction.
final class Recording implements Tap {

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Override
    public synchronized void heard(byte[] octets, int offset, int length) {
        heard.write(octets, offset, length);
    }

    @Override
    public synchronized void said(byte[] octets, int offset, int length) {
        said.write(octets, offset, length);
    }

    @Override
    public void noted(String what) {}

    synchronized byte[] heard() {
        return heard.toByteArray();
    }

    synchronized byte[] said() {
        return said.toByteArray();
    }

    /// Whether the other end said what was heard here, and heard what was said here.
    boolean agreesWith(Recording other) {
        return Arrays.equals(heard(), other.said()) && Arrays.equals(said(), other.heard());
    }
}
