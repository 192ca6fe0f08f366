package org.postroom.server.http;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.postroom.http.Status;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.store.Refused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// Where each request is answered, on the virtual thread that it came by: found its [Area], what that says
/// written, and written down.
final class Desk extends Handler.Abstract {

    private static final System.Logger LOG = System.getLogger(Desk.class.getName());

    /// What every answer bears; an area may say otherwise. Pages run no script but our own and are shown in
    /// nobody's frame (TRAPS T39); what they are made of lies here.
    private static final Map<String, String> COMMON =
            Map.of(
                    "X-Content-Type-Options", "nosniff",
                    "Referrer-Policy", "same-origin",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Cache-Control", "no-store",
                    "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; script-src 'self'; img-src"
                                + " 'self' data: blob:; media-src 'self' blob:; font-src 'self';"
                                + " connect-src 'self'; frame-src 'self' blob:; form-action 'self';"
                                + " frame-ancestors 'none'; base-uri 'none'");

    private final House house;
    private final Port port;
    private final Site site;
    private final Visitors visitors;

    Desk(House house, Port port, Site site, Visitors visitors) {
        this.house = house;
        this.port = port;
        this.site = site;
        this.visitors = visitors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var meta = request.getConnectionMetaData();
        var visitor =
                visitors.of(meta.getRemoteSocketAddress(), meta.getConnection().getEndPoint());
        visitor.begin();
        try {
            ScopedValue.where(org.postroom.wire.Listener.CONNECTION, meta.getId())
                    .run(() -> answer(request, response, callback, visitor));
        } finally {
            visitor.end();
        }
        return true;
    }

    private void answer(
            Request request, Response response, Callback callback, Visitors.Visitor visitor) {
        long begun = System.nanoTime();
        var record = new AccessRecord(house.journal(), port, request, begun);
        try {
            write(request, response, found(request, visitor, record), record);
            callback.succeeded();
        } catch (IOException gone) {
            record.end("gone");
            callback.failed(gone);
        } catch (VirtualMachineError dying) {
            callback.failed(dying);
            throw dying;
        } catch (RuntimeException | Error broken) { // a Fault, or a bug that should have been one
            LOG.log(System.Logger.Level.ERROR, "a request broke", broken);
            record.end("fault");
            callback.failed(broken);
        } finally {
            record.write();
        }
    }

    private Answer found(Request request, Visitors.Visitor visitor, AccessRecord record)
            throws IOException {
        Exchange asked;
        try {
            asked = Exchange.of(house, request, visitor, record);
        } catch (Refusal refusal) {
            return Answer.text(refusal.status(), refusal.status().reason + "\n");
        }
        try {
            return site.answer(asked);
        } catch (Refusal refusal) {
            return site.shown(asked, refusal);
        } catch (Refused refused) {
            return site.shown(asked, Refusals.of(refused.reason()));
        } catch (RuntimeException broken) { // a Fault, or a bug that should have been one
            LOG.log(System.Logger.Level.ERROR, "a request broke", broken);
            return site.shown(asked, new Refusal(Status.INTERNAL_SERVER_ERROR, "fault"));
        }
    }

    private void write(Request request, Response response, Answer answer, AccessRecord record)
            throws IOException {
        response.setStatus(answer.status().code);
        record.status(answer.status().code);
        var fields = response.getHeaders();
        COMMON.forEach(fields::put);
        site.strictTransport(request.isSecure())
                .ifPresent(value -> fields.put("Strict-Transport-Security", value));
        answer.fields().forEach(fields::put);
        boolean head = request.getMethod().equals("HEAD");
        switch (answer.body()) {
            case Answer.Body.None() -> {
                boolean none =
                        answer.status() == Status.NO_CONTENT
                                || answer.status() == Status.NOT_MODIFIED;
                if (!none && !head) fields.put("Content-Length", 0);
                last(response, ByteBuffer.allocate(0));
            }
            case Answer.Body.Octets(var type, var octets) -> {
                fields.put("Content-Type", type);
                fields.put("Content-Length", octets.length);
                record.octets(head ? 0 : octets.length);
                last(response, ByteBuffer.wrap(head ? new byte[0] : octets));
            }
            case Answer.Body.Flow(var type, var length, var writer) -> {
                fields.put("Content-Type", type);
                if (length >= 0) fields.put("Content-Length", length);
                if (head) {
                    last(response, ByteBuffer.allocate(0));
                    return;
                }
                try (var out = record.counting(Content.Sink.asOutputStream(response))) {
                    writer.write(out);
                }
            }
        }
    }

    private static void last(Response response, ByteBuffer octets) throws IOException {
        try (var blocker = Blocker.callback()) {
            response.write(true, octets, blocker);
            blocker.block();
        }
    }
}
