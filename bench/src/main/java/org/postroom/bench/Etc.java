package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder of files that lie over the system's /etc while a peer runs: above all its users.
record Etc(Path folder) {

    /// A user that the peer knows and the system does not; its group bears the same name and number.
    record User(String name, int number, Path home, String hash) {}

    /// @param users beside those of the system
    static Etc with(Path folder, List<User> users) throws IOException {
        var passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        var group = new StringBuilder(Files.readString(Path.of("/etc/group")));
        var shadow = new StringBuilder();
        for (var user : users) {
            var numbers = ":x:" + user.number() + ":" + user.number() + "::";
            passwd.append(user.name() + numbers + user.home() + ":/bin/sh\n");
            if (group.indexOf(":" + user.number() + ":") < 0)
                group.append(user.name() + ":x:" + user.number() + ":\n");
            shadow.append(user.name() + ":" + user.hash() + ":19000:0:99999:7:::\n");
        }
        Files.createDirectories(folder);
        var etc = new Etc(folder);
        etc.write("passwd", passwd.toString());
        etc.write("group", group.toString());
        etc.write("shadow", shadow.toString());
        return etc;
    }

    void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        var parent = file.getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
