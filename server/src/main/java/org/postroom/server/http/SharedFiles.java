package org.postroom.server.http;

import org.postroom.http.Method;
import org.postroom.http.Paths;
import org.postroom.http.Status;
import org.postroom.server.House;
import org.postroom.store.FileLink;
import org.postroom.store.Refused;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/s/TOKEN/`: what an account's owner shares by a link with whoever has it: a file or a directory to look
/// at and fetch, or a directory to put files into.
final class SharedFiles implements Area {

    /// How long a link's password is remembered: while the browser is open.
    private static final String COOKIE = "postroom-link";

    private final House house;
    private final Files files = new Files();

    SharedFiles(House house) {
        this.house = house;
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        var below = Site.below(asked);
        if (below.isEmpty()) throw gone();
        var token = new Secret(below.getFirst());
        var link = house.store().fileLinks().find(token).orElseThrow(SharedFiles::gone);
        String above = "/s/" + below.getFirst();
        if (link.locked() && !isUnlocked(asked, token)) return door(asked, token, above);
        return switch (link.purpose()) {
            case READ -> read(asked, link, above, below.subList(1, below.size()));
            case ADD -> add(asked, link, above);
        };
    }

    private static Refusal gone() {
        return new Refusal(Status.NOT_FOUND, "link-gone");
    }

    // Its password

    private static String proof(Secret token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("open ".getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(token.reveal().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException never) {
            throw new Fault("every JDK has SHA-256", never);
        }
    }

    private boolean isUnlocked(Exchange asked, Secret token) {
        return asked.cookie(COOKIE)
                .filter(value -> opened.getIfPresent(value) != null)
                .filter(value -> value.startsWith(proof(token)))
                .isPresent();
    }

    /// Who said a link's password, by what their cookie bears; the rest of it is random.
    private final com.github.benmanes.caffeine.cache.Cache<String, Boolean> opened =
            com.github.benmanes.caffeine.cache.Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterWrite(java.time.Duration.ofHours(12))
                    .build();

    private Answer door(Exchange asked, Secret token, String above)
            throws Refusal, Refused, IOException {
        if (asked.method() != Method.POST) return doorPage(asked, Status.OK, "");
        if (!house.store().fileLinks().opens(token, new Secret(asked.form().get("password")))) {
            house.doorkeeper().wrong(asked.asker());
            return doorPage(asked, Status.FORBIDDEN, "wrong-link-password");
        }
        String value = proof(token) + HexFormat.of().toHexDigits(RANDOM.nextLong());
        opened.put(value, true);
        return Answer.see(above + "/")
                .with(
                        "Set-Cookie",
                        COOKIE
                                + '='
                                + value
                                + "; Path="
                                + above
                                + "/; HttpOnly; SameSite=Lax"
                                + (asked.isSecure() ? "; Secure" : ""));
    }

    private static final java.security.SecureRandom RANDOM = new java.security.SecureRandom();

    private static Answer doorPage(Exchange asked, Status status, String problem) {
        var words = asked.words();
        var values = new HashMap<String, Object>();
        if (!problem.isEmpty()) values.put("problem", words.say(problem));
        return Answer.page(
                status, Pages.make("link-door", "shared", words, Optional.empty(), values));
    }

    // What it leads to

    private Shelf shelf(FileLink link, String above, Shelf.Right right) throws Refused {
        return new Shelf(
                house.store().account(link.account()),
                link.path().orElseThrow(),
                above,
                EnumSet.of(right),
                Optional.empty(),
                Optional.empty());
    }

    private Answer read(Exchange asked, FileLink link, String above, List<String> names)
            throws Refusal, Refused, IOException {
        var shelf = shelf(link, above, Shelf.Right.READ);
        var node = shelf.files().resolve(shelf.root());
        if (!node.isDirectory()) {
            if (!asked.reads()) throw SignIn.methods("GET, HEAD");
            if (names.isEmpty()) return filePage(asked, node, above);
            if (names.size() > 1 || !names.getFirst().equals(node.name())) throw gone();
            var answer = Sending.file(asked, node.name(), shelf.files().open(shelf.root()));
            count(asked, link, answer);
            return answer;
        }
        if (names.isEmpty() && !asked.endsWithSlash())
            return Answer.of(Status.PERMANENT_REDIRECT).with("Location", above + "/");
        var answer = files.answer(asked, shelf, names);
        if (!asked.endsWithSlash()) count(asked, link, answer);
        return answer;
    }

    /// A file is fetched once, in however many parts.
    private void count(Exchange asked, FileLink link, Answer answer) throws Refused {
        boolean begins =
                asked.method() == Method.GET
                        && (answer.status() == Status.OK
                                || (answer.status() == Status.PARTIAL_CONTENT
                                        && answer.fields()
                                                .getOrDefault("Content-Range", "bytes 0-")
                                                .startsWith("bytes 0-")));
        if (begins) house.store().fileLinks().use(link);
    }

    private static Answer filePage(Exchange asked, org.postroom.store.Node node, String above) {
        var words = asked.words();
        if (!asked.endsWithSlash())
            return Answer.of(Status.PERMANENT_REDIRECT).with("Location", above + "/");
        return Answer.page(
                Status.OK,
                Pages.make(
                        "shared-file",
                        node.name(),
                        words,
                        Optional.empty(),
                        Map.of(
                                "link", "./" + Paths.encoded(node.name()),
                                "size", Listing.size(node.size(), words),
                                "date", AccountPages.date(node.modified(), words))));
    }

    private Answer add(Exchange asked, FileLink link, String above)
            throws Refusal, Refused, IOException {
        var shelf = shelf(link, above, Shelf.Right.ADD);
        var words = asked.words();
        if (asked.reads()) {
            if (!asked.endsWithSlash())
                return Answer.of(Status.PERMANENT_REDIRECT).with("Location", above + "/");
            var values = new HashMap<String, Object>();
            if (asked.query("done").isPresent()) values.put("done", words.say("done-upload"));
            return Answer.page(
                    Status.OK,
                    Pages.make("shared-upload", "shared-upload", words, Optional.empty(), values));
        }
        if (asked.method() != Method.POST) throw SignIn.methods("GET, HEAD, POST");
        house.store().fileLinks().use(link);
        FormUpload.take(asked, shelf, shelf.root());
        return Answer.see(above + "/?done");
    }
}
