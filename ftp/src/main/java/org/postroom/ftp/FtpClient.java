package org.postroom.ftp;

import org.postroom.ftp.DataDoor.Protected;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;
import org.postroom.wire.Sink;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The client's half of an FTP session: the control process, which says the same records, printed, and
/// reads the same replies, and the data transfer process, which opens a data connection for each
/// transfer, passive or active. What the server refuses is a [Refusal] with its reply.
public final class FtpClient implements AutoCloseable {

    private static final int MOST_IN_A_LINE = 64 * 1024; // of a listing
    private static final int SLICE = 64 * 1024;

    private final ControlProcess control;
    private final Supplier<Tap> dataTap;
    private Representation representation = Representation.DEFAULT;
    private boolean passive = true;
    private Optional<Protected> protection = Optional.empty();

    /// Begins a session: hears the greeting.
    ///
    /// @param dataTap the tap of each data connection
    public FtpClient(Wire control, Supplier<Tap> dataTap) throws Departure, Refusal {
        this.control = new ControlProcess(control);
        this.dataTap = dataTap;
        this.control.last(this.control.hear()); // RFC 959 §5.4: 120 may come before 220
    }

    /// Who opens the data connections: we (passive, as it is at first), or the server.
    public void passive(boolean on) {
        passive = on;
    }

    /// RFC 4217 §4: what was said before is void afterwards.
    public void authTls(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Auth());
        control.wire.secure(tls, host);
        representation = Representation.DEFAULT;
    }

    /// RFC 4217 §9: TLS for the data connections from now on.
    public void protectData(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Pbsz(0));
        ask(new Command.Prot(Protection.PRIVATE));
        protection = Optional.of(new Protected(tls, host));
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
        if (reply.inner().isEmpty())
            throw ControlProcess.nonsense("MLST was answered without facts");
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
        return control.ask(command);
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

    private DataDoor door() throws Departure, Refusal {
        return passive
                ? new PassiveDoor(control, dataTap.get())
                : new ActiveDoor(control, dataTap.get());
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
        try (var door = door()) {
            if (offset > 0) ask(new Command.Rest(offset));
            first = control.begin(command);
            try (var data = door.connection(protection)) {
                carry(carrier, data);
            } catch (Departure departure) {
                broken = Optional.of(departure);
            }
        }
        control.last(first);
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
        control.wire.say(Grammar.print(new Command.Abor()));
        for (int replies = 0; replies < 2; replies++)
            try {
                control.last(control.hear());
            } catch (Refusal aborted) {
                // that is 426, and as it should be
            }
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

    /// Leaves without a word.
    @Override
    public void close() {
        control.wire.close();
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
