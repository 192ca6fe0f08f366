package org.postroom.sasl;

import org.postroom.wire.Secret;

/// RFC 4616: all in one message.
record PlainScript<I>(Credentials<I> credentials) implements ServerExchange.Script<I> {

    // RFC 4616 §2: message = [authzid] UTF8NUL authcid UTF8NUL passwd
    @Override
    public Step<I> hear(String message) {
        int first = message.indexOf('\0');
        int second = message.indexOf('\0', first + 1);
        boolean twoNuls = first >= 0 && second > first && message.indexOf('\0', second + 1) < 0;
        if (!twoNuls || second == first + 1 || second + 1 == message.length())
            return new Step.Rejected<>(Step.Reason.MALFORMED);
        return ServerExchange.judge(
                credentials.password(
                        message.substring(0, first),
                        message.substring(first + 1, second),
                        new Secret(message.substring(second + 1))));
    }
}
