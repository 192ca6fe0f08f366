package org.postroom.wire;

import jdk.net.ExtendedSocketOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLException;

/// One connection: lines and bodies in, replies and bodies out, the upgrade to TLS, the deadlines,
/// the tap. A conversation holds one and reads top to bottom.
///
/// What is said is gathered and sent when the conversation comes to wait for the peer, so that the
/// answers to pipelined commands go out in one write (RFC 2920 §3.2).
///
/// One thread converses. A second may wait in [#overhear] while the first speaks (IDLE, a transfer),
/// and [#drain] and [#abort] may come from anywhere.
public final class Wire implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Wire.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration HANDSHAKE = Duration.ofSeconds(60); // the whole of TLS's
    private static final int AT_ONCE = 16 * 1024; // gathered replies beyond this go out

    private static final long MOST_SWALLOWED = 16 * 1024 * 1024; // of a line that is too long

    private static final int SLICE = 64 * 1024; // of a body that is sent

    private final String id = newId();
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Optional<String> peerUser;
    private final ReentrantLock speaking = new ReentrantLock();
    private final Saying gathered = new Saying();
    private volatile Plug plug;
    private volatile Limits limits;
    private Tap tap;
    private Tls.@Nullable Facts tls;
    private javax.net.ssl.@Nullable SSLEngine engine;
    private @Nullable Telnet telnet;

    private byte[] in = new byte[512];
    private int at;
    private int end;
    private @Nullable Line held; // the conversation's own; another thread's is handed to it
    private int refusals;
    private boolean refused;

    private volatile long readingSince; // 0: not waiting
    private long lineSince; // 0: what is waited for is no line
    private volatile long limitsSince = System.nanoTime();
    private volatile long writingSince;
    private volatile long until; // 0: for ever
    private volatile boolean betweenCommands;
    private volatile boolean draining;
    private volatile boolean timedOut;
    private volatile boolean closed;
    private boolean openToAll;

    Wire(
            Plug plug,
            SocketAddress local,
            SocketAddress remote,
            Optional<String> peerUser,
            Limits limits,
            Tap tap) {
        this.plug = plug;
        this.local = local;
        this.remote = remote;
        this.peerUser = peerUser;
        this.limits = limits;
        this.tap = tap;
        Watchman.watch(this);
    }

    /// Takes over a connected TCP socket, and closes it if it is connected no more.
    public static Wire over(Socket socket, Limits limits, Tap tap) throws IOException {
        return over(
                socket,
                socket.getLocalSocketAddress(),
                socket.getRemoteSocketAddress(),
                limits,
                tap);
    }

    /// Takes over a socket whose ends are others than it knows of: behind a front end.
    static Wire over(
            Socket socket, SocketAddress local, SocketAddress remote, Limits limits, Tap tap)
            throws IOException {
        try {
            return new Wire(new TcpPlug(socket), local, remote, Optional.empty(), limits, tap);
        } catch (IOException gone) {
            socket.close();
            throw gone;
        }
    }

    /// Takes over a connected Unix socket, and closes it if it is connected no more.
    public static Wire over(SocketChannel channel, Limits limits, Tap tap) throws IOException {
        try {
            return new Wire(
                    new UnixPlug(channel),
                    channel.getLocalAddress(),
                    channel.getRemoteAddress(),
                    Optional.of(
                            channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName()),
                    limits,
                    tap);
        } catch (IOException gone) {
            channel.close();
            throw gone;
        }
    }

    /// Calls a server by TCP.
    ///
    /// @param millis how long to wait for an answer to the call
    /// @throws Departure GONE when nobody answers
    public static Wire connect(SocketAddress to, int millis, Limits limits, Tap tap)
            throws Departure {
        return connect(null, to, millis, limits, tap);
    }

    /// Calls from an address of ours: FTP's active data connections come from the server's port 20.
    public static Wire connect(
            @Nullable SocketAddress from, SocketAddress to, int millis, Limits limits, Tap tap)
            throws Departure {
        try {
            if (to instanceof java.net.UnixDomainSocketAddress)
                return over(SocketChannel.open(to), limits, tap);
            var socket = new Socket();
            try {
                if (from != null) {
                    socket.setReuseAddress(true);
                    socket.bind(from);
                }
                socket.connect(to, millis);
                return over(socket, limits, tap);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Departure(Departure.Kind.GONE, to + ": " + e.getMessage());
        }
    }

    /// What this connection is called in the log and in Received fields.
    public String id() {
        return id;
    }

    public SocketAddress local() {
        return local;
    }

    public SocketAddress remote() {
        return remote;
    }

    /// The peer's address as a log shows it: `127.0.0.1`, or `local` over a Unix socket.
    public String peer() {
        return remote instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress()
                : "local";
    }

    /// Whom the peer is counted with: its address, the 64 bits of its network in IPv6, or `local`.
    public String network() {
        return remote instanceof InetSocketAddress inet
                ? Gate.network(inet.getAddress()).getHostAddress()
                : "local";
    }

    /// Whether the peer is a process of this machine that came to a loopback listener or a Unix socket. To
    /// a listener that is open to others, too, everybody may come from loopback: through a proxy.
    public boolean isLoopback() {
        return !(remote instanceof InetSocketAddress inet)
                || (!openToAll && inet.getAddress().isLoopbackAddress());
    }

    /// Said by a listener whose address is not loopback.
    Wire openToAll() {
        openToAll = true;
        return this;
    }

    /// The name of the user whose process is at the other end of a Unix socket (SO_PEERCRED); nothing
    /// over TCP.
    public Optional<String> peerUser() {
        return peerUser;
    }

    public Limits limits() {
        return limits;
    }

    /// New limits, from now on: a wait that is going on begins anew.
    public void limits(Limits other) {
        this.limits = other;
        limitsSince = System.nanoTime();
    }

    /// An end to all of it, whatever is said until then: the next wait for the peer throws IDLE.
    public void endAfter(Duration time) {
        until = System.nanoTime() + time.toNanos() | 1;
    }

    /// Takes [#endAfter] back.
    public void endNever() {
        until = 0;
    }

    public void tap(Tap other) {
        this.tap = other;
    }

    public Tap tap() {
        return tap;
    }

    /// What was agreed, once TLS is on.
    public Optional<Tls.Facts> tls() {
        return Optional.ofNullable(tls);
    }

    public boolean isSecured() {
        return tls != null;
    }

    /// What only the two ends of this TLS connection know, or only its server has, for mechanisms that
    /// bind a sign-in to it.
    ///
    /// @param type `tls-exporter` (RFC 9266 §4.2) or `tls-server-end-point` (RFC 5929 §4)
    public Optional<byte[]> channelBinding(String type) {
        var connection = engine;
        return connection == null ? Optional.empty() : ChannelBinding.of(connection, type);
    }

    /// Takes Telnet's commands out of what is heard from now on, and declines its options: FTP's
    /// control connection (RFC 959 §4.1.3, TRAPS F2). The taps don't hear of them.
    public void telnet() throws Departure {
        try {
            plug.urgentInLine();
        } catch (IOException e) {
            throw gone(e);
        }
        telnet = new Telnet();
    }

    // ---- saying

    /// Says one thing; it goes out when the conversation waits for the peer, or at [#flush].
    public void say(Sayable sayable) throws Departure {
        speaking.lock();
        try {
            settle();
            int before = gathered.length();
            if (before > AT_ONCE) send();
            sayable.on(gathered);
        } finally {
            speaking.unlock();
        }
    }

    /// Says no to a command. After too many in a row [#line] throws TOO_MANY.
    public void refuse(Sayable sayable) throws Departure {
        refused = true;
        say(sayable);
    }

    /// Sends what is gathered.
    public void flush() throws Departure {
        speaking.lock();
        try {
            settle();
            send();
        } finally {
            speaking.unlock();
        }
    }

    /// Interrupts what the peer is doing, so that it looks at what is said next: FTP's client before ABOR.
    // RFC 959 §4.1.3: Interrupt Process, then Synch, whose Data Mark is urgent; RFC 4217 §14: under
    // TLS all
    // of it in band
    public void interrupt() throws Departure {
        speaking.lock();
        try {
            send();
            transmit(Telnet.INTERRUPT, 0, Telnet.INTERRUPT.length);
            plug.urgent(Telnet.DATA_MARK);
        } catch (IOException e) {
            throw gone(e);
        } finally {
            speaking.unlock();
        }
    }

    /// Sends octets of a body as they are.
    public void write(byte[] octets, int offset, int length) throws Departure {
        speaking.lock();
        try {
            settle();
            if (gathered.length() + length <= AT_ONCE) gathered.octets(octets, offset, length);
            else {
                send();
                tap.said(octets, offset, length);
                put(octets, offset, length);
            }
        } finally {
            speaking.unlock();
        }
    }

    /// Sends what was put together elsewhere, and clears it.
    public void write(Saying saying) throws Departure {
        write(saying.array(), 0, saying.length());
        saying.clear();
    }

    /// Whether nothing lies between the conversation and the network, neither TLS nor a tap, and something
    /// was sent or heard before: then bodies need fewer copies, by [#offer] and by [#read] into a buffer.
    public boolean isDirect() {
        return plug.isDirect() && tap.equals(Tap.NONE);
    }

    /// Sends a stretch of a file without a copy of it in memory, as much as the system takes at once; 0
    /// when the peer has to read first, and then [#write] can wait for that. Call it on a platform thread,
    /// since the file may have to be read, while nobody says anything.
    public long offer(FileChannel file, long from, long length) throws Departure {
        flush();
        try {
            return isDirect() ? plug.offer(file, from, length) : 0;
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /// Sends exactly `length` octets of a body as they are: a literal.
    ///
    /// @throws Fault when the body ends early or can't be read
    public void counted(InputStream body, long length) throws Departure {
        var slice = new byte[(int) Math.min(SLICE, Math.max(length, 1))];
        for (long left = length; left > 0; ) {
            int n = next(body, slice, (int) Math.min(slice.length, left));
            if (n < 0) throw new Fault("a body ended " + left + " octets early");
            write(slice, 0, n);
            left -= n;
        }
    }

    /// Sends a body with its dots stuffed, and the dot that ends it (RFC 5321 §4.5.2, RFC 1939 §3).
    /// A body that does not end with CRLF gets one.
    public void dotted(InputStream body) throws Departure {
        dotted(body, SLICE);
    }

    /// The same of a body that is about so long.
    public void dotted(InputStream body, long about) throws Departure {
        var stuffing = new Dots.Stuffing(this::write);
        var slice = new byte[Math.clamp(about, 512, SLICE)];
        for (int n = next(body, slice, slice.length); n >= 0; n = next(body, slice, slice.length))
            stuffing.write(slice, n);
        stuffing.end();
    }

    private static int next(InputStream body, byte[] slice, int length) {
        try {
            return body.read(slice, 0, length);
        } catch (IOException e) {
            throw new Fault("reading a body", e);
        }
    }

    /// Says that nothing more will be written (FIN; under TLS close_notify first). Reading goes on.
    public void endOutput() throws Departure {
        flush();
        try {
            writingSince = System.nanoTime() | 1;
            plug.endOutput();
        } catch (IOException e) {
            throw gone(e);
        } finally {
            writingSince = 0;
        }
    }

    // ---- hearing

    /// Waits for a line. One longer than the limit is swallowed to its end and told by
    /// [Line#isTooLong]: it gets one reply.
    ///
    /// @throws Departure IDLE, DRAINING, TOO_MANY or GONE
    public Line line() throws Departure {
        settle();
        return takeOver(overhear());
    }

    /// Waits for a line on a second thread, while the first goes on speaking: the first then has to
    /// [#takeOver] it. Flush before, and let nobody else read meanwhile.
    ///
    /// @throws Departure IDLE, DRAINING, TOO_MANY or GONE
    public Line overhear() throws Departure {
        if (!refused) refusals = 0;
        else if (++refusals >= limits.refusals())
            throw new Departure(Departure.Kind.TOO_MANY, "too many refused commands");
        refused = false;
        lineSince = System.nanoTime() | 1;
        try {
            return wholeLine();
        } finally {
            lineSince = 0;
        }
    }

    /// Takes a line that another thread heard for the conversation's own: from now on the tap waits
    /// for the grammar, and for that alone, to hear of it.
    public Line takeOver(Line line) {
        held = line;
        return line;
    }

    private Line wholeLine() throws Departure {
        int scanned = at;
        boolean swallowing = false;
        long swallowed = 0;
        while (true) {
            int lf = find(scanned);
            if (lf >= 0) {
                int stop = lf > at && in[lf - 1] == '\r' ? lf - 1 : lf;
                boolean tooLong = swallowing || lf + 1 - at > limits.line();
                var line = tooLong ? Line.tooLong() : Line.of(text(at, stop));
                at = lf + 1;
                return line;
            }
            scanned = end;
            if (end - at >= limits.line()) { // keep a CR that may belong to the end
                swallowing = true;
                swallowed += end - at;
                // TRAPS T22: what is deflated comes a thousand times as fast
                if (swallowed > MOST_SWALLOWED)
                    throw new Departure(Departure.Kind.TOO_MANY, "a line without end");
                at = end > at && in[end - 1] == '\r' ? end - 1 : end;
            }
            int consumed = at;
            betweenCommands = !swallowing;
            try {
                if (fill() < 0) throw farewell();
            } finally {
                betweenCommands = false;
            }
            scanned -= consumed - at;
        }
    }

    /// Waits for the next octet and leaves it where it is; -1 at the end.
    public int peek() throws Departure {
        settle();
        betweenCommands = true;
        try {
            return at == end && fill() < 0 ? -1 : in[at] & 0xff;
        } finally {
            betweenCommands = false;
        }
    }

    /// Puts a line back, to be heard again: what ended an IDLE may be the next command (TRAPS T23).
    public void unread(Line line) {
        if (held == line) held = null;
        var octets = new Saying().octets(line.text()).crlf().toOctets();
        var joined = Arrays.copyOf(octets, octets.length + end - at);
        System.arraycopy(in, at, joined, octets.length, end - at);
        in = joined;
        at = 0;
        end = joined.length;
    }

    /// Whether octets are waiting that the peer sent without being asked: before a greeting, or behind
    /// DATA or STARTTLS, where a client has to wait (TRAPS T2, T3).
    public boolean hasMore() {
        return end > at || (telnet != null && telnet.isMidway());
    }

    /// Hears a body that ends with a dot on a line of its own, and unstuffs it. Only CRLF "." CRLF ends
    /// it (RFC 5321 §4.1.1.4, TRAPS T1); other line ends go to the sink as they came.
    public void dotted(Sink sink) throws Departure {
        settle();
        var unstuffing = new Dots.Unstuffing(sink);
        while (true) {
            if (at == end && fill() < 0) throw farewell();
            int used = unstuffing.take(in, at, end - at);
            tap.heard(in, at, used);
            at += used;
            if (unstuffing.isComplete()) return;
        }
    }

    /// Hears exactly so many octets: a literal, a chunk.
    public void counted(long length, Sink sink) throws Departure {
        counted(length, tap, sink);
    }

    /// Hears exactly so many octets that the tap shows blank: a password sent as a literal.
    public void secret(long length, Sink sink) throws Departure {
        counted(length, Tap.NONE, sink);
        tap.heard(Saying.BLANK, 0, Saying.BLANK.length);
    }

    private void counted(long length, Tap shownTo, Sink sink) throws Departure {
        settle();
        for (long left = length; left > 0; ) {
            if (at == end && fill() < 0) throw farewell();
            int n = (int) Math.min(left, end - at);
            shownTo.heard(in, at, n);
            sink.write(in, at, n);
            at += n;
            left -= n;
        }
    }

    /// Hears whatever comes next, at most `length` octets; -1 at the end. See [#endedCleanly].
    public int read(byte[] into, int offset, int length) throws Departure {
        settle();
        if (at < end) {
            int n = Math.min(length, end - at);
            System.arraycopy(in, at, into, offset, n);
            at += n;
            tap.heard(into, offset, n);
            return n;
        }
        flush();
        int n = take(into, offset, length);
        if (n > 0) tap.heard(into, offset, n);
        return n;
    }

    /// As the other, into a buffer outside the heap that is not full; only where [#isDirect].
    public int read(ByteBuffer into) throws Departure {
        settle();
        if (at < end) {
            int n = Math.min(into.remaining(), end - at);
            into.put(in, at, n);
            at += n;
            return n;
        }
        flush();
        readingSince = System.nanoTime() | 1;
        try {
            return plug.read(into);
        } catch (IOException e) {
            throw gone(e);
        } finally {
            readingSince = 0;
        }
    }

    /// After the end: whether the peer meant it (FIN, or close_notify under TLS), so that a file that
    /// was cut is not taken for a whole one (TRAPS F12).
    public boolean endedCleanly() {
        return !timedOut && plug.endedCleanly();
    }

    // ---- TLS

    /// Becomes TLS, as its server. Call it after the reply that agrees to STARTTLS was said.
    ///
    /// @throws Departure when plaintext came behind the command (TRAPS T3), or the handshake fails
    public void secure(Tls.Server server) throws Departure {
        upgrade(server.engine(), "STARTTLS");
    }

    /// Becomes TLS, as its client.
    ///
    /// @param host the name that the certificate has to bear and that SNI says
    public void secure(Tls.Client client, String host) throws Departure {
        upgrade(client.engine(host, remote), "STARTTLS");
    }

    /// Becomes TLS, as its client, and goes on with the session that was agreed with the server at another
    /// address, if it has one: FTP's data connection with the control connection's.
    ///
    /// @param as where that session's server was called
    public void secure(Tls.Client client, String host, SocketAddress as) throws Departure {
        upgrade(client.engine(host, as), "STARTTLS");
    }

    private void upgrade(javax.net.ssl.SSLEngine engine, String verb) throws Departure {
        flush();
        if (hasMore()) {
            LOG.log(System.Logger.Level.WARNING, "plaintext came behind {0}", verb);
            throw new Departure(Departure.Kind.GONE, "plaintext came behind " + verb);
        }
        var secured = new TlsPlug(plug, engine);
        var before = limits;
        if (HANDSHAKE.compareTo(before.idle()) < 0) limits(before.withIdle(HANDSHAKE));
        readingSince = System.nanoTime() | 1;
        long begun = System.currentTimeMillis();
        try {
            secured.handshake();
        } catch (SSLException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: TLS failed: {1}", id, e.getMessage());
            throw new Departure(Departure.Kind.GONE, "TLS: " + e.getMessage());
        } catch (IOException e) {
            throw gone(e);
        } finally {
            readingSince = 0;
            limits(before);
        }
        plug = secured;
        var facts = Tls.Facts.of(engine, begun);
        this.engine = engine;
        tls = facts;
        tap.noted("TLS begins: " + facts.protocol());
    }

    // ---- compression

    /// Deflates all that is said from now on, and inflates all that is heard. Call it after the reply that
    /// agrees to COMPRESS was said.
    ///
    /// @throws Departure when something came behind the command, before the client could know
    public void compress() throws Departure {
        flush();
        if (hasMore()) throw new Departure(Departure.Kind.GONE, "octets came behind COMPRESS");
        plug = new DeflatePlug(plug);
        tap.noted("compression begins");
    }

    public boolean isCompressed() {
        return plug instanceof DeflatePlug;
    }

    /// Takes [#compress] back, where the peer does likewise.
    public void endCompression() throws Departure {
        flush();
        if (!(plug instanceof DeflatePlug deflating)) return;
        try {
            var left = deflating.end();
            var joined = Arrays.copyOfRange(in, at, end - at + left.length + at);
            System.arraycopy(left, 0, joined, end - at, left.length);
            in = joined.length < 512 ? Arrays.copyOf(joined, 512) : joined;
            end = end - at + left.length;
            at = 0;
        } catch (IOException e) {
            throw gone(e);
        }
        plug = deflating.under();
        tap.noted("compression ends");
    }

    // ---- ending

    /// Whether it was closed, by this end.
    public boolean isClosed() {
        return closed;
    }

    /// Ends the wait for a next command with DRAINING; a command under way is let finish.
    public void drain() {
        draining = true;
        if (betweenCommands) plug.wake();
    }

    /// Sends what is gathered and closes. Under TLS close_notify goes first.
    @Override
    public void close() {
        if (closed) return;
        try {
            settle();
            endOutput();
            drainOff();
        } catch (Departure gone) {
            LOG.log(System.Logger.Level.TRACE, "{0}: {1}", id, gone.getMessage());
        } finally {
            abort();
        }
    }

    /// Closes without a word, whatever any thread is doing with it.
    public void abort() {
        if (closed) return;
        closed = true;
        Watchman.forget(this);
        plug.close();
        tap.noted("the connection is closed");
    }

    /// As [#abort], and so that the peer can't take it for the end of a file.
    public void reset() {
        if (closed) return;
        plug.reset();
        abort();
    }

    /// Closing with unread input resets the connection and may take our last words with it: reads off
    /// what is on its way, a little and not for long.
    private void drainOff() throws Departure {
        try {
            if (timedOut || (!hasMore() && !plug.hasUnread())) return;
        } catch (IOException e) {
            throw gone(e);
        }
        limits = limits.withIdle(Duration.ofMillis(500));
        var rest = new byte[4096];
        for (int i = 0; i < 16; i++) if (take(rest, 0, rest.length) < 0) return;
    }

    // ---- inside

    /// Called ten times a second by the watchman.
    void hold(long now) {
        long reading = readingSince;
        if (reading != 0 && Math.min(now - reading, now - limitsSince) > limits.idle().toNanos()) {
            timedOut = true;
            plug.wake();
        }
        long end = until;
        if (end != 0 && now - end > 0) {
            timedOut = true;
            plug.wake();
        }
        long writing = writingSince;
        if (writing != 0 && now - writing > limits.stalled().toNanos()) plug.close();
    }

    /// How long the peer has kept us waiting, in nanoseconds; 0 when we are not waiting for it.
    long idleFor(long now) {
        long since = readingSince;
        return since == 0 || !betweenCommands ? 0 : now - since;
    }

    /// How many octets this wire keeps room for, heard and to be said.
    int room() {
        return in.length + gathered.array().length;
    }

    private int find(int from) {
        for (int i = from; i < end; i++)
            if (in[i] == '\n' && (limits.bareLf() || (i > at && in[i - 1] == '\r'))) return i;
        return -1;
    }

    @SuppressWarnings("deprecation") // one octet a character is just what is meant
    private String text(int from, int to) {
        return new String(in, 0, from, to - from);
    }

    /// Reads more into the buffer, after sending what is gathered. -1 at the end.
    private int fill() throws Departure {
        flush();
        if (at > 0) {
            System.arraycopy(in, at, in, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == in.length) in = Arrays.copyOf(in, in.length < 8192 ? 8192 : in.length * 2);
        int n = take(in, end, in.length - end);
        if (telnet != null) n = sifted(telnet, n);
        if (n > 0) end += n;
        return n;
    }

    /// What is left of `n` new octets without Telnet's commands; waits for more while that is nothing.
    private int sifted(Telnet telnet, int n) throws Departure {
        int left = n;
        while (left > 0) {
            left = telnet.sift(in, end, left);
            var answers = telnet.answers();
            if (answers.length > 0) answer(answers);
            if (left > 0) break;
            left = take(in, end, in.length - end);
        }
        return left;
    }

    private void answer(byte[] octets) throws Departure {
        speaking.lock();
        try {
            send();
            transmit(octets, 0, octets.length);
        } finally {
            speaking.unlock();
        }
    }

    private int take(byte[] into, int offset, int length) throws Departure {
        // a line has one deadline, however many octets at a time it comes
        readingSince = lineSince != 0 ? lineSince : System.nanoTime() | 1;
        try {
            if (draining && betweenCommands) return -1;
            return plug.read(into, offset, length);
        } catch (IOException e) {
            throw gone(e);
        } finally {
            readingSince = 0;
        }
    }

    private void send() throws Departure {
        if (gathered.length() == 0) return;
        gathered.show(tap);
        put(gathered.array(), 0, gathered.length());
        gathered.clear();
    }

    private void put(byte[] octets, int offset, int length) throws Departure {
        if (telnet == null) transmit(octets, offset, length);
        else {
            var doubled = Telnet.doubled(octets, offset, length);
            transmit(doubled, 0, doubled.length);
        }
    }

    private void transmit(byte[] octets, int offset, int length) throws Departure {
        try {
            for (int from = 0; from < length; from += 256 * 1024) {
                writingSince = System.nanoTime() | 1;
                plug.write(octets, offset + from, Math.min(256 * 1024, length - from));
            }
        } catch (IOException e) {
            throw gone(e);
        } finally {
            writingSince = 0;
        }
    }

    /// The tap hears a line only now, when the grammar has said what of it is secret.
    private void settle() {
        var line = held;
        held = null;
        if (line == null || line.isTooLong()) return;
        var shown = new Saying();
        line.on(shown);
        showHeard(shown);
    }

    private void showHeard(Saying saying) {
        saying.show(
                new Tap() {
                    @Override
                    public void heard(byte[] octets, int offset, int length) {}

                    @Override
                    public void said(byte[] octets, int offset, int length) {
                        tap.heard(octets, offset, length);
                    }

                    @Override
                    public void noted(String what) {}
                });
    }

    private Departure farewell() {
        if (timedOut) return new Departure(Departure.Kind.IDLE, "nothing was said for too long");
        if (draining) return new Departure(Departure.Kind.DRAINING, "the server is shutting down");
        return new Departure(Departure.Kind.GONE, "the peer closed the connection");
    }

    private Departure gone(IOException e) {
        return new Departure(Departure.Kind.GONE, String.valueOf(e.getMessage()));
    }

    private static String newId() {
        return Long.toString(RANDOM.nextLong() >>> 14, 36);
    }
}
