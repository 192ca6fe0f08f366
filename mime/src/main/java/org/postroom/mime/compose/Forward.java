package org.postroom.mime.compose;

import org.postroom.mime.Fields;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Span;
import org.postroom.mime.Words;

import java.util.List;

/// A letter begun that passes another one on, by somebody who adds words of his own. (Passed on
/// without a word it is [Resend].)
public final class Forward {

    private static final List<String> SHOWN = List.of("From", "Date", "Subject", "To", "Cc");

    private final Fields original;

    /// @param original the header of the message that is passed on
    public Forward(Fields original) {
        this.original = original;
    }

    /// As an attachment: the message itself, octet for octet but for what a hop can't take.
    public Letter attached(Source message) {
        return begun().attach(new Entity.Enclosed(Labels.NONE, message));
    }

    /// In the text: what its header says to people, and its text. What was attached to it goes along
    /// by [#attachment].
    ///
    /// @param text the message's text, as it was rendered
    public Letter inline(String words, String text) {
        var body = new StringBuilder(words);
        if (!words.isEmpty() && !words.endsWith("\n")) body.append('\n');
        body.append("\n---------- Forwarded message ----------\n");
        for (var name : SHOWN)
            original.first(name)
                    .ifPresent(field ->
                            body.append(name)
                                    .append(": ")
                                    .append(Clean.line(Words.decode(field.value())))
                                    .append('\n'));
        return begun().text(body.append('\n').append(text).toString());
    }

    /// A part of the message, with its header section, as it is.
    public static Entity attachment(Source message, Part part) {
        long from = part.header().offset();
        return new Entity.Verbatim(message.slice(new Span(from, part.body().end() - from)));
    }

    private Letter begun() {
        String subject = Reply.subjectOf(original);
        boolean again = subject.regionMatches(true, 0, "Fwd:", 0, 4);
        return new Letter().subject(again ? subject : "Fwd: " + subject);
    }
}
