package org.postroom.pop3;

import java.util.Map;
import java.util.Optional;

/// The languages that replies are spoken in (RFC 6856 §3): their words for people change, and nothing
/// that a program reads.
public enum Language {
    ENGLISH("en", "English") {
        @Override
        public Reply spoken(Reply reply) {
            return reply;
        }
    },

    GERMAN("de", "Deutsch") {
        @Override
        public Reply spoken(Reply reply) {
            String german = WORDS.get(reply.text());
            return german == null ? reply : new Reply(reply.positive(), reply.code(), german);
        }
    };

    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    of(Reply.BYE, "Auf Wiedersehen"),
                    of(Reply.NOTHING_DONE, "Nichts getan"),
                    of(Reply.WANT_PASSWORD, "Jetzt das Passwort"),
                    of(Reply.WRONG, "Name oder Passwort ist falsch"),
                    of(Reply.NAME_FIRST, "Erst USER, dann PASS"),
                    of(Reply.IN_USE, "Eine andere POP3-Sitzung hat dieses Postfach"),
                    of(Reply.TOO_SOON, "Die letzte Sitzung ist zu kurz her"),
                    of(Reply.LATER, "Bitte später noch einmal"),
                    of(Reply.NOT_IN_CLEAR_TEXT, "Passwörter nur unter TLS: STLS oder pop3s"),
                    of(Reply.SIGN_IN_FIRST, "Bitte erst anmelden"),
                    of(Reply.SIGNED_IN, "Schon angemeldet"),
                    of(Reply.UNKNOWN_MECHANISM, "Dieses Verfahren gibt es hier nicht"),
                    of(Reply.CANCELLED, "Abgebrochen"),
                    of(Reply.BAD_RESPONSE, "Diese Antwort ergibt hier keinen Sinn"),
                    of(Reply.MECHANISMS, "Diese Verfahren"),
                    of(Reply.BEGIN_TLS, "Jetzt TLS"),
                    of(Reply.TLS_ALREADY, "TLS läuft schon"),
                    of(Reply.CAPABILITIES, "Das kann dieser Server"),
                    of(Reply.UTF8, "UTF-8 also"),
                    of(Reply.LANGUAGES, "Diese Sprachen"),
                    of(Reply.NO_SUCH_LANGUAGE, "Diese Sprache wird hier nicht gesprochen"),
                    of(Reply.GERMAN, "de Nun auf Deutsch"),
                    of(Reply.BODY_FOLLOWS, "Es folgt"),
                    of(Reply.MARKED, "Vorgemerkt"),
                    of(Reply.UNMARKED, "Nichts ist vorgemerkt"),
                    of(Reply.LISTING, "Sie folgen"),
                    of(Reply.NO_SUCH_MESSAGE, "Diese Nachricht gibt es nicht"),
                    of(Reply.NOTHING_REMOVED, "Nichts wurde entfernt"),
                    of(Reply.UNKNOWN_COMMAND, "Diesen Befehl gibt es nicht"),
                    of(Reply.BAD_SYNTAX, "Die Argumente passen nicht zu diesem Befehl"),
                    of(Reply.LINE_TOO_LONG, "Diese Zeile ist zu lang"),
                    of(Reply.IDLE, "Zu lange wurde nichts gesagt"),
                    of(Reply.DRAINING, "Der Server wird beendet"),
                    of(Reply.TOO_MANY, "Zu viele Befehle wurden abgelehnt"));

    /// RFC 5646 §2.1
    public final String tag;

    /// What it is called by those who speak it.
    public final String title;

    Language(String tag, String title) {
        this.tag = tag;
        this.title = title;
    }

    private static Map.Entry<String, String> of(Reply reply, String german) {
        return Map.entry(reply.text(), german);
    }

    /// The same reply in this language; one that is not known in it, or that only programs read, as it is.
    public abstract Reply spoken(Reply reply);

    /// The language of a tag, in any case, such as `de-AT`; `*` for the one without LANG.
    public static Optional<Language> named(String tag) {
        if (tag.equals("*")) return Optional.of(ENGLISH);
        for (var language : values()) {
            boolean fits =
                    tag.regionMatches(true, 0, language.tag, 0, language.tag.length())
                            && (tag.length() == language.tag.length()
                                    || tag.charAt(language.tag.length()) == '-');
            if (fits) return Optional.of(language);
        }
        return Optional.empty();
    }
}
