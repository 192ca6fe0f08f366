package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An FTP server of Debian's: its accounts are users of the system as it sees it, whose hashes cost what
/// ours do where sign-ins are measured, and all of them have one folder.
abstract class FtpPeer extends Subject {

    static final int USER = 9_100;

    private final Packages packages;
    private final Etc etc;

    FtpPeer(Site site, Path folder, InetAddress address, Stage stage, List<String> names)
            throws IOException {
        super(site, folder, address);
        packages = Packages.unpack(site.peers(), names);
        var files = folder.resolve("files");
        Files.createDirectories(files);
        Files.setAttribute(files, "unix:uid", USER);
        Files.createDirectories(folder.resolve("empty"));
        var hash = site.hashes().crypt(stage.hashing());
        var users = new ArrayList<Etc.User>();
        for (int i = 0; i < stage.accounts(); i++)
            users.add(new Etc.User(Stage.user(i), USER, files, hash));
        etc = Etc.with(folder.resolve("etc"), users);
        etc.write(
                "pam.d/" + names.getFirst().replaceAll("-core$", ""),
                "auth required pam_unix.so nodelay\naccount required pam_unix.so\n"
                        + "session required pam_permit.so\n");
    }

    Etc etc() {
        return etc;
    }

    /// Its command line; it stays in the foreground.
    abstract List<String> program();

    @Override
    List<Child> start() throws IOException {
        return List.of(
                Child.start(
                        packages.command(etc.folder(), program()),
                        Map.of(),
                        folder.resolve("log")));
    }

    @Override
    String login(int account) {
        return Stage.user(account);
    }

    @Override
    List<Port> greeters() {
        return List.of(Port.FTP);
    }
}
