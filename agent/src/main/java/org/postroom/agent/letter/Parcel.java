package org.postroom.agent.letter;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.Source;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.compose.Resend;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// What is handed to a server: an envelope, and a message that is written for what the server takes.
///
/// @param to whom it goes to, Bcc and all
/// @param wishes what the sender asks of the servers on the way
public record Parcel(Person from, List<Person> to, Wishes wishes, Content content) {

    public Parcel {
        to = List.copyOf(to);
    }

    /// What is asked of the servers on the way.
    ///
    /// @param receipt whether to tell of delivery, too, not of failure alone (RFC 3461)
    /// @param requireTls not to go over a line in the clear (RFC 8689)
    /// @param most octets of one piece; a longer message goes in several (RFC 2046 §5.2.2); 0: as many
    ///     as the server takes
    public record Wishes(boolean receipt, boolean requireTls, long most) {
        public static final Wishes NONE = new Wishes(false, false, 0);
    }

    /// A message that writes itself.
    public sealed interface Content {

        /// Writes it as it goes out: without Bcc.
        void writeTo(OutputStream out, NextHop hop) throws IOException, CannotCross;

        /// What it needs at least of a hop that takes this much.
        NextHop needs(NextHop hop) throws IOException, CannotCross;
    }

    /// One that was written here.
    public record Fresh(Message message) implements Content {
        @Override
        public void writeTo(OutputStream out, NextHop hop) throws IOException, CannotCross {
            message.withoutBcc().writeTo(out, hop);
        }

        @Override
        public NextHop needs(NextHop hop) throws IOException, CannotCross {
            return message.withoutBcc().needs(hop);
        }
    }

    /// Somebody's, sent once more.
    public record Again(Resend resend) implements Content {
        @Override
        public void writeTo(OutputStream out, NextHop hop) throws IOException, CannotCross {
            resend.writeTo(out, hop);
        }

        @Override
        public NextHop needs(NextHop hop) {
            return hop; // what was written is looked at
        }
    }

    /// Octets that wait in the outbox, of seven bits.
    public record Kept(Source octets) implements Content {
        @Override
        public void writeTo(OutputStream out, NextHop hop) throws IOException {
            octets.writeTo(out);
        }

        @Override
        public NextHop needs(NextHop hop) {
            return NextHop.SEVEN_BIT;
        }
    }

    static Hindrance unsendable(CannotCross e) {
        return Hindrance.notSo("The letter can't go like this: " + e.getMessage());
    }
}
