package org.postroom.http.dav;

import org.postroom.http.Status;

import java.util.List;
import java.util.Optional;

/// The body of a 207 (RFC 4918 §14.16), a part after the other: what was written is taken when it is
/// enough, so that the listing of a large directory is never in memory as a whole.
public final class Multistatus {

    private final Markup out = Markup.document("multistatus");

    /// Properties that share a fate (RFC 4918 §14.22).
    public record Propstat(
            List<Property> properties, Status status, Optional<Precondition> precondition) {

        public Propstat {
            properties = List.copyOf(properties);
        }

        public Propstat(List<Property> properties, Status status) {
            this(properties, status, Optional.empty());
        }
    }

    /// What is to be told of one resource's properties.
    public void response(String href, List<Propstat> propstats) {
        out.begin("response").element("href", href);
        for (var propstat : propstats) {
            if (propstat.properties.isEmpty()) continue;
            out.begin("propstat").begin("prop");
            propstat.properties.forEach(property -> out.raw(property.xml()));
            out.end("prop").status(propstat.status);
            propstat.precondition.ifPresent(this::error);
            out.end("propstat");
        }
        out.end("response");
    }

    /// What became of one resource.
    public void response(String href, Status status, Optional<Precondition> precondition) {
        out.begin("response").element("href", href).status(status);
        precondition.ifPresent(this::error);
        out.end("response");
    }

    private void error(Precondition precondition) {
        out.begin("error").empty(precondition.element()).end("error");
    }

    public void end() {
        out.end("multistatus");
    }

    /// What was written since this was asked last.
    public String take() {
        return out.take();
    }
}
