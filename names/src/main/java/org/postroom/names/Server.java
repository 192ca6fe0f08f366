package org.postroom.names;

import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// One server to ask. When it is not able to answer it counts as one that did not, so that the next
/// is asked; dnsjava would take its word.
final class Server extends SimpleResolver {

    Server(InetSocketAddress address) {
        super(address);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message question, Executor executor) {
        return super.sendAsync(question, executor).thenCompose(Server::able);
    }

    // RFC 1035 §4.1.1: RCODE
    private static CompletionStage<Message> able(Message answer) {
        return switch (answer.getRcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> CompletableFuture.completedFuture(answer);
            default ->
                    CompletableFuture.failedFuture(
                            new IOException(Rcode.string(answer.getRcode())));
        };
    }
}
