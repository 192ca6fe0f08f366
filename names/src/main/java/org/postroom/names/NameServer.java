package org.postroom.names;

import org.postroom.wire.Fault;
import org.xbill.DNS.Message;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A name service for the tests and the demo: one [Zone], at a loopback address, by UDP and TCP. It is
/// no server for strangers: it neither limits nor logs who asks.
public final class NameServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(NameServer.class.getName());
    private static final int PLAIN_UDP = 512; // RFC 1035 §2.3.4
    private static final int PATIENCE_MILLIS = 5000;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicLong asked = new AtomicLong();
    private volatile Zone zone;

    private NameServer(DatagramSocket udp, ServerSocket tcp, Zone zone) {
        this.udp = udp;
        this.tcp = tcp;
        this.zone = zone;
        Thread.ofVirtual().name("names-udp").start(this::serveUdp);
        Thread.ofVirtual().name("names-tcp").start(this::serveTcp);
    }

    /// Serves a zone.
    ///
    /// @param at port 0 takes one that is free for UDP and TCP
    /// @throws IOException the address is in use or is not this machine's
    public static NameServer of(InetSocketAddress at, Zone zone) throws IOException {
        while (true) {
            var tcp = new ServerSocket(at.getPort(), 50, at.getAddress());
            try {
                var udp = new DatagramSocket(tcp.getLocalPort(), at.getAddress());
                return new NameServer(udp, tcp, zone);
            } catch (IOException e) {
                tcp.close();
                if (at.getPort() != 0) throw e; // else somebody has just that one by UDP: another
            }
        }
    }

    /// Serves a zone at a free port of 127.0.0.1.
    ///
    /// @throws Fault when there is none
    public static NameServer of(Zone zone) {
        try {
            return of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), zone);
        } catch (IOException e) {
            throw new Fault("starting a name server", e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /// Serves another zone from now on.
    public void zone(Zone other) {
        this.zone = other;
    }

    /// How many questions came.
    public long asked() {
        return asked.get();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing the name server", e);
        }
    }

    private void serveUdp() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (!udp.isClosed())
            try {
                udp.receive(packet);
                var octets = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                var question = question(octets);
                if (question.isEmpty()) continue;
                var opt = question.get().getOPT();
                int most = opt == null ? PLAIN_UDP : Math.max(opt.getPayloadSize(), PLAIN_UDP);
                answer(question.get(), most)
                        .ifPresent(answer -> send(answer, packet.getSocketAddress()));
                packet.setLength(4096);
            } catch (IOException e) {
                if (!udp.isClosed()) LOG.log(System.Logger.Level.DEBUG, "a question by UDP", e);
            }
    }

    private void send(byte[] answer, java.net.SocketAddress to) {
        try {
            udp.send(new DatagramPacket(answer, answer.length, to));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "an answer by UDP", e);
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed())
            try {
                var socket = tcp.accept();
                Thread.ofVirtual().name("names-tcp").start(() -> converse(socket));
            } catch (IOException e) {
                if (!tcp.isClosed()) LOG.log(System.Logger.Level.DEBUG, "a call by TCP", e);
            }
    }

    // RFC 1035 §4.2.2: each message has its length before it
    private void converse(Socket socket) {
        try (socket) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                var octets = ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
                var question = question(octets);
                if (question.isEmpty()) return;
                var answer = answer(question.get(), 65_535);
                if (answer.isEmpty()) continue;
                int length = answer.get().length;
                socket.getOutputStream()
                        .write(
                                ByteBuffer.allocate(2 + length)
                                        .putShort((short) length)
                                        .put(answer.get())
                                        .array());
            }
        } catch (IOException over) {
            LOG.log(System.Logger.Level.TRACE, "a call by TCP is over");
        }
    }

    private static Optional<Message> question(ByteBuffer octets) {
        try {
            return Optional.of(new Message(octets));
        } catch (IOException nonsense) {
            return Optional.empty();
        }
    }

    /// The answer in at most so many octets; where they don't suffice it is cut, and says so.
    private Optional<byte[]> answer(Message question, int most) {
        asked.incrementAndGet();
        return zone.answer(question).map(answer -> answer.toWire(most));
    }
}
