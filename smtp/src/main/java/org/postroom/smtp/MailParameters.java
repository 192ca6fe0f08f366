package org.postroom.smtp;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What stands behind the path in MAIL (RFC 5321 §4.1.1.11).
///
/// @param size the octets that will come, as the client reckons (RFC 1870 §6)
/// @param body what the body will be made of (RFC 6152 §2, RFC 3030 §3)
/// @param submitter who handed the letter in, if the server that says so is trusted (RFC 4954 §5)
/// @param ret how much of the letter a report of its failure brings back (RFC 3461 §4.3)
/// @param envid the sender's own name for the transaction, told in reports (RFC 3461 §4.4)
/// @param utf8 the envelope or the header may hold text beyond ASCII (RFC 6531 §3.4)
/// @param requireTls to be sent on over authenticated TLS only (RFC 8689 §2)
/// @param by until when the letter is of use (RFC 2852 §4)
/// @param hold until when it is to be kept back (RFC 4865 §5)
/// @param priority from -9 to 9; 0 is what nobody asked for (RFC 6710 §4.1)
public record MailParameters(
        OptionalLong size,
        Optional<Body> body,
        Optional<ReversePath> submitter,
        Optional<Ret> ret,
        Optional<String> envid,
        boolean utf8,
        boolean requireTls,
        Optional<DeliverBy> by,
        Optional<Hold> hold,
        OptionalInt priority) {

    public static final MailParameters NONE =
            new MailParameters(
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty());

    /// RFC 6152 §2, RFC 3030 §3.
    public enum Body {
        SEVEN_BIT("7BIT"),
        EIGHT_BIT("8BITMIME"),
        BINARY("BINARYMIME");

        final String value;

        Body(String value) {
            this.value = value;
        }
    }

    /// RFC 3461 §4.3.
    public enum Ret {
        FULL,
        HDRS
    }

    /// RFC 2852 §4: what is to happen when the time is over, and it is not delivered.
    ///
    /// @param seconds from now; below zero once they are over
    /// @param mode return it, or tell the sender and go on trying
    /// @param trace whether each relay is to tell the sender, too
    public record DeliverBy(long seconds, Mode mode, boolean trace) {

        /// RFC 2852 §4.
        public enum Mode {
            RETURN('R'),
            NOTIFY('N');

            final char letter;

            Mode(char letter) {
                this.letter = letter;
            }
        }
    }

    /// RFC 4865 §5: how long a submission server keeps it before it sets out.
    public sealed interface Hold {
        record For(long seconds) implements Hold {}

        record Until(Instant when) implements Hold {}
    }

    /// The extensions that a server must have to understand all of it. AUTH is not among them: one that
    /// has somebody signed in announces it no more, and who does not trust the word is free to
    /// forget it (RFC 4954 §5).
    public Set<Extension> needs() {
        var needs = EnumSet.noneOf(Extension.class);
        if (size.isPresent()) needs.add(Extension.SIZE);
        body.ifPresent(it ->
                needs.add(it == Body.BINARY ? Extension.BINARY_MIME : Extension.EIGHT_BIT_MIME));
        if (ret.isPresent() || envid.isPresent()) needs.add(Extension.DSN);
        if (utf8) needs.add(Extension.SMTPUTF8);
        if (requireTls) needs.add(Extension.REQUIRETLS);
        if (by.isPresent()) needs.add(Extension.DELIVERBY);
        if (hold.isPresent()) needs.add(Extension.FUTURE_RELEASE);
        if (priority.isPresent()) needs.add(Extension.MT_PRIORITY);
        return needs;
    }

    public MailParameters withSize(OptionalLong other) {
        return new MailParameters(
                other, body, submitter, ret, envid, utf8, requireTls, by, hold, priority);
    }

    public MailParameters withSize(long octets) {
        return withSize(OptionalLong.of(octets));
    }

    public MailParameters withBody(Optional<Body> other) {
        return new MailParameters(
                size, other, submitter, ret, envid, utf8, requireTls, by, hold, priority);
    }

    public MailParameters withBody(Body other) {
        return withBody(Optional.of(other));
    }

    public MailParameters withSubmitter(Optional<ReversePath> other) {
        return new MailParameters(
                size, body, other, ret, envid, utf8, requireTls, by, hold, priority);
    }

    public MailParameters withRet(Optional<Ret> other) {
        return new MailParameters(
                size, body, submitter, other, envid, utf8, requireTls, by, hold, priority);
    }

    public MailParameters withEnvid(Optional<String> other) {
        return new MailParameters(
                size, body, submitter, ret, other, utf8, requireTls, by, hold, priority);
    }

    public MailParameters withUtf8(boolean other) {
        return new MailParameters(
                size, body, submitter, ret, envid, other, requireTls, by, hold, priority);
    }

    public MailParameters withRequireTls(boolean other) {
        return new MailParameters(
                size, body, submitter, ret, envid, utf8, other, by, hold, priority);
    }

    public MailParameters withBy(Optional<DeliverBy> other) {
        return new MailParameters(
                size, body, submitter, ret, envid, utf8, requireTls, other, hold, priority);
    }

    public MailParameters withHold(Optional<Hold> other) {
        return new MailParameters(
                size, body, submitter, ret, envid, utf8, requireTls, by, other, priority);
    }

    public MailParameters withPriority(OptionalInt other) {
        return new MailParameters(
                size, body, submitter, ret, envid, utf8, requireTls, by, hold, other);
    }
}
