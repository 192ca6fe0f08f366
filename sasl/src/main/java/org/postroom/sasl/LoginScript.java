package org.postroom.sasl;

import org.postroom.wire.Secret;

import java.util.Optional;

/// LOGIN: the name, then the password. There is no standard to it but what clients wait for: these
/// two challenges and no others (TRAPS T8). An initial response is the name.
final class LoginScript<I> implements ServerExchange.Script<I> {

    private final Credentials<I> credentials;
    private Optional<String> name = Optional.empty();

    LoginScript(Credentials<I> credentials) {
        this.credentials = credentials;
    }

    @Override
    public String opening() {
        return "Username:";
    }

    @Override
    public Step<I> hear(String response) {
        if (response.isEmpty() || response.indexOf('\0') >= 0)
            return new Step.Rejected<>(Step.Reason.MALFORMED);
        if (name.isPresent())
            return ServerExchange.judge(credentials.password("", name.get(), new Secret(response)));
        name = Optional.of(response);
        return new Step.Challenge<>(Base64Text.of("Password:"));
    }
}
