package org.postroom.server.smtp;

import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.MailingList;
import org.postroom.wire.Octets;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is looked at in a letter's header before the letter is taken: whether it was here before, what
/// it claims in our name, what it lacks. All else stays as it came.
///
/// @param server our name
/// @param accounts the names of those here that it is for
/// @param lists that it is to be sent on by
/// @param completed whether the client may leave Date and Message-ID to its server (RFC 6409 §8);
///     others' letters are left as they are (RFC 5321 §6.4)
record HeaderCheck(String server, Set<String> accounts, List<MailingList> lists, boolean completed)
        implements Intake.Check {

    private static final byte[] NOTHING = {};

    @Override
    public Intake.Changes of(Fields fields) throws Refusal {
        var claims = new ArrayList<Field>();
        for (var list : lists) if (ListFields.isFrom(list, fields)) throw new Refusal(Reply.LOOP);
        for (var field : fields) {
            if (field.name().equalsIgnoreCase("Delivered-To")
                    && accounts.contains(lowered(field.value())))
                throw new Refusal(Reply.LOOP); // RFC 5321 §6.3
            if (field.name().equalsIgnoreCase("Authentication-Results")
                    && isOurs(authservId(field.value()))) claims.add(field);
        }
        return new Intake.Changes(completed ? missing(fields) : NOTHING, claims);
    }

    private static String lowered(String octets) {
        return Octets.text(octets).orElse(octets).toLowerCase(Locale.ROOT);
    }

    /// RFC 7601 §5: what bears our name and is not from us goes.
    private boolean isOurs(String authservId) {
        return authservId.equalsIgnoreCase(server);
    }

    // RFC 7601 §2.2: authres-header = "Authentication-Results:" [CFWS] authserv-id [ CFWS
    // authres-version ] …; authserv-id = value, a token or a quoted string
    static String authservId(String value) {
        int at = 0;
        int depth = 0;
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (depth > 0 && c == '\\') at++;
            else if (depth == 0 && c != ' ' && c != '\t') break;
            at++;
        }
        var id = new StringBuilder();
        boolean quoted = at < value.length() && value.charAt(at) == '"';
        for (int i = quoted ? at + 1 : at; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted ? c == '"' : " \t;(".indexOf(c) >= 0) break;
            if (quoted && c == '\\' && i + 1 < value.length()) c = value.charAt(++i);
            id.append(c);
        }
        return id.toString();
    }

    private byte[] missing(Fields fields) {
        var missing = new ByteArrayOutputStream();
        if (fields.first("Date").isEmpty()) // RFC 6409 §8.2
        missing.writeBytes(Stamp.date());
        if (fields.first("Message-ID").isEmpty()) // RFC 6409 §8.3
        missing.writeBytes(Stamp.messageId(server));
        return missing.toByteArray();
    }
}
