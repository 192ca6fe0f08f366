package org.postroom.server.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.imap.Verb;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

/// The rows of the verbs against what a session does with them.
class VerbsTest {

    private static String example(Verb verb) {
        return switch (verb) {
            case CAPABILITY, NOOP, LOGOUT, STARTTLS -> "";
            case CHECK, CLOSE, EXPUNGE, IDLE, NAMESPACE, UNSELECT -> "";
            case AUTHENTICATE -> " PLAIN AGEAYg==";
            case LOGIN -> " a b";
            case SELECT, EXAMINE, CREATE, DELETE, SUBSCRIBE, UNSUBSCRIBE -> " x";
            case RENAME -> " x y";
            case LIST, LSUB -> " \"\" *";
            case STATUS -> " x (MESSAGES)";
            case APPEND -> " x {9}";
            case SEARCH -> " ALL";
            case FETCH -> " 1 UID";
            case STORE -> " 1 FLAGS (x)";
            case COPY, MOVE -> " 1 x";
            case UID -> " FETCH 1 UID";
            case ID -> " NIL";
            case ENABLE -> " X-NOTHING";
            case SORT -> " (ARRIVAL) UTF-8 ALL";
            case THREAD -> " REFERENCES UTF-8 ALL";
            case REPLACE -> " 1 x {9}";
            case GETQUOTA -> " \"\"";
            case GETQUOTAROOT -> " INBOX";
            case SETQUOTA -> " \"\" (STORAGE 1)";
            case COMPRESS -> " DEFLATE";
            case LANGUAGE, UNAUTHENTICATE -> "";
        };
    }

    private static String answer(Wire wire, Verb verb) throws Departure {
        wire.say(Line.of("t " + verb + example(verb)));
        while (true) {
            String line = wire.line().text();
            if (line.startsWith("t ") || line.startsWith("+")) return line;
        }
    }

    // RFC 3501 §3
    @Test
    void aVerbIsAllowedWhereItsRowSays() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            for (var verb : Verb.values()) {
                var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
                String before = answer(wire, verb);
                wire.abort();
                wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
                wire.say(Line.of("l LOGIN bob@example.test letmein"));
                while (!wire.line().text().startsWith("l ")) {}
                String after = answer(wire, verb);
                wire.abort();
                switch (verb.when) {
                    case ANY -> {
                        assertThat(before).startsWith("t OK");
                        assertThat(after).startsWith("t OK");
                    }
                    case NOT_AUTHENTICATED -> {
                        assertThat(before).doesNotStartWith("t BAD");
                        assertThat(after).startsWith("t BAD You are signed in");
                    }
                    case AUTHENTICATED -> {
                        assertThat(before).startsWith("t BAD Sign in first");
                        assertThat(after).doesNotStartWith("t BAD");
                    }
                    case SELECTED -> {
                        assertThat(before).startsWith("t BAD Sign in first");
                        assertThat(after).startsWith("t BAD Select a mailbox");
                    }
                }
            }
        }
    }
}
