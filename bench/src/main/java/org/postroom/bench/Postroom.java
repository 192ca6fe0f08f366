package org.postroom.bench;

import org.postroom.home.Home;
import org.postroom.server.Port;
import org.postroom.store.Account;
import org.postroom.store.Addressee;
import org.postroom.store.Flags;
import org.postroom.store.NewMessage;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Our server, started as anybody starts it.
class Postroom extends Subject {

    private static final int CLERKS = 2;

    /// `jfr view cpu-time-hot-methods FILE` shows where the time went.
    private static final String RECORDING =
            "-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true";

    private static final int AT_ONCE = 500; // messages of one commit

    private final List<String> program;
    private final Map<String, String> environment;
    private final Optional<Path> profiles;

    /// @param environment what the child's has beside ours
    Postroom(
            Site site,
            Path folder,
            InetAddress address,
            Stage stage,
            Map<String, String> environment)
            throws IOException {
        this(site, folder, address, stage, environment, Stage.DOMAIN, "");
    }

    /// @param domain whose accounts it has
    /// @param settings tables of the configuration beside those that every one has
    Postroom(
            Site site,
            Path folder,
            InetAddress address,
            Stage stage,
            Map<String, String> environment,
            String domain,
            String settings)
            throws IOException {
        super(site, folder, address);
        this.program = site.program();
        this.environment = environment;
        this.profiles = site.profiles();
        var home = new Home(folder.resolve("home"));
        home.prepare();
        Files.copy(site.certificate(), home.path().resolve("tls/certificate.pem"));
        Files.copy(site.key(), home.path().resolve("tls/key.pem"));
        Files.writeString(
                home.configuration(),
                "[limits]\nconnections = 100000\nper-address = 100000\n" + settings);
        try (var store = Store.open(home.path(), StoreSettings.standard())) {
            store.directory().addDomain(domain);
            Crowd.run(
                    CLERKS,
                    clerk -> {
                        for (int i = clerk; i < stage.accounts(); i += CLERKS)
                            account(store, stage, i, domain);
                    });
        } catch (HomeRefused | Refused e) {
            throw new IOException("preparing " + home.path(), e);
        }
    }

    private static void account(Store store, Stage stage, int number, String domain)
            throws IOException {
        try {
            var id = store.directory().add(Addressee.of(Stage.user(number), domain));
            store.passwords().set(id, new Secret(Stage.PASSWORD));
            for (var stock : stage.stock())
                if (stock.account() == number) fill(store, store.account(id), stock);
        } catch (Refused e) {
            throw new IOException("preparing " + Stage.address(number), e);
        }
    }

    private static void fill(Store store, Account account, Stage.Stock stock) throws Refused {
        var inbox = account.inbox().id();
        for (int from = 0; from < stock.messages(); from += AT_ONCE) {
            var messages = new ArrayList<NewMessage>();
            for (int i = from; i < Math.min(from + AT_ONCE, stock.messages()); i++) {
                byte[] letter = Letter.of(i, stock.octets());
                var draft = store.draft();
                draft.write(letter, 0, letter.length);
                messages.add(
                        new NewMessage(
                                draft.seal(),
                                new byte[0],
                                Flags.NONE,
                                Instant.ofEpochSecond(1_767_603_600L + i)));
            }
            account.append(inbox, messages);
        }
    }

    @Override
    List<Child> start() throws IOException {
        var command = new ArrayList<>(program);
        command.addAll(
                List.of(
                        "serve",
                        "--home",
                        folder.resolve("home").toString(),
                        "--listen",
                        address.getHostAddress(),
                        "--port-offset",
                        Integer.toString(offset())));
        var variables = new HashMap<>(environment);
        if (profiles.isPresent()) variables.put("JDK_JAVA_OPTIONS", RECORDING);
        return List.of(Child.start(command, variables, folder.resolve("log")));
    }

    /// A recording is written by now: a server that ends does not wait for it.
    @Override
    public void close() {
        if (profiles.isPresent() && isRunning())
            try {
                var file = address.getHostAddress() + "-" + System.nanoTime() + ".jfr";
                tell("JFR.dump", "filename=" + profiles.get().resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        super.close();
    }

    /// A full collection: what a run-time environment could let go of at any time is no session's.
    @Override
    void settle() throws IOException {
        tell("GC.run");
    }

    private void tell(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(pid()));
        command.addAll(List.of(words));
        Packages.run(folder, command);
    }

    @Override
    List<Port> greeters() {
        return List.of(Port.SMTP, Port.POP3, Port.IMAP, Port.FTP, Port.HTTP, Port.HTTPS);
    }
}
