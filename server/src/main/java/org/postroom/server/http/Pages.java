package org.postroom.server.http;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes pages from templates. What is put into one is text and is escaped; a template has no logic but
/// "if there" and "for each".
final class Pages {

    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().escapeHTML(true).strictSections(false).defaultValue("");

    private Pages() {}

    /// A page in the frame that all have.
    ///
    /// @param name of the template
    /// @param title a key of the words, or text
    /// @param values what the template speaks of
    static String make(
            String name, String title, Words words, Optional<Signed> who, Map<String, ?> values) {
        var all = new HashMap<String, Object>(values);
        all.put("title", words.all().getOrDefault(title, title));
        add(all, words, who);
        all.put("content", template(name).execute(all));
        return template("frame").execute(all);
    }

    /// A page that is a frame of its own.
    ///
    /// @param name of the template, which may lie in another package: with its path then
    static String alone(String name, Words words, Signed who) {
        var all = new HashMap<String, Object>();
        add(all, words, Optional.of(who));
        return template(name).execute(all);
    }

    private static void add(Map<String, Object> all, Words words, Optional<Signed> who) {
        all.put("t", words.all());
        all.put("language", words.language());
        all.put("direction", words.direction());
        who.ifPresent(signed -> {
            all.put("name", signed.name());
            signed.session().ifPresent(it -> all.put("csrf", it.token().reveal()));
        });
    }

    private static Template template(String name) {
        return TEMPLATES.computeIfAbsent(name, Pages::compiled);
    }

    private static Template compiled(String name) {
        try (var in = Pages.class.getResourceAsStream(name + ".html")) {
            if (in == null) throw new Fault("there is no template " + name);
            return COMPILER.compile(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Fault("reading the template " + name, e);
        }
    }
}
