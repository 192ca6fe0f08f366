package org.postroom.server.http;

import org.postroom.http.Status;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The journal's figures in the form that Prometheus reads, for whoever comes from this machine.
final class Metrics implements Area {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    @Override
    public Answer answer(Exchange asked) throws Refusal {
        if (!asked.isLocal()) throw new Refusal(Status.NOT_FOUND, "not-found");
        if (!asked.reads()) throw SignIn.methods("GET, HEAD");
        var house = asked.house();
        var text = new StringBuilder();
        text.append("# HELP postroom_events_total What the server did since its start.\n");
        text.append("# TYPE postroom_events_total counter\n");
        for (var figure : house.journal().figures().entrySet())
            text.append("postroom_events_total{event=\"")
                    .append(label(figure.getKey()))
                    .append("\"} ")
                    .append(figure.getValue())
                    .append('\n');
        var memory = Runtime.getRuntime();
        for (var gauge :
                Map.of(
                                "postroom_connections", Long.valueOf(house.gate().size()),
                                "postroom_queue_letters", Long.valueOf(house.queue().desk().size()),
                                "postroom_heap_bytes", memory.totalMemory() - memory.freeMemory())
                        .entrySet())
            text.append("# TYPE ")
                    .append(gauge.getKey())
                    .append(" gauge\n")
                    .append(gauge.getKey())
                    .append(' ')
                    .append(gauge.getValue())
                    .append('\n');
        return Answer.of(
                Status.OK,
                new Answer.Body.Octets(TYPE, text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String label(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
