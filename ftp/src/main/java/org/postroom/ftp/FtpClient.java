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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The client's half of an FTP session: says commands by their records and hears replies (the control
/// process), and moves files and listings over data connections, passive or active (the data transfer
/// process). What the server refuses is a [Refusal] with its reply; a [Departure] says that a connection is
/// gone, and [#isOver] whether it was the control connection.
///
/// One thread uses a client; any other may [#abort]. A server is not believed: replies and listings are
/// bounded, data connections go to and come from the control connection's peer only (TRAPS F27), a file that
/// was cut is no file, and what would be two lines to the server is refused before it is said.
///
/// ```
/// var wire = Wire.connect(address, 20_000, Limits.CLIENT, Tap.NONE);
/// try (var client = new FtpClient(wire, () -> Tap.NONE)) {
///     var tls = Tls.verified();
///     client.authTls(tls, "ftp.example.org");
///     client.protectData(tls, "ftp.example.org");
///     client.signIn("ann", new Secret("letmein"));
///     client.type(new Type.Image());
///     client.put("report", new ByteArrayInputStream(octets));
///     client.get("report", 0, file::write);
///     client.quit();
/// }
/// ```
public final class FtpClient implements AutoCloseable {

    private static final int SLICE = 256 * 1024;

    private final ControlProcess control;
    private final TransferProcess transfers;
    private final Reply greeting;
    private Representation representation = Representation.DEFAULT;
    private Optional<Features> features = Optional.empty();

    /// Begins a session: hears the greeting.
    ///
    /// @param control to the server's port; for TLS from the first octet it is [Wire#secure]d already
    /// @param dataTap the tap of each data connection
    public FtpClient(Wire control, Supplier<Tap> dataTap) throws Departure, Refusal {
        this.control = new ControlProcess(control);
        this.transfers = new TransferProcess(this.control, dataTap);
        this.greeting =
                this.control.last(this.control.hear()); // RFC 959 §5.4: 120 may come before 220
    }

    /// What the server said first.
    public Reply greeting() {
        return greeting;
    }

    /// Whether the control connection is gone, or the server made no sense on it.
    public boolean isOver() {
        return control.wire.isClosed();
    }

    /// Whether the control connection is under TLS.
    public boolean isSecured() {
        return control.wire.isSecured();
    }

    /// How transfers are made now.
    public Representation representation() {
        return representation;
    }

    /// Who opens the data connections: we (passive, as it is at first), or the server.
    public void passive(boolean on) {
        transfers.passive(on);
    }

    /// Breaks off the transfer that another thread waits for, which gets a Refusal (426) once the server
    /// has answered; the session goes on. Nothing happens where no transfer is under way.
    // RFC 959 §4.1.3: ABOR
    public void abort() throws Departure {
        transfers.abort();
    }

    /// Whether EPSV is tried before PASV; it is, until the server refuses it.
    public void extended(boolean on) {
        control.extended(on);
    }

    /// Ends the session without a word, whatever another thread does with it.
    public void hangUp() {
        control.wire.abort();
        transfers.reset();
    }

