package org.postroom.server.http;

import org.postroom.http.Preferred;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;

/// What the pages say, in one language: English, German, Arabic (which is written from right to left).
public final class Words {

    private static final List<String> LANGUAGES = List.of("en", "de", "ar");
    private static final Map<String, Words> ALL = new HashMap<>();

    static {
        for (var language : LANGUAGES) ALL.put(language, new Words(language));
    }

    private final String language;
    private final Map<String, String> texts = new HashMap<>();

    private Words(String language) {
        this.language = language;
        var bundle =
                ResourceBundle.getBundle(
                        "org.postroom.server.http.words",
                        Locale.of(language),
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
        for (var key : bundle.keySet()) texts.put(key, bundle.getString(key));
    }

    /// The language of ours that a client wants most; English when none is.
    public static Words of(Optional<String> acceptLanguage) {
        var wanted = Preferred.language(acceptLanguage, LANGUAGES).orElse("en");
        return Objects.requireNonNull(ALL.get(wanted));
    }

    static List<String> languages() {
        return LANGUAGES;
    }

    /// RFC 5646's tag.
    public String language() {
        return language;
    }

    public Locale locale() {
        return Locale.of(language);
    }

    /// `ltr` or `rtl`.
    public String direction() {
        return language.equals("ar") ? "rtl" : "ltr";
    }

    /// By its key, with what stands in it.
    public String say(String key, Object... values) {
        var text = texts.get(key);
        if (text == null) throw new IllegalArgumentException("no words for " + key);
        return values.length == 0 ? text : new MessageFormat(text, locale()).format(values);
    }

    /// All, by key: for templates.
    Map<String, String> all() {
        return Map.copyOf(texts);
    }
}
