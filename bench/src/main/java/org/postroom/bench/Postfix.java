package org.postroom.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An instance of Postfix with a folder, a configuration and an /etc of its own. Limits that would slow
/// it under these loads are lifted: connections and processes, its pause when letters come faster than
/// they are delivered.
final class Postfix {

    private static final int POSTFIX = 9_001;
    private static final int POSTDROP = 9_002;

    private final Packages packages;
    private final Path folder;
    private final Etc etc;

    /// @param at where it takes letters
    /// @param name what it calls itself
    /// @param settings lines of main.cf beside those that every instance has
    /// @param users that it needs beside its own
    Postfix(
            Packages packages,
            Path folder,
            InetSocketAddress at,
            String name,
            String settings,
            List<Etc.User> users)
            throws IOException {
        this.packages = packages;
        this.folder = folder;
        var nowhere = Path.of("/nonexistent");
        var all = new ArrayList<>(users);
        all.add(new Etc.User("postfix", POSTFIX, nowhere, "*"));
        all.add(new Etc.User("postdrop", POSTDROP, nowhere, "*"));
        this.etc = Etc.with(folder.resolve("etc"), all);
        etc.write("postfix/main.cf", main(name) + settings);
        etc.write("postfix/master.cf", master(at));
        queue();
    }

    /// What lies over /etc while it runs.
    Etc etc() {
        return etc;
    }

    private String main(String name) {
        return """
        compatibility_level = 3.6
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        mail_owner = postfix
        setgid_group = postdrop
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = %1$s/postfix.log
        maillog_file_prefixes = %1$s
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 127.0.0.0/8
        myhostname = %2$s
        mydestination =
        alias_maps =
        message_size_limit = 52428800
        default_process_limit = 200
        smtpd_client_connection_count_limit = 0
        in_flow_delay = 0
        """
                .formatted(folder, name);
    }

    private static String master(InetSocketAddress at) {
        return """
        %s:%d inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        tlsproxy unix - - n - 0 tlsproxy
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        proxywrite unix - - n - 1 proxymap
        smtp unix - - n - - smtp
        relay unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        lmtp unix - - n - - lmtp
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd
        """
                .formatted(at.getAddress().getHostAddress(), at.getPort());
    }

    /// The folders that its own start script would make.
    private void queue() throws IOException {
        var queue = folder.resolve("queue");
        for (var name :
                List.of(
                        "active",
                        "bounce",
                        "corrupt",
                        "defer",
                        "deferred",
                        "flush",
                        "hold",
                        "incoming",
                        "private",
                        "saved",
                        "trace")) owned(queue.resolve(name), POSTFIX);
        owned(queue.resolve("maildrop"), POSTFIX);
        owned(queue.resolve("public"), POSTFIX);
        Files.createDirectories(queue.resolve("pid"));
        owned(folder.resolve("data"), POSTFIX);
    }

    /// Makes a folder that belongs to a user of the peer's.
    static void owned(Path path, int user) throws IOException {
        Files.createDirectories(path);
        Files.setAttribute(path, "unix:uid", user);
        Files.setAttribute(path, "unix:gid", user);
    }

    Child start(Path log) throws IOException {
        return Child.start(
                packages.command(
                        etc.folder(),
                        List.of("/usr/lib/postfix/sbin/master", "-d", "-c", "/etc/postfix")),
                Map.of(),
                log);
    }
}
