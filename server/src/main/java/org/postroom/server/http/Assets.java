package org.postroom.server.http;

import org.postroom.http.EntityTag;
import org.postroom.http.MediaTypes;
import org.postroom.http.Status;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// What the pages are dressed in: a few files of the program's own.
final class Assets implements Area {

    private static final List<String> NAMES = List.of("page.css", "icon.svg");
    private static final Map<String, Asset> ALL = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(String type, byte[] octets, EntityTag tag) {}

    static {
        for (var name : NAMES) ALL.put(name, read(name));
    }

    private static Asset read(String name) {
        try (var in = Assets.class.getResourceAsStream(name)) {
            if (in == null) throw new Fault("there is no asset " + name);
            byte[] octets = in.readAllBytes();
            var sum = new CRC32();
            sum.update(octets);
            return new Asset(
                    MediaTypes.of(name),
                    octets,
                    EntityTag.strong(HexFormat.of().toHexDigits(sum.getValue())));
        } catch (IOException e) {
            throw new Fault("reading the asset " + name, e);
        }
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal {
        var names = Site.below(asked);
        var asset = names.size() == 1 ? ALL.get(names.getFirst()) : null;
        if (asset == null) throw new Refusal(Status.NOT_FOUND, "not-found");
        if (!asked.reads()) throw SignIn.methods("GET, HEAD");
        boolean known =
                asked.field("If-None-Match").filter(asset.tag.toString()::equals).isPresent();
        var answer =
                known
                        ? Answer.of(Status.NOT_MODIFIED)
                        : Answer.of(Status.OK, new Answer.Body.Octets(asset.type, asset.octets));
        return answer.with("ETag", asset.tag.toString())
                .with("Cache-Control", "public, max-age=3600");
    }
}
