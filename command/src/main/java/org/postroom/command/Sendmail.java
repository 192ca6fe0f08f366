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
import org.postroom.smtp.NullPath;
import org.postroom.smtp.RcptParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.ReversePath;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// `sendmail`, as cron and scripts call it: takes a letter from standard input and hands it over at the
/// home's socket. It knows what such callers say and passes over what has no meaning here; how it
/// ends is by sysexits.h. Only root and the server's own user can hand letters over so.
final class Sendmail {

    private static final int NO_USER = 67; // EX_NOUSER
    private static final int PATIENCE = 10_000; // milliseconds
    private static final int MOST_OCTETS = 256 << 20;

    private final SendmailWishes wishes;
    private final Home home;
    private final PrintWriter out;
    private final PrintWriter err;

    private Sendmail(SendmailWishes wishes, PrintWriter out, PrintWriter err) {
        this.wishes = wishes;
        this.home = new Home(wishes.home());
        this.out = out;
        this.err = err;
    }

    /// @return how it ends, by sysexits.h
    static int run(List<String> words, InputStream in, PrintWriter out, PrintWriter err) {
        try {
            return new Sendmail(SendmailWishes.of(words), out, err).run(in);
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

    private int run(InputStream in) throws IOException, Misuse, CannotServe, Departure, Refusal {
        return switch (wishes.mode()) {
            case DELIVER -> send(in);
            case SPEAK -> speak(in);
            case LIST -> show(new Order.QueueList());
            case RETRY -> show(new Order.QueueRetry("all"));
            case NOTHING -> Exit.OK;
        };
    }

    private int show(Order order) throws CannotServe, Departure {
        try (var caller = caller()) {
            return new Shown(out, err, false).show(caller.ask(order, _ -> {}));
        }
    }

    private Caller caller() throws CannotServe {
        return Caller.of(home)
                .orElseThrow(() ->
                        new CannotServe(Exit.UNAVAILABLE, "No server runs in " + home.path()));
    }

    /// A session at the home's socket in which an account has signed in.
    private SmtpClient call(String account) throws Departure, Refusal {
        var address = UnixDomainSocketAddress.of(home.socket("submission"));
        var client = new SmtpClient(Wire.connect(address, PATIENCE, Limits.CLIENT, Tap.NONE));
        client.hello("localhost");
        client.auth(ClientExchange.external(account));
        return client;
    }

    /// -bs: whoever calls speaks SMTP, by standard input and output.
    private int speak(InputStream in) throws IOException, CannotServe, Departure, Refusal {
        try (var client = call(account(accounts(), Fields.of(new byte[0])))) {
            var wire = client.wire();
            out.print(client.greeting().code() + " " + client.greeting().text() + "\r\n");
            out.flush();
            var hearing = Thread.ofVirtual().start(() -> repeat(wire));
            var some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                wire.write(some, 0, n);
                wire.flush();
            }
            wire.endOutput();
            hearing.join();
            return Exit.OK;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Exit.TEMPORARY;
        }
    }

    /// Shows what the server says, to its end.
    private void repeat(Wire wire) {
        try {
            while (true) {
                out.print(wire.overhear().text() + "\r\n");
                out.flush();
            }
        } catch (Departure over) {
            out.flush();
        }
    }

    private int send(InputStream in) throws IOException, Misuse, CannotServe, Departure, Refusal {
        byte[] letter = letter(in);
        var accounts = accounts();
        var fields = Fields.of(letter);
        String account = account(accounts, fields);
        String domain = account.substring(account.indexOf('@') + 1);
        var recipients = recipients(fields, domain);
        if (recipients.isEmpty()) throw new Misuse("nobody is named as recipient");
        var finished = finished(letter, fields, account);

        try (var client = call(account)) {
            var mail = new Command.Mail(sender(account), parameters());
            var named = recipients.stream().map(this::named).toList();
            var replies = client.post(mail, named, new ByteArrayInputStream(finished));
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

    /// -f's address, which may have a tag, or be nobody's; else the account's.
    private ReversePath sender(String account) throws Refusal {
        String said = wishes.sender().orElse(account);
        if (said.isEmpty() || said.equals("<>")) return new NullPath();
        return Grammar.address(
                SendmailWishes.untagged(said).equalsIgnoreCase(account) ? said : account);
    }

    private MailParameters parameters() {
        return MailParameters.NONE.withRet(wishes.ret()).withEnvid(wishes.envid());
    }

    private Command.Rcpt named(ForwardPath to) {
        return new Command.Rcpt(to, RcptParameters.NONE.withWhen(wishes.when()));
    }

    /// The home's accounts, the administrator's first.
    private List<String> accounts() throws CannotServe, Departure {
        try (var caller = caller()) {
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
        wishes.sender().map(SendmailWishes::untagged).ifPresent(claims::add);
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
    private byte[] finished(byte[] letter, Fields fields, String account) {
        var finished = new ByteArrayOutputStream();
        if (fields.first("From").isEmpty())
            finished.writeBytes(from(account).getBytes(StandardCharsets.UTF_8));
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

    /// -F's name is quoted, whatever is in it (RFC 5322 §3.2.4), and encoded where it has to be.
    private String from(String account) {
        if (wishes.name().isEmpty()) return "From: " + account + "\r\n";
        String name = wishes.name().get();
        String shown =
                name.chars().allMatch(c -> c < 0x80)
                        ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                        : encoded(name);
        return "From: " + shown + " <" + account + ">\r\n";
    }

    // RFC 2047 §2: encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    private static String encoded(String name) {
        var octets = name.getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
    }

    /// Whether there is a header at all: `echo text | sendmail x` has none.
    private static boolean begins(Fields fields) {
        return fields.iterator().hasNext();
    }
}
