package org.postroom.command;

import org.postroom.control.Answer;
import org.postroom.control.Answer.Accounts;
import org.postroom.control.Caller;
import org.postroom.control.CannotServe;
import org.postroom.control.Exit;
import org.postroom.control.Order;
import org.postroom.home.Home;
import org.postroom.mime.Addresses;
import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.LineEnds;
import org.postroom.sasl.ClientExchange;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `sendmail`, as cron and scripts call it: takes a letter from standard input and hands it over at the
/// home's socket. It knows what such callers say and passes over what has no meaning here; how it
/// ends is by sysexits.h. Only root and the server's own user can hand letters over so.
final class Sendmail {

    private static final int NO_USER = 67; // EX_NOUSER
    private static final int PATIENCE = 10_000; // milliseconds
    private static final int MOST_OCTETS = 256 << 20;

    /// What was said on the command line.
    ///
    /// @param fromHeader -t
    /// @param dotIsText -i
    /// @param sender -f, or -r of old
    record Wishes(
            boolean fromHeader,
            boolean dotIsText,
            Optional<String> sender,
            List<String> recipients,
            Path home) {

        /// @throws Misuse what can't be done here
        static Wishes of(List<String> words) throws Misuse {
            boolean fromHeader = false;
            boolean dotIsText = false;
            Optional<String> sender = Optional.empty();
            var recipients = new ArrayList<String>();
            var home = Optional.ofNullable(System.getenv("POSTROOM_HOME"));
            boolean options = true;
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (!options || !word.startsWith("-") || word.equals("-")) {
                    recipients.add(word);
                    continue;
                }
                char letter = word.length() > 1 ? word.charAt(1) : '-';
                switch (letter) {
                    case '-' -> {
                        if (word.equals("--home") && i + 1 < words.size())
                            home = Optional.of(words.get(++i));
                        else options = false;
                    }
                    case 't' -> fromHeader = true;
                    case 'i' -> dotIsText = true;
                    case 'f', 'r' -> {
                        String value = word.substring(2);
                        if (value.isEmpty() && i + 1 < words.size()) value = words.get(++i);
                        sender = Optional.of(value);
                    }
                    case 'o', 'O' -> {
                        if (word.equals("-oi")) dotIsText = true;
                        if (word.equals("-O") || word.equals("-o")) i++;
                    }
                    case 'F', 'N', 'R', 'V', 'h', 'B', 'C', 'd', 'e', 'A', 'L', 'p', 'X' -> {
                        if (word.length() == 2) i++; // with a value that says nothing here
                    }
                    case 'm', 'n', 'v', 'U', 'G' -> {}
                    case 'b' -> {
                        if (!word.equals("-bm"))
                            throw new Misuse(
                                    word
                                            + " is not done here; letters that wait: postroom queue"
                                            + " list");
                    }
                    default -> throw new Misuse("unknown option " + word);
                }
            }
            return new Wishes(
                    fromHeader,
                    dotIsText,
                    sender,
                    recipients,
                    Path.of(home.filter(it -> !it.isEmpty()).orElse("home"))
                            .toAbsolutePath()
                            .normalize());
        }
    }

    private final Wishes wishes;
    private final PrintWriter err;

    private Sendmail(Wishes wishes, PrintWriter err) {
        this.wishes = wishes;
        this.err = err;
    }

    /// @return how it ends, by sysexits.h
    static int run(List<String> words, InputStream in, PrintWriter err) {
        try {
            return new Sendmail(Wishes.of(words), err).send(in);
        } catch (Misuse misuse) {
            return fail(err, Exit.USAGE, misuse.getMessage());
        } catch (CannotServe refused) {
            return fail(err, refused.exit(), refused.getMessage());
        } catch (Departure gone) {
            return fail(err, Exit.TEMPORARY, "the server ended: " + gone.getMessage());
        } catch (Refusal refusal) {
            var reply = refusal.reply();
            int exit =
                    reply.isTransient()
                            ? Exit.TEMPORARY
                            : reply.enhanced().startsWith("5.1.") ? NO_USER : Exit.UNAVAILABLE;
            return fail(err, exit, reply.toString());
        } catch (IOException e) {
            return fail(err, Exit.DATA, e.getMessage());
        }
    }

    private static int fail(
            PrintWriter err, int exit, @org.jspecify.annotations.Nullable String why) {
        err.println("sendmail: " + why);
        return exit;
    }

    private int send(InputStream in) throws IOException, Misuse, CannotServe, Departure, Refusal {
        byte[] letter = letter(in);
        var home = new Home(wishes.home());
        var accounts = accounts(home);
        var fields = Fields.of(letter);
        String account = account(accounts, fields);
        String domain = account.substring(account.indexOf('@') + 1);
        var recipients = recipients(fields, domain);
        if (recipients.isEmpty()) throw new Misuse("nobody is named as recipient");
        var finished = finished(letter, fields, account);

        var address = UnixDomainSocketAddress.of(home.socket("submission"));
        try (var client =
                new SmtpClient(Wire.connect(address, PATIENCE, Limits.CLIENT, Tap.NONE))) {
            client.hello("localhost");
            client.auth(ClientExchange.external(account));
            var mail = new Command.Mail(Grammar.address(account), MailParameters.NONE);
            var replies = client.send(mail, recipients, new ByteArrayInputStream(finished));
            client.quit();
            int worst = Exit.OK;
            for (int i = 0; i < recipients.size(); i++)
                if (!replies.get(i).isPositive()) {
                    err.println("sendmail: " + recipients.get(i) + ": " + replies.get(i));
                    boolean later = replies.get(i).isTransient();
                    worst = Math.max(worst, later ? Exit.TEMPORARY : NO_USER);
                }
            return worst;
        }
    }

    /// Its accounts, the administrator's first.
    private static List<String> accounts(Home home) throws CannotServe, Departure {
        var caller =
                Caller.of(home)
                        .orElseThrow(() ->
                                new CannotServe(
                                        Exit.UNAVAILABLE, "No server runs in " + home.path()));
        try (caller) {
            return switch (caller.ask(new Order.AccountList(), _ -> {})) {
                case Accounts(var accounts) ->
                        accounts.stream()
                                .sorted((a, b) ->
                                        Boolean.compare(b.administrator(), a.administrator()))
                                .map(Answer.Account::address)
                                .toList();
                case Answer other ->
                        throw new CannotServe(Exit.UNAVAILABLE, "The server said " + other);
            };
        }
    }

    /// Whose letter it is: -f's account, else From's, else the administrator's, who answers for what
    /// cron and scripts send.
    private String account(List<String> accounts, Fields fields) throws CannotServe {
        if (accounts.isEmpty()) throw new CannotServe(Exit.UNAVAILABLE, "Nobody has an account.");
        var claims = new ArrayList<String>();
        wishes.sender().ifPresent(claims::add);
        fields.first("From").ifPresent(field -> claims.addAll(addresses(field)));
        for (var claim : claims)
            for (var account : accounts) if (account.equalsIgnoreCase(claim)) return account;
        return accounts.getFirst();
    }

    private static List<String> addresses(Field field) {
        var all = new ArrayList<String>();
        for (var address : Addresses.parse(field.value()))
            if (address.mailbox() != null && address.host() != null)
                all.add(address.mailbox() + "@" + address.host());
        return all;
    }

    private List<ForwardPath> recipients(Fields fields, String domain) throws Refusal {
        var texts = new ArrayList<String>(wishes.recipients());
        if (wishes.fromHeader()) {
            boolean resent = fields.first("Resent-To").isPresent();
            for (var name : List.of("To", "Cc", "Bcc"))
                for (var field : fields.all(resent ? "Resent-" + name : name))
                    texts.addAll(addresses(field));
        }
        var all = new ArrayList<ForwardPath>();
        for (var text : texts) {
            Address address = Grammar.address(text.indexOf('@') < 0 ? text + "@" + domain : text);
            if (!all.contains(address)) all.add(address);
        }
        return all;
    }

    /// With lines as they are to be, up to the end or a dot alone.
    private byte[] letter(InputStream in) throws IOException {
        byte[] octets = in.readNBytes(MOST_OCTETS);
        var lines = new ByteArrayOutputStream();
        int length = wishes.dotIsText() ? octets.length : end(octets);
        var canonical = new LineEnds(lines);
        canonical.write(octets, 0, length);
        canonical.close();
        return lines.toByteArray();
    }

    private static int end(byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            boolean begins = i == 0 || octets[i - 1] == '\n';
            boolean ends = i + 1 == octets.length || octets[i + 1] == '\n' || octets[i + 1] == '\r';
            if (begins && octets[i] == '.' && ends) return i;
        }
        return octets.length;
    }

    /// Without Bcc, with a From.
    private static byte[] finished(byte[] letter, Fields fields, String account) {
        var finished = new ByteArrayOutputStream();
        if (fields.first("From").isEmpty())
            finished.writeBytes(("From: " + account + "\r\n").getBytes(StandardCharsets.UTF_8));
        int at = 0;
        for (var field : fields)
            if (field.name().toLowerCase(Locale.ROOT).endsWith("bcc")) {
                finished.write(letter, at, field.offset() - at);
                at = field.offset() + field.length();
            }
        if (!begins(fields)) finished.writeBytes(new byte[] {'\r', '\n'});
        finished.write(letter, at, letter.length - at);
        return finished.toByteArray();
    }

    /// Whether there is a header at all: `echo text | sendmail x` has none.
    private static boolean begins(Fields fields) {
        return fields.iterator().hasNext();
    }
}
