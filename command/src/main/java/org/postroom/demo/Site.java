package org.postroom.demo;

import org.postroom.control.CannotServe;
import org.postroom.control.Serving;
import org.postroom.home.Home;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.store.Addressee;
import org.postroom.store.MailingList;
import org.postroom.store.Refused;
import org.postroom.wire.Secret;
import org.postroom.wire.Tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// One of the demo's servers: a whole one, with a home of its own in a temporary folder, at a
/// loopback address of its own.
final class Site implements AutoCloseable {

    private static final Duration DELIVERY = Duration.ofSeconds(30);

    static final Secret PASSWORD = new Secret("letmein");

    final String host;
    final String address;
    private final Path folder;
    private final Serving serving;

    private Site(String host, String address, Path folder, Serving serving) {
        this.host = host;
        this.address = address;
        this.folder = folder;
        this.serving = serving;
    }

    /// Starts a server.
    ///
    /// @param host what it calls itself
    /// @param address where it listens
    /// @param names who it asks for the way to other domains
    /// @param next the domain whose server has the same port offset, at the address that its MX says
    static Site open(
            String host,
            String address,
            int offset,
            InetSocketAddress names,
            String next,
            List<String> accounts)
            throws IOException, CannotServe, Refused {
        var folder = Files.createTempDirectory("postroom-demo");
        Files.writeString(
                folder.resolve("postroom.toml"),
                """
                [server]
                name = "%s"
                listen = "%s"
                port-offset = %d
                [dns]
                servers = ["%s:%d"]
                [[route]]
                domain = "%s"
                port = %d
                """
                        .formatted(
                                host,
                                address,
                                offset,
                                names.getAddress().getHostAddress(),
                                names.getPort(),
                                next,
                                Port.SMTP.number + offset));
        // LMTP would be at 127.0.0.1 for both: here it is at each one's own address
        var serving =
                Serving.start(
                        new Home(folder),
                        Serving.Wishes.NONE,
                        Optional.of(port ->
                                new InetSocketAddress(
                                        InetAddress.ofLiteral(address), port.number + offset)));
        var site = new Site(host, address, folder, serving);
        for (var account : accounts) site.account(account);
        return site;
    }

    private void account(String account) throws Refused {
        var name = Addressee.of(account);
        var directory = house().store().directory();
        if (!directory.domains().contains(name.domain())) directory.addDomain(name.domain());
        house().store().passwords().set(directory.add(name), PASSWORD);
    }

    /// Makes a group list.
    void list(String list, String owner, List<String> members) throws Refused {
        var addressees = new ArrayList<Addressee>();
        for (var member : members) addressees.add(Addressee.of(member));
        house().store()
                .directory()
                .setList(
                        new MailingList(
                                Addressee.of(list), Addressee.of(owner), false, "", addressees));
    }

    /// Returns when its queue is empty and has hung up.
    void awaitDelivery() throws Failure {
        var queue = house().queue();
        long end = System.nanoTime() + DELIVERY.toNanos();
        while (queue.waiting() > 0 || queue.couriers() > 0) {
            if (System.nanoTime() - end >= 0)
                throw new Failure("the queue of " + host, "a letter is not delivered");
            LockSupport.parkNanos(10_000_000);
        }
    }

    Home home() {
        return serving.home();
    }

    /// Where somebody's mail agent keeps what it has to remember.
    Path desk(String who) {
        return folder.resolve("desk").resolve(who);
    }

    House house() {
        return serving.house();
    }

    /// Where a protocol is spoken by TCP.
    InetSocketAddress tcp(Port port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), serving.port(port));
    }

    /// The home's own socket, for agents on the server's machine.
    SocketAddress socket(Port port) {
        return UnixDomainSocketAddress.of(serving.home().socket(port.title));
    }

    /// Trusts this server's own certificate and nothing else.
    Tls.Client tls() {
        return Tls.trusting(List.of(house().certificates().certificate()));
    }

    @Override
    public void close() {
        serving.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        } catch (IOException left) {
            System.getLogger(Site.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} is left", folder);
        }
    }
}
