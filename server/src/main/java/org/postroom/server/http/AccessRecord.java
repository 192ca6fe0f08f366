package org.postroom.server.http;

import org.eclipse.jetty.server.Request;
import org.postroom.server.Journal;
import org.postroom.server.Port;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/// What is written down of a request: one entry in the journal, without its query, which may be secret.
final class AccessRecord {

    private final Journal journal;
    private final Port port;
    private final Request request;
    private final long begun;
    private long octets;
    private int status;
    private String account = "";
    private String end = "";

    AccessRecord(Journal journal, Port port, Request request, long begun) {
        this.journal = journal;
        this.port = port;
        this.request = request;
        this.begun = begun;
    }

    void octets(long count) {
        octets = count;
    }

    void status(int code) {
        status = code;
    }

    /// Whose request it was.
    void account(String name) {
        account = name;
    }

    /// How it ended, if not by its answer.
    void end(String how) {
        end = how;
    }

    OutputStream counting(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int octet) throws IOException {
                out.write(octet);
                octets++;
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                out.write(from, offset, length);
                octets += length;
            }
        };
    }

    void write() {
        journal.about(
                        "request",
                        request.getConnectionMetaData().getId(),
                        Request.getRemoteAddr(request))
                .with("protocol", port.title)
                .with("account", account)
                .with("method", request.getMethod())
                .with("path", request.getHttpURI().getPath())
                .with("version", request.getConnectionMetaData().getHttpVersion().asString())
                .with("status", status)
                .with("octets", octets)
                .with("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                .with("end", end)
                .write();
    }
}
