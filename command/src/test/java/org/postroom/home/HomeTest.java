package org.postroom.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

final class HomeTest {

    @TempDir Path folder;

    @Test
    void aSocketOfAHomeWithALongPathIsReachedByAShortLink() throws Exception {
        var home = new Home(folder.resolve("x".repeat(120)));
        home.prepare();
        var socket = home.socket("control");
        var link = Objects.requireNonNull(socket.getParent());
        assertThat(socket.toString().length()).isLessThan(100);
        assertThat(link).doesNotExist();
        home.link();
        home.link();
        assertThat(link.toRealPath()).isEqualTo(home.path().resolve("run").toRealPath());
        home.unlink();
        assertThat(link).doesNotExist();
    }

    @Test
    void aHomeThatOthersCouldReadIsClosedToThem() throws Exception {
        Files.setPosixFilePermissions(
                folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        new Home(folder).prepare();
        assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
    }
}
