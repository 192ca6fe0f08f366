package org.postroom.server.http;

import org.postroom.http.MediaTypes;
import org.postroom.http.Status;
import org.postroom.wire.Fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// The mail page, out of the jar that the module `webmail` is: one page that is made for whoever has signed
/// in, and what it is made of, whose names change with what is in it.
final class MailPage implements Area {

    private static final String HOME = "/org/postroom/webmail/";
    private static final Pattern NAMED = Pattern.compile("/mail/(assets/[A-Za-z0-9._-]+)\"");

    /// As [Desk] has it, but that letters are dressed as their senders wished: their frame has this page's
    /// policy besides its own. What they load is bounded by both.
    private static final String POLICY =
            "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src"
                    + " 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; frame-src"
                    + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final SignIn signIn;
    private final Map<String, Asset> assets = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(String type, byte[] plain, byte[] compressed) {}

    MailPage(SignIn signIn) {
        this.signIn = signIn;
        var named = NAMED.matcher(new String(read(HOME + "index.html"), StandardCharsets.UTF_8));
        while (named.find()) {
            byte[] plain = read(HOME + named.group(1));
            assets.put(
                    named.group(1),
                    new Asset(MediaTypes.of(named.group(1)), plain, compressed(plain)));
        }
    }

    private static byte[] read(String name) {
        try (var in = MailPage.class.getResourceAsStream(name)) {
            if (in == null) throw new Fault("there is no " + name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Fault("reading " + name, e);
        }
    }

    private static byte[] compressed(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new Fault("compressing", e);
        }
        return out.toByteArray();
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal {
        if (!asked.reads()) throw SignIn.methods("GET, HEAD");
        var names = Site.below(asked);
        if (!names.isEmpty()) return asset(asked, String.join("/", names));
        if (!asked.endsWithSlash()) return Answer.see("/mail/");
        var who = signIn.person(asked);
        return Answer.page(Status.OK, Pages.alone(HOME + "index", asked.words(), who))
                .with("Content-Security-Policy", POLICY);
    }

    private Answer asset(Exchange asked, String name) throws Refusal {
        var asset = assets.get(name);
        if (asset == null) throw new Refusal(Status.NOT_FOUND, "not-found");
        boolean gzip = asked.takesGzip();
        var answer =
                Answer.of(
                                Status.OK,
                                new Answer.Body.Octets(
                                        asset.type, gzip ? asset.compressed : asset.plain))
                        .with("Cache-Control", "public, max-age=31536000, immutable")
                        .with("Vary", "Accept-Encoding");
        return gzip ? answer.with("Content-Encoding", "gzip") : answer;
    }
}
