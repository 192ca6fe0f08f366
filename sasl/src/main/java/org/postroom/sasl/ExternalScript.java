package org.postroom.sasl;

/// RFC 4422 §A.1: whom the client wants to act as; who it is, the connection has shown.
record ExternalScript<I>(Credentials<I> credentials) implements ServerExchange.Script<I> {

    @Override
    public Step<I> hear(String authorization) {
        if (authorization.indexOf('\0') >= 0) return new Step.Rejected<>(Step.Reason.MALFORMED);
        return ServerExchange.judge(credentials.external(authorization));
    }
}
