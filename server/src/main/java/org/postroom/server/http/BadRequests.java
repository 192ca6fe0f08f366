package org.postroom.server.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What is said of a request that makes no sense as HTTP, so that nobody here has seen it: the status's
/// own words, and nothing of what came.
final class BadRequests extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders()
                .put("Content-Type", MimeTypes.Type.TEXT_PLAIN_UTF_8.asString())
                .put("X-Content-Type-Options", "nosniff");
        Content.Sink.write(
                response, true, HttpStatus.getMessage(response.getStatus()) + '\n', callback);
        return true;
    }
}
