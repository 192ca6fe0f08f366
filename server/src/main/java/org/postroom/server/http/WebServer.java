package org.postroom.server.http;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.wire.Fault;
import org.postroom.wire.Gate;
import org.postroom.wire.Listening;
import org.postroom.wire.Tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// HTTP at a port: 1.1, and 2 under TLS where a client offers it. Octets and connections are Jetty's; caps,
/// certificates and front ends are those of all protocols.
///
/// A few platform threads watch the sockets; each request has a virtual thread.
public final class WebServer implements Listening {

    private static final System.Logger LOG = System.getLogger(WebServer.class.getName());
    private static final int HEAD_OCTETS = 16 << 10; // of a request's line and fields
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofMillis(200);
    private static final int THREADS = 12;
    private static final String[] APPLICATIONS = {"h2", "http/1.1"}; // RFC 7301's registry

    private final Port port;
    private final Server server;
    private final ServerConnector connector;
    private final Visitors visitors = new Visitors();
    private final Thread sweeper;

    private WebServer(House house, Port port, InetSocketAddress at, Map<String, Area> areas) {
        this.port = port;
        this.server = new Server(threads(port));
        this.connector = connector(house, at);
        server.addConnector(connector);
        server.setHandler(new Desk(house, port, Site.of(house, port, areas), visitors));
        server.setErrorHandler(new BadRequests());
        server.setStopTimeout(0);
        this.sweeper = Thread.ofVirtual().name(port.title + "-sweeper").unstarted(this::sweep);
    }

    private static QueuedThreadPool threads(Port port) {
        var pool = new QueuedThreadPool(THREADS, 3, (int) IDLE.toMillis());
        pool.setName(port.title);
        pool.setDaemon(true);
        pool.setReservedThreads(0);
        pool.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(port.title).factory()));
        return pool;
    }

    /// Listens.
    ///
    /// @param at the address; its port 0 takes a free one
    /// @param areas what lies here besides, by the first name of its paths
    /// @throws IOException the address is in use, or is not this machine's
    public static WebServer open(
            House house, Port port, InetSocketAddress at, Map<String, Area> areas)
            throws IOException {
        var web = new WebServer(house, port, at, areas);
        try {
            web.connector.open();
            web.server.start();
            web.sweeper.start();
            return web;
        } catch (IOException e) {
            web.stop();
            throw e;
        } catch (Exception broken) { // whatever a part of the library throws at its start
            web.stop();
            throw new Fault("starting the web server", broken);
        }
    }

    private ServerConnector connector(House house, InetSocketAddress at) {
        var configuration = configuration();
        var chain = new ArrayList<ConnectionFactory>();
        var http = new HttpConnectionFactory(configuration);
        if (port.implicit) {
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            var alpn = new ALPNServerConnectionFactory(APPLICATIONS);
            alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
            chain.add(new SslConnectionFactory(tls(house), alpn.getProtocol()));
            chain.add(alpn);
            chain.add(new HTTP2ServerConnectionFactory(configuration));
        }
        chain.add(http);
        chain.addFirst(new Entrance(house.gate(), chain.getFirst().getProtocol()));
        var made = new Counted(server, house.gate(), visitors, at, chain);
        made.setHost(at.getAddress().getHostAddress());
        made.setPort(at.getPort());
        made.setIdleTimeout(IDLE.toMillis());
        made.setShutdownIdleTimeout(LAST_WORDS.toMillis());
        made.setAcceptQueueSize(1024);
        return made;
    }

    private static HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEAD_OCTETS);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        // the raw path is read by ourselves (org.postroom.http.Paths), and by nobody else
        configuration.setUriCompliance(
                UriCompliance.from(EnumSet.allOf(UriCompliance.Violation.class)));
        configuration.setRelativeRedirectAllowed(true);
        configuration.setOutputBufferSize(64 << 10);
        return configuration;
    }

    private static SslContextFactory.Server tls(House house) {
        var tls = new SslContextFactory.Server();
        tls.setSslContext(new Tls.Server(house.certificates(), APPLICATIONS).context());
        tls.setIncludeProtocols(Tls.versions());
        tls.setSniRequired(false);
        return tls;
    }

    /// The first thing a connection meets: from a front end, whom it passes on; else what is spoken here.
    private static final class Entrance extends AbstractConnectionFactory {

        private final Gate gate;
        private final String next;
        private final ProxyConnectionFactory introduction;

        Entrance(Gate gate, String next) {
            super("entrance");
            this.gate = gate;
            this.next = next;
            this.introduction = new ProxyConnectionFactory(next);
        }

        @Override
        public org.eclipse.jetty.io.Connection newConnection(Connector connector, EndPoint end) {
            return gate.isProxy(end.getRemoteSocketAddress())
                    ? introduction.newConnection(connector, end)
                    : connector.getConnectionFactory(next).newConnection(connector, end);
        }
    }

    /// Counts callers at the gate.
    private static final class Counted extends ServerConnector {

        private final Gate gate;
        private final Visitors visitors;
        private final boolean loopback;

        /// Who came in from where: an end that is closed may not know any more.
        private final Map<EndPoint, SocketAddress> inside = new ConcurrentHashMap<>();

        Counted(
                Server server,
                Gate gate,
                Visitors visitors,
                InetSocketAddress at,
                List<ConnectionFactory> chain) {
            super(server, null, null, null, 1, 1, chain.toArray(ConnectionFactory[]::new));
            this.gate = gate;
            this.visitors = visitors;
            this.loopback = at.getAddress().isLoopbackAddress();
        }

        @Override
        protected void onEndPointOpened(EndPoint end) {
            var from = end.getRemoteSocketAddress();
            super.onEndPointOpened(end);
            if (from == null || gate.enter(from) != Gate.Answer.COME_IN) {
                end.close();
                return;
            }
            inside.put(end, from);
            visitors.enter(from, end, isLocal(from));
        }

        @Override
        protected void onEndPointClosed(EndPoint end) {
            super.onEndPointClosed(end);
            var from = inside.remove(end);
            if (from == null) return;
            visitors.leave(from);
            gate.leave(from);
        }

        private boolean isLocal(SocketAddress from) {
            return loopback
                    && !gate.isProxy(from)
                    && from instanceof InetSocketAddress inet
                    && inet.getAddress().isLoopbackAddress();
        }
    }

    private void sweep() {
        try {
            while (server.isRunning()) {
                Thread.sleep(Duration.ofSeconds(5));
                visitors.sweep();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return port.title;
    }

    @Override
    public SocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    @Override
    public int size() {
        return visitors.size();
    }

    @Override
    public void drain() {
        var _ = connector.shutdown(); // who is here is seen by size()
    }

    @Override
    public void close() {
        sweeper.interrupt();
        stop();
    }

    private void stop() {
        try {
            connector.close();
            server.stop();
        } catch (Exception e) { // whatever a part of the library throws at its end
            LOG.log(System.Logger.Level.WARNING, port.title + ": closing", e);
        }
    }
}
