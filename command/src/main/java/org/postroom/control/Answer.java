package org.postroom.control;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.postroom.wire.Secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What comes of an [Order]. Over the control socket an answer is one line of JSON, its name in the
/// member `answer`; any number of [Meanwhile] come before the last.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "answer")
public sealed interface Answer {

    /// The first line of a control connection: who is there.
    ///
    /// @param control the form of orders and answers; another number is not understood
    record Hello(String version, int control, long pid) implements Answer {
        public static final int CONTROL = 1;
    }

    record Sessions(List<org.postroom.server.Sessions.Session> sessions) implements Answer {}

    /// Comes before the last answer, any number of times.
    sealed interface Meanwhile extends Answer {}

    /// A line of something that goes on.
    record Said(String line) implements Meanwhile {}

    /// How far something is that goes on.
    ///
    /// @param what it is at
    /// @param done in octets
    record Progress(String what, long done, long total) implements Meanwhile {}

    /// It was done.
    record Done(String said) implements Answer {}

    /// It was not.
    ///
    /// @param exit how a command ends by it ([Exit])
    /// @param why with the cure
    record Failed(int exit, String why) implements Answer {}

    record Accounts(List<Account> accounts) implements Answer {}

    /// @param used octets of letters and files
    /// @param limit octets at most; 0 for no limit
    record Account(String address, boolean administrator, long used, long limit) {}

    record AppPasswords(List<AppPassword> appPasswords) implements Answer {}

    /// @param number in hexadecimal
    record AppPassword(String number, String label, Instant created) {}

    /// A new app password, shown this once.
    record Issued(String number, String label, Secret password) implements Answer {}

    /// A second factor, shown this once.
    ///
    /// @param seed in base32
    record SecondFactor(String address, Secret seed) implements Answer {

        /// As programs for telephones read it, most of them from a picture of it.
        public String uri() {
            return "otpauth://totp/Postroom:"
                    + URLEncoder.encode(address, StandardCharsets.UTF_8)
                    + "?secret="
                    + seed.reveal()
                    + "&issuer=Postroom";
        }
    }

    record WebSessions(List<WebSession> webSessions) implements Answer {}

    /// Somebody who signed in with a browser.
    ///
    /// @param number in hexadecimal
    record WebSession(String number, Instant created, Instant used, String agent, String from) {}

    /// An invitation, shown this once.
    ///
    record Invited(String address, Secret link, Instant expires) implements Answer {}

    record Invitations(List<Invitation> invitations) implements Answer {}

    /// @param pending whether somebody asks to be let in; else the link was sent
    record Invitation(String address, boolean pending, Instant created, String note) {}

    /// @param aliases second names, and the domain that each stands for
    record Domains(List<String> domains, Map<String, String> aliases) implements Answer {}

    record Aliases(List<Alias> aliases) implements Answer {}

    record Alias(String alias, List<String> members) {}

    record Lists(List<MailingList> lists) implements Answer {}

    /// A group list.
    record MailingList(
            String list, String owner, boolean membersOnly, String title, List<String> members) {}

    record Moves(List<Move> moves) implements Answer {}

    /// @param forwards whether letters follow
    record Move(String from, String to, boolean forwards) {}

    record Journeys(List<Journey> journeys) implements Answer {}

    /// What happened to one letter.
    record Journey(String id, String messageId, List<Step> steps) {}

    record Step(Instant when, String what, String recipient, String detail) {}

    record Files(List<FileEntry> files) implements Answer {}

    /// @param size in octets
    record FileEntry(String name, boolean directory, long size, Instant modified) {}

    record Versions(List<Version> versions) implements Answer {}

    /// What a file was.
    ///
    /// @param replaced when it was replaced or removed
    record Version(Instant replaced, long size, Instant modified) {}

    /// What a sweep removed.
    ///
    /// @param rows of history: messages, files, log entries, deliveries
    record Swept(long accounts, long rows, long blobs, long octets) implements Answer {}

    /// What waits in the queue.
    ///
    /// @param size how many letters wait in all; the list may have fewer
    record Queued(long size, List<QueuedLetter> letters) implements Answer {}

    /// @param journey what `journey` finds it by
    /// @param octets as it goes elsewhere
    /// @param expiry when it is given up
    /// @param state WAITING, ACTIVE, HELD or PARKED
    record QueuedLetter(
            String id,
            String journey,
            String from,
            long octets,
            Instant arrival,
            Instant expiry,
            String state,
            List<QueuedRecipient> recipients) {}

    /// @param due when it is tried next
    /// @param said who said what when it was tried last; empty before
    record QueuedRecipient(String address, int attempts, Instant due, String said) {}

    /// What the whole store holds, and what does not agree.
    record Checked(
            boolean sound,
            long accounts,
            long mailboxes,
            long messages,
            long files,
            long blobs,
            List<Finding> findings)
            implements Answer {}

    record Finding(String kind, String account, String what) {}

    /// A running server.
    ///
    /// @param connections how many are connected now
    /// @param heap octets in use, of so many at most
    /// @param queued letters that wait
    /// @param oldest when the first of them came
    /// @param figures what was counted since the start
    /// @param perMinute the same over the last minute
    /// @param warnings what somebody should look at
    record Status(
            String version,
            long pid,
            String home,
            Instant since,
            List<Listening> listeners,
            int connections,
            long heap,
            long heapMost,
            int accounts,
            int domains,
            long queued,
            Optional<Instant> oldest,
            Map<String, Long> figures,
            Map<String, Long> perMinute,
            List<String> warnings)
            implements Answer {}

    record Listening(String name, String address, String use, int connections) {}
}
