package org.postroom.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;
import org.postroom.wire.Sink;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The client's half of an FTP session: the control process, which says the same records, printed, and
/// reads the same replies, and the data transfer process, which opens a data connection for each
/// transfer, passive or active. What the server refuses is a [Refusal] with its reply.
public final class FtpClient implements AutoCloseable {

    private static final int MOST_LINES = 10_000; // of one reply
    private static final int MOST_IN_A_LINE = 64 * 1024; // of a listing
    private static final int SLICE = 64 * 1024;
    private static final int CALL_MILLIS = 20_000;

    private final Wire control;
    private final Supplier<Tap> dataTap;
    private Representation representation = Representation.DEFAULT;
    private boolean passive = true;
    private @Nullable Protected protection;

    private record Protected(Tls.Client tls, String host) {}

    /// Begins a session: hears the greeting.
    ///
    /// @param dataTap the tap of each data connection
    public FtpClient(Wire control, Supplier<Tap> dataTap) throws Departure, Refusal {
        this.control = control;
        this.dataTap = dataTap;
        last(hear()); // RFC 959 §5.4: 120 may come before 220
    }

    /// Who opens the data connections: we (passive, as it is at first), or the server.
    public void passive(boolean on) {
        passive = on;
    }

    /// RFC 4217 §4: what was said before is void afterwards.
    public void authTls(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Auth());
        control.secure(tls, host);
        representation = Representation.DEFAULT;
    }

    /// RFC 4217 §9: TLS for the data connections from now on.
    public void protectData(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Pbsz(0));
        ask(new Command.Prot(Protection.PRIVATE));
        protection = new Protected(tls, host);
    }

    public void signIn(String name, Secret password) throws Departure, Refusal {
        if (ask(new Command.User(name)).code() == 331) ask(new Command.Pass(password));
    }

    /// RFC 2389 §3.2: the features, a line each.
    public List<String> feat() throws Departure, Refusal {
        return ask(new Command.Feat()).inner();
    }

    /// The working directory.
    public String pwd() throws Departure, Refusal {
        return pathname(ask(new Command.Pwd()));
    }

    public void cwd(String path) throws Departure, Refusal {
        ask(new Command.Cwd(path));
    }

    /// Makes a directory; its absolute path, or what the server says of it.
    public String mkd(String path) throws Departure, Refusal {
        return pathname(ask(new Command.Mkd(path)));
    }

    public void rmd(String path) throws Departure, Refusal {
        ask(new Command.Rmd(path));
    }

    public void dele(String path) throws Departure, Refusal {
        ask(new Command.Dele(path));
    }

    public void rename(String from, String to) throws Departure, Refusal {
        ask(new Command.Rnfr(from));
        ask(new Command.Rnto(to));
    }

    public void type(Type type) throws Departure, Refusal {
        var other = representation.with(type);
        if (other.equals(representation)) return;
        ask(new Command.SetType(type));
        representation = other;
    }

    public long size(String path) throws Departure, Refusal {
        return Grammar.number(ask(new Command.Size(path)).text(), Long.MAX_VALUE);
    }

    /// What MLST tells of a path.
    public Entry mlst(String path) throws Departure, Refusal {
        var reply = ask(new Command.Mlst(Optional.of(path)));
        if (reply.inner().isEmpty()) throw nonsense("MLST was answered without facts");
        return Entry.parse(reply.inner().get(0));
    }

    /// Lists a directory as the server prints it: a line at a time.
    public void list(Optional<String> path, Consumer<String> lines) throws Departure, Refusal {
        listing(new Command.List(path), lines);
    }

    /// The names in a directory.
    public void nlst(Optional<String> path, Consumer<String> names) throws Departure, Refusal {
        listing(new Command.Nlst(path), names);
    }

    /// Lists a directory, facts and all.
    public void mlsd(Optional<String> path, Consumer<Entry> entries) throws Departure, Refusal {
        listing(new Command.Mlsd(path), line -> entries.accept(Entry.parse(line)));
    }

    /// Gets a file.
    ///
    /// @param offset where to begin, in octets as they are transferred
    /// @throws Departure also when the data connection alone was cut: what came is not the file
    public void get(String path, long offset, Sink sink) throws Departure, Refusal {
        receive(new Command.Retr(path), offset, representation, sink);
    }

    /// Puts a file.
    public void put(String path, InputStream body) throws Departure, Refusal, IOException {
        send(new Command.Stor(path), 0, body);
    }

    /// Puts a file from where an earlier upload ended.
    public void resume(String path, long offset, InputStream body)
            throws Departure, Refusal, IOException {
        send(new Command.Stor(path), offset, body);
    }

    /// Puts something at the end of a file.
    public void append(String path, InputStream body) throws Departure, Refusal, IOException {
        send(new Command.Appe(path), 0, body);
    }

    public void quit() throws Departure, Refusal {
        ask(new Command.Quit());
    }

    /// Says a command and hears its final reply.
    ///
    /// @throws Refusal when it is 4yz or 5yz
    public Reply ask(Command command) throws Departure, Refusal {
        return last(begin(command));
    }

    // ---- the data transfer process

    private void listing(Command command, Consumer<String> lines) throws Departure, Refusal {
        var split = new Lines(lines);
        // RFC 1123 §4.1.2.7: a listing is ASCII whatever the type
        receive(command, 0, Representation.DEFAULT, split);
        split.end();
    }

    private void receive(Command command, long offset, Representation as, Sink sink)
            throws Departure, Refusal {
        transfer(
                command,
                offset,
                data -> {
                    var source = as.<Departure>reader(data::read);
                    var slice = new byte[SLICE];
                    for (int n = source.read(slice, 0, SLICE);
                            n >= 0;
                            n = source.read(slice, 0, SLICE)) sink.write(slice, 0, n);
                    // TRAPS F12, from this side
                    if (!data.endedCleanly())
                        throw new Departure(Departure.Kind.GONE, "the data connection was cut");
                });
    }

    private void send(Command command, long offset, InputStream body)
            throws Departure, Refusal, IOException {
        transfer(
                command,
                offset,
                data -> {
                    var source = representation.<IOException>writer(body::read);
                    var slice = new byte[SLICE];
                    for (int n = source.read(slice, 0, SLICE);
                            n >= 0;
                            n = source.read(slice, 0, SLICE)) data.write(slice, 0, n);
                    data.endOutput();
                    while (data.read(slice, 0, SLICE) >= 0) {
                        // TRAPS F20: the server's close_notify is waited for
                    }
                });
    }

    /// @param <X> what can go wrong at our end of the file
    private interface Carrier<X extends Exception> {
        void carry(Wire data) throws Departure, X;
    }

    /// One transfer. When the data connection breaks, the server's reply says why; if it says nothing
    /// of the kind, the break is what there is to tell.
    private <X extends Exception> void transfer(Command command, long offset, Carrier<X> carrier)
            throws Departure, Refusal, X {
        Reply first;
        Optional<Departure> broken = Optional.empty();
        try (var door = open()) {
            if (offset > 0) ask(new Command.Rest(offset));
            first = begin(command);
            try (var data = door.connection(protection)) {
                carry(carrier, data);
            } catch (Departure departure) {
                broken = Optional.of(departure);
            }
        }
        last(first);
        if (broken.isPresent()) throw broken.get();
    }

    /// Our own failure, such as a file that can't be read on, must not look like the end of the file: ABOR
    /// goes before the data connection is closed.
    private <X extends Exception> void carry(Carrier<X> carrier, Wire data) throws Departure, X {
        boolean ours = true;
        try {
            carrier.carry(data);
            ours = false;
        } catch (Departure departure) {
            ours = false;
            throw departure;
        } finally {
            if (ours) abort();
        }
    }

    // RFC 959 §4.1.3: 426 for the transfer, 226 for ABOR
    private void abort() throws Departure {
        control.say(Grammar.print(new Command.Abor()));
        for (int replies = 0; replies < 2; replies++)
            try {
                last(hear());
            } catch (Refusal aborted) {
                // that is 426, and as it should be
            }
    }

    /// Where a data connection will come from.
    private interface Door extends AutoCloseable {
        Wire connection(@Nullable Protected protection) throws Departure;

        @Override
        void close();
    }

    private Door open() throws Departure, Refusal {
        return passive ? called() : called(listen());
    }

    /// RFC 2428 §4: EPSV where the server has it, else PASV, whose address is not believed: it is the
    /// control connection's (TRAPS F27).
    private Door called() throws Departure, Refusal {
        int port;
        try {
            port = extendedPort(ask(new Command.Epsv(Optional.empty())).text());
        } catch (Refusal refusal) {
            if (refusal.reply().code() < 500) throw refusal;
            port = passivePort(ask(new Command.Pasv()).text());
        }
        var wire =
                Wire.connect(
                        new InetSocketAddress(peer(), port),
                        CALL_MILLIS,
                        Limits.CLIENT,
                        dataTap.get());
        return new Door() {
            @Override
            public Wire connection(@Nullable Protected with) throws Departure {
                if (with != null) wire.secure(with.tls(), with.host());
                return wire;
            }

            @Override
            public void close() {
                wire.abort();
            }
        };
    }

    /// RFC 959 §4.1.2, RFC 2428 §2: PORT or EPRT; the server calls.
    private Door called(ServerSocket listener) throws Departure, Refusal {
        try {
            var here = new InetSocketAddress(local(), listener.getLocalPort());
            ask(Net.of(local()) == Net.IPV4 ? new Command.Port(here) : new Command.Eprt(here));
        } catch (Departure | Refusal e) {
            close(listener);
            throw e;
        }
        return new Door() {
            @Override
            public Wire connection(@Nullable Protected with) throws Departure {
                try {
                    var socket = listener.accept();
                    while (!socket.getInetAddress().equals(peer())) { // somebody else's call
                        socket.close();
                        socket = listener.accept();
                    }
                    var wire = Wire.over(socket, Limits.CLIENT, dataTap.get());
                    // RFC 4217 §7: the client is the TLS client, whoever called
                    if (with != null) wire.secure(with.tls(), with.host());
                    return wire;
                } catch (IOException e) {
                    throw new Departure(Departure.Kind.GONE, "no data connection came");
                }
            }

            @Override
            public void close() {
                FtpClient.close(listener);
            }
        };
    }

    private ServerSocket listen() throws Departure {
        try {
            var listener = new ServerSocket(0, 4, local());
            listener.setSoTimeout(CALL_MILLIS);
            return listener;
        } catch (IOException e) {
            throw new Departure(Departure.Kind.GONE, "no port for a data connection");
        }
    }

    private static void close(ServerSocket listener) {
        try {
            listener.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }

    private InetAddress peer() {
        return ((InetSocketAddress) control.remote()).getAddress();
    }

    private InetAddress local() {
        return ((InetSocketAddress) control.local()).getAddress();
    }

    // ---- the control process

    /// Says a command and hears its first reply.
    private Reply begin(Command command) throws Departure, Refusal {
        control.say(Grammar.print(command));
        return hear();
    }

    /// The reply that ends a command, given its first.
    private Reply last(Reply first) throws Departure, Refusal {
        var reply = first;
        while (reply.isPreliminary()) reply = hear();
        return reply;
    }

    // RFC 959 §4.2: a line, or lines from one with "ddd-" to one with "ddd "
    private Reply hear() throws Departure, Refusal {
        var first = control.line();
        String text = first.text();
        int code = code(first);
        var inner = new ArrayList<String>();
        if (text.length() > 3 && text.charAt(3) == '-') {
            String end = text.substring(0, 3);
            while (true) {
                String line = control.line().text();
                if (line.equals(end) || line.startsWith(end + " ")) break;
                if (inner.size() == MOST_LINES) throw nonsense("the reply has no end");
                inner.add(utf8(line.startsWith(" ") ? line.substring(1) : line));
            }
        }
        var reply = new Reply(code, text.length() > 4 ? utf8(text.substring(4)) : "", inner);
        if (reply.isNegative()) throw new Refusal(reply);
        return reply;
    }

    private static int code(Line line) throws Refusal {
        String text = line.text();
        if (text.length() >= 3 && (text.length() == 3 || " -".indexOf(text.charAt(3)) >= 0)) {
            int code = 0;
            for (int i = 0; i < 3; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) throw nonsense("that is no FTP reply");
                code = code * 10 + digit;
            }
            if (code >= 100 && code < 600) return code;
        }
        throw nonsense("that is no FTP reply");
    }

    // RFC 959 Appendix II: what stands in quotes, those in it doubled
    static String pathname(Reply reply) {
        String text = reply.text();
        if (!text.startsWith("\"")) return text;
        var path = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '"') return path.toString();
                i++;
            }
            path.append(text.charAt(i));
        }
        return text;
    }

    // RFC 959 §4.1.2: six numbers somewhere in the text, RFC 1123 §4.1.2.6: not always in
    // parentheses
    static int passivePort(String text) throws Refusal {
        int from = 0;
        while (from < text.length() && !isDigit(text.charAt(from))) from++;
        int to = from;
        while (to < text.length() && (isDigit(text.charAt(to)) || text.charAt(to) == ',')) to++;
        return Grammar.hostPort(text.substring(from, to)).getPort();
    }

    // RFC 2428 §3: (<d><d><d><tcp-port><d>)
    static int extendedPort(String text) throws Refusal {
        int open = text.lastIndexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open + 2) throw nonsense("EPSV was not answered by a port");
        String form = text.substring(open + 1, close);
        return (int) Grammar.number(Grammar.fields(form, form.charAt(0))[2], 65_535);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Refusal nonsense(String what) {
        return new Refusal(Reply.of(500, what));
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Leaves without a word.
    @Override
    public void close() {
        control.close();
    }

    /// Cuts a listing into its lines, of bounded length; LF stands at their ends.
    private static final class Lines implements Sink {

        private final Consumer<String> lines;
        private final byte[] line = new byte[MOST_IN_A_LINE];
        private int length;

        Lines(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        public void write(byte[] octets, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                if (octets[i] == '\n') end();
                else if (length < line.length) line[length++] = octets[i];
            }
        }

        void end() {
            if (length > 0) lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
            length = 0;
        }
    }
}