    /// RFC 4217 §4: what was said before is void afterwards. Plaintext that came behind the server's 234 ends
    /// the session (TRAPS T3).
    public void authTls(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Auth());
        control.wire.secure(tls, host);
        representation = Representation.DEFAULT;
        features = Optional.empty();
    }

    /// RFC 4217 §9: TLS for the data connections from now on, each going on with the control connection's
    /// TLS session (TRAPS F19).
    ///
    /// @throws Refusal the server will not; its data would go in the clear
    public void protectData(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Pbsz(0));
        ask(new Command.Prot(Protection.PRIVATE));
        transfers.protect(new Protected(tls, host, control.wire.remote()));
    }

    public void signIn(String name, Secret password) throws Departure, Refusal {
        signIn(
                name,
                password,
                said -> {
                    throw new Refusal(said);
                });
    }

    /// Tells what a server asks for beyond a password.
    @FunctionalInterface
    public interface Account {

        /// @param said the server's words
        /// @throws Refusal nobody knows
        Secret asked(Reply said) throws Refusal;
    }

    // RFC 959 §6: USER, PASS and ACCT, each of them only where it is asked for
    public void signIn(String name, Secret password, Account account) throws Departure, Refusal {
        var reply = ask(new Command.User(name));
        if (reply.code() == 331) reply = ask(new Command.Pass(password));
        if (reply.code() == 332) quote("ACCT ", account.asked(reply));
    }

    /// RFC 2389 §3.2: the features, a line each.
    public List<String> feat() throws Departure, Refusal {
        return ask(new Command.Feat()).inner();
    }

    /// The features, asked for once; none where the server does not know the question.
    public Features features() throws Departure, Refusal {
        if (features.isEmpty())
            try {
                features = Optional.of(Features.of(feat()));
            } catch (Refusal unknown) {
                if (isOver()) throw unknown;
                features = Optional.of(Features.NONE);
            }
        return features.get();
    }

    /// Says a line as it is, and hears its final reply: SITE, and what servers have of their own. Verbs that
    /// need a data connection have methods.
    public Reply quote(String line) throws Departure, Refusal {
        return control.ask(line, line.length());
    }

    private void quote(String start, Secret secret) throws Departure, Refusal {
        control.ask(start + secret.reveal(), start.length());
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
        transfers.part(); // RFC 959 §3.3: what was kept was of the other mode
    }

    /// Hears of what each restart marker of ours is to the server (RFC 959 §3.5, reply 110).
    public void marks(Consumer<Reply> hears) {
        control.marks(hears);
    }

    public long size(String path) throws Departure, Refusal {
        return Grammar.number(ask(new Command.Size(path)).text(), Long.MAX_VALUE);
    }

    // RFC 3659 §3.1: time-val
    public Instant mdtm(String path) throws Departure, Refusal {
        return Entry.time(ask(new Command.Mdtm(path)).text().strip())
                .orElseThrow(() -> ControlProcess.nonsense("MDTM was answered without a time"));
    }

    /// What the server's file hashes to, in hexadecimal.
    ///
    /// @param digest one of [Features#digests]
    public String hash(Digest digest, String path) throws Departure, Refusal {
        if (features().hashes(digest)) {
            ask(new Command.OptsHash(Optional.of(digest)));
            // draft-bryan-ftpext-hash §3.1: algorithm, range, digest, path
            var words = ask(new Command.Hash(path)).text().split(" ", 4);
            if (words.length > 2 && words[0].equalsIgnoreCase(digest.label)) return hex(words[2]);
            throw ControlProcess.nonsense("HASH was answered by something else");
        }
        var reply = ask(new Command.Checksum(digest, path, 0, OptionalLong.empty()));
        return hex(reply.text().strip().replaceFirst("^.* ", ""));
    }

    private static String hex(String text) throws Refusal {
        for (int i = 0; i < text.length(); i++)
            if (Character.digit(text.charAt(i), 16) < 0)
                throw ControlProcess.nonsense("a hash has hexadecimal digits only");
        return text.toLowerCase(Locale.ROOT);
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
    /// @param marker where to begin, as the server marked it before; in stream mode an offset
    /// @param <X> what can go wrong with the file at this end; the transfer is aborted by it
    public <X extends Exception> void get(String path, Optional<String> marker, Flow<X> flow)
            throws Departure, Refusal, X {
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

    // ---- transfers

    private void listing(Command command, Consumer<String> lines) throws Departure, Refusal {
        // RFC 1123 §4.1.2.7: a listing is ASCII whatever the type
        var as = Representation.DEFAULT.with(representation.mode());
        receive(command, Optional.empty(), as, new ListingFlow(lines));
    }

    private static Optional<String> marker(long offset) {
        return offset == 0 ? Optional.empty() : Optional.of(Long.toString(offset));
    }

    private <X extends Exception> void receive(
            Command command, Optional<String> marker, Representation as, Flow<X> flow)
            throws Departure, Refusal, X {
        transfers.<X>transfer(
                command,
                marker,
                as,
                data -> {
                    try {
                        new DataChannel(data, as, _ -> {}).receive(flow);
                    } catch (Refusal refusal) { // TRAPS F12, from this side
                        if (!refusal.reply().equals(Reply.CUT)) throw refusal;
                        throw new Departure(Departure.Kind.GONE, refusal.reply().text());
                    }
                });
    }

    private void send(Command command, Optional<String> marker, Teller teller)
            throws Departure, Refusal, IOException {
        var as = representation;
        transfers.<IOException>transfer(
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
        transfers.part();
        control.wire.close();
    }

    /// Octets, a record a line.
    private static final class Poured extends OctetsAlone<RuntimeException> {

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
    }
}
