package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Eprt;
import org.postroom.ftp.Command.Epsv;
import org.postroom.ftp.Command.EpsvAll;
import org.postroom.ftp.Command.Pasv;
import org.postroom.ftp.Command.Port;
import org.postroom.ftp.Command.SetMode;
import org.postroom.ftp.Command.SetStructure;
import org.postroom.ftp.Command.SetType;
import org.postroom.ftp.Digest;
import org.postroom.ftp.Fact;
import org.postroom.ftp.Net;
import org.postroom.ftp.Protection;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.server.Settings;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What is agreed about transfers (RFC 959 §4.1.2, RFC 4217 §9, RFC 2428): it outlives a USER and is
/// void after AUTH (TRAPS F6).
final class TransferParameters implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TransferParameters.class.getName());
    private static final int FIRST_FREE_PORT = 1024; // RFC 2577 §3
    private static final int DATA_PORT = 20; // RFC 959 §8

    private final Wire wire;
    private Representation representation = Representation.DEFAULT;
    private Protection protection = Protection.CLEAR; // RFC 4217 §9
    private Set<Fact> facts = EnumSet.allOf(Fact.class);
    private Digest digest = Digest.SHA_256;
    private boolean bufferSized;
    private boolean extendedOnly;
    private Optional<PassivePort> listening = Optional.empty();
    private Optional<InetSocketAddress> called = Optional.empty();
    private Optional<Wire> kept = Optional.empty();

    TransferParameters(Wire wire) {
        this.wire = wire;
    }

    /// As they are at the start of a session.
    void reset() {
        close();
        representation = Representation.DEFAULT;
        protection = Protection.CLEAR;
        facts = EnumSet.allOf(Fact.class);
        digest = Digest.SHA_256;
        bufferSized = false;
        extendedOnly = false;
        called = Optional.empty();
    }

    Representation representation() {
        return representation;
    }

    /// RFC 959 §3.3: what was kept is of the mode that it was opened in (TRAPS F10).
    private void representation(Representation other) {
        if (other.mode() != representation.mode()) part();
        representation = other;
    }

    Digest digest() {
        return digest;
    }

    void digest(Digest other) {
        digest = other;
    }

    /// A data connection that stays after its transfer.
    void keep(Wire data) {
        kept = Optional.of(data);
    }

    boolean hasDataConnection() {
        return kept.isPresent();
    }

    /// Obeys, and says what came of it.
    Reply obey(Command.ForParameters command, Settings.Ftp settings) throws Refusal {
        switch (command) {
            case SetType(var type) -> representation(representation.with(type));
            case SetStructure(var structure) -> representation(representation.with(structure));
            case SetMode(var mode) -> representation(representation.with(mode));
            case Port(var address) -> port(address);
            case Eprt(var address) -> extendedPort(address);
            case EpsvAll() -> extendedOnly();
            case Pasv() -> {
                return Reply.passive(passive(settings));
            }
            case Epsv(var net) -> {
                return Reply.extendedPassive(extendedPassive(net, settings).getPort());
            }
        }
        return Reply.SET;
    }

    Set<Fact> facts() {
        return facts;
    }

    void facts(Set<Fact> asked) {
        facts = asked;
    }

    boolean isPrivate() {
        return protection == Protection.PRIVATE;
    }

    // RFC 4217 §9: PBSZ comes after AUTH, PROT after PBSZ (TRAPS F17)
    void bufferSize() throws Refusal {
        if (!wire.isSecured()) throw new Refusal(Reply.TLS_FIRST);
        bufferSized = true;
    }

    void protection(Protection level) throws Refusal {
        if (!wire.isSecured()) throw new Refusal(Reply.TLS_FIRST);
        if (!bufferSized) throw new Refusal(Reply.BUFFER_FIRST);
        var agreed =
                switch (level) {
                    case CLEAR, PRIVATE -> level;
                    case SAFE, CONFIDENTIAL -> throw new Refusal(Reply.NO_SUCH_LEVEL);
                };
        if (agreed != protection) part();
        protection = agreed;
    }

    /// RFC 2428 §4: from now on the client asks for EPSV and nothing else.
    private void extendedOnly() {
        extendedOnly = true;
    }

    /// PORT: IPv4 only.
    private void port(InetSocketAddress to) throws Refusal {
        if (net() == Net.IPV6) throw new Refusal(Reply.USE_EXTENDED);
        call(to);
    }

    /// EPRT.
    private void extendedPort(InetSocketAddress to) throws Refusal {
        if (Net.of(to.getAddress()) != net()) throw new Refusal(Reply.useNet(net()));
        call(to);
    }

    // RFC 2577 §3: not to somebody else, and not to a service (TRAPS F9)
    private void call(InetSocketAddress to) throws Refusal {
        if (extendedOnly) throw new Refusal(Reply.EXTENDED_ONLY);
        if (!to.getAddress().equals(peer()) || to.getPort() < FIRST_FREE_PORT)
            throw new Refusal(Reply.NOT_THAT_ADDRESS);
        close();
        called = Optional.of(to);
    }

    /// PASV: IPv4 only.
    private InetSocketAddress passive(Settings.Ftp settings) throws Refusal {
        if (extendedOnly) throw new Refusal(Reply.EXTENDED_ONLY);
        if (net() == Net.IPV6) throw new Refusal(Reply.USE_EXTENDED);
        return listen(settings);
    }

    /// EPSV.
    private InetSocketAddress extendedPassive(Optional<Net> asked, Settings.Ftp settings)
            throws Refusal {
        if (asked.isPresent() && asked.get() != net()) throw new Refusal(Reply.useNet(net()));
        return listen(settings);
    }

    private InetSocketAddress listen(Settings.Ftp settings) throws Refusal {
        close(); // TRAPS F10
        called = Optional.empty();
        try {
            var port =
                    new PassivePort(
                            local().getAddress(),
                            peer(),
                            settings.passiveFrom(),
                            settings.passiveTo());
            listening = Optional.of(port);
            return port.address();
        } catch (IOException e) {
            throw noPort(e);
        }
    }

    private static Refusal noPort(IOException why) {
        LOG.log(System.Logger.Level.WARNING, "no port for data: {0}", why.getMessage());
        return new Refusal(Reply.NO_DATA_CONNECTION);
    }

    /// Where the next data connection comes from. A passive port serves once (RFC 1123 §4.1.2.6); without
    /// one the client is called, where it said or at its default port, that of its control connection
    /// (RFC 959 §3.2).
    DataPort dataPort(Settings.Server settings) throws Refusal {
        if (kept.isPresent() && representation.keepsConnection()) {
            var port = new KeptPort(kept.get());
            kept = Optional.empty();
            return port;
        }
        part();
        var passive = listening;
        listening = Optional.empty();
        if (passive.isPresent()) return passive.get();
        try {
            return new ActivePort(
                    local().getAddress(),
                    DATA_PORT + settings.portOffset(),
                    called.orElse((InetSocketAddress) wire.remote()));
        } catch (IOException e) {
            throw noPort(e);
        }
    }

    /// For STAT.
    String says() {
        return "TYPE "
                + representation.type().getClass().getSimpleName()
                + ", STRU "
                + representation.structure().code
                + ", MODE "
                + representation.mode().code
                + ", PROT "
                + protection.code;
    }

    private Net net() {
        return Net.of(peer());
    }

    private InetAddress peer() {
        return ((InetSocketAddress) wire.remote()).getAddress();
    }

    private InetSocketAddress local() {
        return (InetSocketAddress) wire.local();
    }

    private void part() {
        kept.ifPresent(Wire::close);
        kept = Optional.empty();
    }

    /// Listens no more, and keeps no data connection (RFC 959 §3.2).
    @Override
    public void close() {
        part();
        listening.ifPresent(PassivePort::close);
        listening = Optional.empty();
    }
}
