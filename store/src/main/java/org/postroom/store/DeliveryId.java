package org.postroom.store;

import org.postroom.wire.Fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// What makes a delivery happen once: an account that has seen an id does not take the letter again,
/// whatever crashed in between. Remembered for a week.
public record DeliveryId(long high, long low) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// The id of whatever is called so: the same for the same name.
    public static DeliveryId of(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            var numbers = ByteBuffer.wrap(hash);
            return new DeliveryId(numbers.getLong(), numbers.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new Fault("SHA-256", e);
        }
    }

    public static DeliveryId random() {
        return new DeliveryId(RANDOM.nextLong(), RANDOM.nextLong());
    }
}
