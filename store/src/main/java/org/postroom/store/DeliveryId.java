package org.postroom.store;

import java.security.SecureRandom;

/// What makes a delivery happen once: an account that has seen an id does not take the letter again,
/// whatever crashed in between. Remembered for a week.
public record DeliveryId(long high, long low) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeliveryId random() {
        return new DeliveryId(RANDOM.nextLong(), RANDOM.nextLong());
    }
}
