package org.postroom.agent.ftp;

import org.postroom.agent.Sizes;
import org.postroom.agent.account.Hindrance;

import java.time.Duration;
import java.util.Optional;

/// What a person wishes of connections and transfers; some of it she changes as she goes on.
final class Wishes {

    static final int MOST_AT_ONCE = 64;

    final boolean tls;
    final boolean plain;
    final boolean insecure;
    final Duration timeout;
    final Optional<String> passwordCommand;
    final boolean keyring;
    final Throttle throttle = new Throttle();

    volatile boolean active;
    volatile boolean extended = true;
    volatile boolean verbose;
    volatile boolean shows = true; // progress
    volatile boolean globs = true;
    volatile boolean asks; // before each file of mget and mput
    volatile int parallel = 1;

    private Wishes(Given given) throws Hindrance {
        tls = given.has(Option.TLS);
        plain = given.has(Option.PLAIN);
        if (tls && plain) throw Hindrance.usage("--tls and --plain: which?");
        insecure = given.has(Option.INSECURE);
        verbose = given.has(Option.VERBOSE);
        active = given.has(Option.ACTIVE);
        timeout = Duration.ofSeconds(given.number(Option.TIMEOUT, 86_400).orElse(180));
        passwordCommand = given.value(Option.PASSWORD_COMMAND);
        keyring = given.has(Option.KEYRING);
        var limit = given.value(Option.LIMIT);
        if (limit.isPresent()) throttle.limit(Sizes.parse(limit.get()));
    }

    static Wishes of(Given given) throws Hindrance {
        return new Wishes(given);
    }
}
