package org.postroom.queue;

import org.postroom.mime.Addresses;
import org.postroom.mime.Fields;
import org.postroom.mime.MessageIds;
import org.postroom.mime.Words;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Entity;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Message;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.render.HtmlText;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.ReversePath;
import org.postroom.store.Account;
import org.postroom.store.Addressee;
import org.postroom.store.Letter;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.Vacation;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers who writes to somebody who is away (RFC 3834; RFC 5230 §4): once a sender in a week, and only
/// what a person wrote to this person.
final class Absence {

    private static final Duration ONCE_IN = Duration.ofDays(7); // RFC 5230 §4.1
    private static final int MOST_HEADER = 100 << 10;
    private static final int MOST_SUBJECT = 200;

    /// RFC 5230 §4.6, RFC 3834 §2: who is no person.
    private static final Set<String> PROGRAMS =
            Set.of("mailer-daemon", "listserv", "majordomo", "postmaster", "noreply", "no-reply");

    private final Store store;
    private final Supplier<QueueSettings> settings;
    private final InstantSource clock;
    private final Function<Address, List<Recipient>> recipients;
    private final BiConsumer<Letter, List<Consignment>> accept;

    /// @param recipients whom a letter to an address goes to
    /// @param accept takes an answer into the queue
    Absence(
            Store store,
            Supplier<QueueSettings> settings,
            InstantSource clock,
            Function<Address, List<Recipient>> recipients,
            BiConsumer<Letter, List<Consignment>> accept) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.recipients = recipients;
        this.accept = accept;
    }

    /// A letter lies in an account's mailbox.
    ///
    /// @param to by which address it came
    void delivered(Account account, ReversePath from, Address to, Letter letter) {
        var vacation = account.vacation();
        if (!vacation.isOn(clock.instant())) return;
        if (!(from instanceof Address sender) || isProgram(sender)) return; // RFC 3834 §2
        var entry = store.directory().entry(account.id());
        if (entry.isEmpty()) return;
        var own = entry.get().address();
        var fields = header(letter);
        if (!isPersonal(fields) || !names(fields, own, to)) return;
        if (addressee(sender).filter(own::equals).isPresent()) return;
        if (isToBeAnswered(account, sender, vacation)) answer(vacation, own, sender, fields);
    }

    private static boolean isToBeAnswered(Account account, Address sender, Vacation vacation) {
        try {
            return account.answers(sender.toString().toLowerCase(Locale.ROOT), vacation, ONCE_IN);
        } catch (Refused goneMeanwhile) {
            return false;
        }
    }

    private Fields header(Letter letter) {
        long length = Math.min(letter.summary().root().header().length(), MOST_HEADER);
        try (var in = store.content(letter.id(), letter.size()).slice(0, length).open()) {
            return Fields.of(in.readAllBytes());
        } catch (IOException e) {
            throw new Fault("reading a header", e);
        }
    }

    private static boolean isProgram(Address sender) {
        String local = sender.localPart().toLowerCase(Locale.ROOT);
        return PROGRAMS.contains(local) || local.startsWith("owner-") || local.endsWith("-request");
    }

    // RFC 5230 §4.6; RFC 3834 §2: nothing automatic, nothing from a list
    private static boolean isPersonal(Fields fields) {
        for (var field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            String value = field.value().toLowerCase(Locale.ROOT).strip();
            if (name.startsWith("list-")) return false;
            if (name.equals("auto-submitted") && !value.equals("no")) return false;
            if (name.equals("precedence") && Set.of("bulk", "list", "junk").contains(value))
                return false;
        }
        return true;
    }

    // RFC 5230 §4.5: who was written to by name
    private static boolean names(Fields fields, Addressee own, Address to) {
        for (var name : List.of("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"))
            for (var field : fields.all(name))
                for (var address : Addresses.parse(field.value())) {
                    String spec = address.addrSpec();
                    if (spec.equalsIgnoreCase(to.localPart() + "@" + to.domain())
                            || isOwn(spec, own)) return true;
                }
        return false;
    }

    private static boolean isOwn(String spec, Addressee own) {
        try {
            return !spec.isEmpty() && Addressee.of(spec).equals(own);
        } catch (Refused noAddress) {
            return false;
        }
    }

    private static Optional<Addressee> addressee(Address address) {
        try {
            return Optional.of(Addressee.of(address.localPart(), address.domain()));
        } catch (Refused odd) {
            return Optional.empty();
        }
    }

    private void answer(Vacation vacation, Addressee own, Address sender, Fields fields) {
        var to = recipients.apply(sender);
        if (to.isEmpty()) return;
        var message = message(vacation, own, sender, fields);
        try (var draft = store.draft()) {
            boolean utf8 = write(message, draft.stream());
            var parameters =
                    MailParameters.NONE
                            .withBody(MailParameters.Body.EIGHT_BIT)
                            .withUtf8(utf8 || !sender.isAscii());
            // RFC 3834 §3.3: from nobody, so that nothing answers it
            var mail = new Command.Mail(new NullPath(), parameters);
            accept.accept(
                    draft.seal(),
                    List.of(new Consignment("", mail, new byte[0], Optional.empty(), to)));
        } catch (IOException e) {
            throw new Fault("writing an answer", e);
        }
    }

    private static boolean write(Message message, java.io.OutputStream out) throws IOException {
        try {
            message.writeTo(out, NextHop.EIGHT_BIT);
            return false;
        } catch (CannotCross needsUtf8) {
            try {
                message.writeTo(out, NextHop.UTF8);
                return true;
            } catch (CannotCross never) {
                throw new IOException(never);
            }
        }
    }

    private Message message(Vacation vacation, Addressee own, Address sender, Fields fields) {
        String server = settings.get().name();
        var composer = Composer.of(ZoneOffset.UTC, server.indexOf(':') >= 0 ? "localhost" : server);
        var header = new ArrayList<Header>();
        header.add(new Header.Date("Date", clock.instant().atOffset(ZoneOffset.UTC)));
        header.add(new Header.Parties("From", List.of(new Person(own.localPart(), own.domain()))));
        header.add(
                new Header.Parties("To", List.of(new Person(sender.localPart(), sender.domain()))));
        header.add(new Header.Unstructured("Subject", subject(vacation, fields)));
        header.add(new Header.Ids("Message-ID", List.of(composer.id())));
        header.add(new Header.Tokens("Auto-Submitted", "auto-replied")); // RFC 3834 §5
        fields.first("Message-ID").map(it -> MessageIds.parse(it.value())).stream()
                .flatMap(List::stream)
                .filter(id -> id.chars().allMatch(c -> c > ' ' && c < 127 && c != '<' && c != '>'))
                .findFirst()
                .ifPresent(id -> {
                    header.add(new Header.Ids("In-Reply-To", List.of(id)));
                    header.add(new Header.Ids("References", List.of(id)));
                });
        return new Message(header, content(vacation, composer));
    }

    // RFC 5230 §4.3; RFC 3834 §3.1.5
    private static String subject(Vacation vacation, Fields fields) {
        if (vacation.subject().isPresent()) return vacation.subject().get();
        String about = fields.first("Subject").map(it -> Words.decode(it.value())).orElse("");
        if (about.length() > MOST_SUBJECT)
            about = about.substring(0, about.offsetByCodePoints(0, MOST_SUBJECT / 2));
        return about.isEmpty() ? "Auto: absent" : "Auto: " + about;
    }

    private static Entity content(Vacation vacation, Composer composer) {
        var html = vacation.html();
        if (html.isEmpty())
            return Entity.text("plain", vacation.text().orElse("I am away and will answer later."));
        String text = vacation.text().orElseGet(() -> HtmlText.of(html.get(), 72));
        return composer.multipart(
                "alternative",
                List.of(Entity.text("plain", text), Entity.text("html", html.get())));
    }
}
