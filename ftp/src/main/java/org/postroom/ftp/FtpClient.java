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
    private Optional<Wire> kept = Optional.empty();

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
        protection = Optional.of(new Protected(tls, host, control.wire.remote()));
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

    public void structure(Structure structure) throws Departure, Refusal {
        if (structure == representation.structure()) return;
        ask(new Command.SetStructure(structure));
        representation = representation.with(structure);
    }

    public void mode(Mode mode) throws Departure, Refusal {
        if (mode == representation.mode()) return;
        ask(new Command.SetMode(mode));
        representation = representation.with(mode);
        part(); // RFC 959 §3.3: what was kept was of the other mode
    }

    /// Hears of what each restart marker of ours is to the server (RFC 959 §3.5, reply 110).
    public void marks(Consumer<Reply> hears) {
        control.marks(hears);
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
        receive(new Command.Retr(path), marker(offset), representation, new Poured(sink));
    }

    /// Gets a file with all that stands between its octets: records, pages, markers.
    ///
    /// @param marker where to begin, as the server marked it before
    public void get(String path, Optional<String> marker, Flow<RuntimeException> flow)
            throws Departure, Refusal {
        receive(new Command.Retr(path), marker, representation, flow);
    }

    /// Puts a file.
    public void put(String path, InputStream body) throws Departure, Refusal, IOException {
        send(new Command.Stor(path), Optional.empty(), told(body));
    }

    /// What tells a file, octets, records, pages, markers and its end, to whoever sends it.
    @FunctionalInterface
    public interface Teller {
        void tell(Flow<Departure> flow) throws Departure, Refusal, IOException;
    }

    /// Puts a file with all that stands between its octets.
    ///
    /// @param marker where to begin, as the server marked it before (reply 110)
    public void put(String path, Optional<String> marker, Teller teller)
            throws Departure, Refusal, IOException {
        send(new Command.Stor(path), marker, teller);
    }

    /// Puts a file from where an earlier upload ended.
    public void resume(String path, long offset, InputStream body)
            throws Departure, Refusal, IOException {
        send(new Command.Stor(path), marker(offset), told(body));
    }

    /// Puts something at the end of a file.
    public void append(String path, InputStream body) throws Departure, Refusal, IOException {
        send(new Command.Appe(path), Optional.empty(), told(body));
    }

    /// Puts something at the end of a file, with all that stands between its octets.
    public void append(String path, Teller teller) throws Departure, Refusal, IOException {
        send(new Command.Appe(path), Optional.empty(), teller);
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
        var as = Representation.DEFAULT.with(representation.mode());
        receive(command, Optional.empty(), as, new Poured(split));
        split.end();
    }

    private static Optional<String> marker(long offset) {
        return offset == 0 ? Optional.empty() : Optional.of(Long.toString(offset));
    }

    private void receive(
            Command command,
            Optional<String> marker,
            Representation as,
            Flow<RuntimeException> flow)
            throws Departure, Refusal {
        transfer(
                command,
                marker,
                as,
                data -> {
                    try {
                        new DataChannel(data, as, _ -> {}).receive(flow);
                    } catch (Refusal cut) { // TRAPS F12, from this side
                        throw new Departure(Departure.Kind.GONE, cut.reply().text());
                    }
                });
    }

    private void send(Command command, Optional<String> marker, Teller teller)
            throws Departure, Refusal, IOException {
        var as = representation;
        transfer(
                command,
                marker,
                as,
                data -> {
                    try {
                        teller.tell(new DataChannel(data, as, _ -> {}).writer(as.form()));
                    } catch (Refusal unfit) {
                        throw new IOException(unfit.reply().text());
                    }
                    if (as.keepsConnection()) return;
                    var rest = new byte[1024];
                    while (data.read(rest, 0, rest.length) >= 0) {
                        // TRAPS F20: the server's close_notify is waited for
                    }
                });
    }

    /// Octets as they are; in a text with records each line is one (RFC 959 §3.4).
    private Teller told(InputStream body) {
        boolean lines = representation.structure() == Structure.RECORD && representation.isText();
        return flow -> {
            var slice = new byte[SLICE];
            for (int n = body.read(slice, 0, SLICE); n >= 0; n = body.read(slice, 0, SLICE))
                if (lines) Records.tell(slice, n, flow);
                else flow.octets(slice, 0, n);
            flow.end();
        };
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
    private <X extends Exception> void transfer(
            Command command, Optional<String> marker, Representation as, Carrier<X> carrier)
            throws Departure, Refusal, X {
        if (kept.isPresent() && as.keepsConnection()) {
            if (marker.isPresent()) ask(new Command.Rest(marker.get()));
            carry(control.begin(command), kept.get(), carrier, as);
            return;
        }
        part();
        try (var door = door()) {
            if (marker.isPresent()) ask(new Command.Rest(marker.get()));
            var first = control.begin(command);
            Wire data;
            try {
                data = door.connection(protection);
            } catch (Departure none) {
                control.last(first);
                throw none;
            }
            carry(first, data, carrier, as);
        }
    }

    /// RFC 959 §3.2: 250 says that the data connection stays, 226 that it does not.
    private <X extends Exception> void carry(
            Reply first, Wire data, Carrier<X> carrier, Representation as)
            throws Departure, Refusal, X {
        Optional<Departure> broken = Optional.empty();
        boolean stays = false;
        try {
            try {
                carry(carrier, data);
            } catch (Departure departure) {
                broken = Optional.of(departure);
                data.close();
            }
            stays = control.last(first).code() == 250 && as.keepsConnection();
        } finally {
            kept = stays && broken.isEmpty() ? Optional.of(data) : Optional.empty();
            if (kept.isEmpty()) data.close();
        }
        if (broken.isPresent()) throw broken.get();
    }

    private void part() {
        kept.ifPresent(Wire::close);
        kept = Optional.empty();
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
        part();
        control.wire.close();
    }

    /// Octets, a record a line.
    private static final class Poured implements Flow<RuntimeException> {

        private static final byte[] LINE_END = {'\n'};

        private final Sink sink;

        Poured(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void octets(byte[] octets, int offset, int length) {
            sink.write(octets, offset, length);
        }

        @Override
        public void endOfRecord() {
            sink.write(LINE_END, 0, 1);
        }

        @Override
        public void page(Page page) {}

        @Override
        public void marker(String marker) {}

        @Override
        public void end() {}
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
