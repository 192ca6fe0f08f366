package org.postroom.mime.compose;

import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.Source;
import org.postroom.mime.compose.CannotCross.Obstacle;
import org.postroom.mime.compose.Entity.Enclosed;
import org.postroom.mime.compose.Entity.Leaf;
import org.postroom.mime.compose.Entity.Multipart;
import org.postroom.mime.compose.Entity.Verbatim;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How an entity will be written for a hop: the encodings are chosen and the header sections
/// printed, the content is still where it lies.
sealed interface Plan {

    /// What a hop must take for it.
    NextHop needs();

    /// Header section and body.
    void write(OutputStream out) throws IOException;

    /// @param unchanged whether a signature covers it
    static Plan of(Entity entity, NextHop hop, boolean unchanged) throws IOException, CannotCross {
        return switch (entity) {
            case Leaf leaf -> Whole.of(leaf, hop, unchanged);
            case Multipart multipart -> Parts.of(multipart, hop, unchanged);
            case Enclosed enclosed -> enclosed(enclosed, hop);
            case Verbatim verbatim -> Copied.of(verbatim, hop);
        };
    }

    /// Octets behind a header section.
    record Whole(Source header, Encoding encoding, Source source) implements Plan {

        static Whole of(Leaf leaf, NextHop hop, boolean unchanged) throws IOException, CannotCross {
            var type = leaf.type();
            var encoding = encoding(type, Survey.of(leaf.source()), hop, unchanged);
            return new Whole(
                    new PartHeader(type, leaf.labels(), encoding).source(hop),
                    encoding,
                    leaf.source());
        }

        private static Encoding encoding(
                MediaType type, Survey survey, NextHop hop, boolean unchanged) throws CannotCross {
            // RFC 2046 §5.2.2, §5.2.3: these are of seven bits, and never encoded
            if (type.is("message", "partial") || type.is("message", "external-body")) {
                if (survey.isLines() && !survey.eightBit()) return Encoding.SEVEN_BIT;
                throw new CannotCross(Obstacle.ENCODING, "message/" + type.subtype());
            }
            boolean text = type.type().equals("text") || type.type().equals("message");
            return Encoding.best(survey, text, hop, unchanged);
        }

        @Override
        public NextHop needs() {
            return encoding.needs();
        }

        @Override
        public void write(OutputStream out) throws IOException {
            header.writeTo(out);
            encoding.write(source, out);
        }
    }

    /// Parts between boundaries.
    record Parts(Source header, String boundary, List<Plan> parts, NextHop needs) implements Plan {

        static Parts of(Multipart multipart, NextHop hop, boolean unchanged)
                throws IOException, CannotCross {
            // RFC 1847 §2.1: what is signed goes over any path unchanged
            boolean signs = multipart.subtype().equals("signed");
            var path = signs ? NextHop.SEVEN_BIT : hop;
            var parts = new ArrayList<Plan>();
            var needs = NextHop.SEVEN_BIT;
            for (var part : multipart.parts()) {
                var plan = Plan.of(part, path, unchanged || signs);
                parts.add(plan);
                needs = needs.or(plan.needs());
            }
            var parameters = new ArrayList<>(multipart.parameters());
            parameters.add(new Parameter("boundary", multipart.boundary()));
            var type = new MediaType("multipart", multipart.subtype(), parameters);
            var header = new PartHeader(type, Labels.NONE, Encoding.asItIs(needs)).source(hop);
            return new Parts(header, multipart.boundary(), parts, needs);
        }

        // RFC 2046 §5.1.1: multipart-body := dash-boundary CRLF body-part *encapsulation
        //                                    close-delimiter
        @Override
        public void write(OutputStream out) throws IOException {
            header.writeTo(out);
            byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
            for (var part : parts) {
                out.write(delimiter);
                Lines.end(out);
                part.write(out);
                Lines.end(out);
            }
            out.write(delimiter);
            out.write('-');
            out.write('-');
            Lines.end(out);
        }
    }

    /// A message within, re-encoded if the hop asks for it.
    // RFC 2046 §5.2.1: no encoding but 7bit, 8bit and binary
    private static Plan enclosed(Enclosed enclosed, NextHop hop) throws IOException, CannotCross {
        var reencoding = Reencoding.of(enclosed.message(), hop);
        reencoding.demandWhole();
        boolean global = reencoding.needs().utf8(); // RFC 6532 §3.7
        var type = new MediaType("message", global ? "global" : "rfc822", List.of());
        var encoding = Encoding.asItIs(reencoding.needs());
        var header = new PartHeader(type, enclosed.labels(), encoding).source(hop);
        return new Within(header, reencoding);
    }

    record Within(Source header, Reencoding message) implements Plan {

        @Override
        public NextHop needs() {
            return message.needs();
        }

        @Override
        public void write(OutputStream out) throws IOException {
            header.writeTo(out);
            message.writeTo(out);
        }
    }

    /// An entity as it is.
    record Copied(Source octets, NextHop needs) implements Plan {

        static Copied of(Verbatim verbatim, NextHop hop) throws IOException, CannotCross {
            var needs = Survey.of(verbatim.octets()).needs();
            if (!hop.takes(needs))
                throw new CannotCross(Obstacle.SIGNED, "a part that is written as it is");
            return new Copied(verbatim.octets(), needs);
        }

        @Override
        public void write(OutputStream out) throws IOException {
            octets.writeTo(out);
        }
    }
}
