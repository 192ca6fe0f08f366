package org.postroom.crypto;

import org.bouncycastle.bcpg.UnsupportedPacketVersionException;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSRuntimeException;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPRuntimeOperationException;
import org.bouncycastle.operator.OperatorException;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.ProviderException;

/// Where libraries are given what strangers wrote. They answer hostile octets with exceptions of many
/// kinds, checked and unchecked: [#read] makes one of them, so that what can't be read is a finding and never
/// a crash. Errors of our own streams pass.
public final class Stranger {

    private Stranger() {}

    /// Something that reads what strangers wrote.
    @FunctionalInterface
    public interface Reading<T> {
        T read()
                throws IOException,
                        PGPException,
                        CMSException,
                        OperatorException,
                        GeneralSecurityException,
                        Unusable;
    }

    /// @param what what it should be
    public static <T> T read(String what, Reading<T> reading) throws IOException, Unusable {
        try {
            return reading.read();
        } catch (OurTrouble trouble) {
            throw trouble.cause;
        } catch (PGPException
                | CMSException
                | IOException
                | OperatorException
                | GeneralSecurityException
                | ProviderException
                | CMSRuntimeException
                | PGPRuntimeOperationException
                | UnsupportedPacketVersionException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException
                | ClassCastException
                | NegativeArraySizeException
                | NullPointerException
                | UnsupportedOperationException broken) {
            String text = broken.getMessage();
            throw new Unusable(
                    Unusable.Why.BAD_DATA,
                    "This is no whole "
                            + what
                            + ": "
                            + (text == null ? broken.getClass().getSimpleName() : text));
        }
    }

    /// Our own side's trouble, which says nothing about what was read.
    public static final class OurTrouble extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final IOException cause;

        public OurTrouble(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /// The octets of a stream whose errors are ours, not the data's.
    public static InputStream ours(InputStream in) {
        return new OwnInput(in);
    }

    private static final class OwnInput extends InputStream {

        private final InputStream in;

        OwnInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw new OurTrouble(e);
            }
        }

        @Override
        public int read(byte[] b, int off, int len) {
            try {
                return in.read(b, off, len);
            } catch (IOException e) {
                throw new OurTrouble(e);
            }
        }
    }
}
