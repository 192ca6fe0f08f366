package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class RocksTest extends EngineContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Override
    Engine open() {
        return new Rocks(home.resolve("rows"), home.resolve("lib"));
    }

    @Test
    void whatWasWrittenIsThereAfterACloseAndAfterNone() throws java.io.IOException {
        engine.write(List.of(new Batch(1, List.of(put("a", "1")))));
        engine.close();
        engine = open();
        engine.write(List.of(new Batch(1, List.of(put("b", "2")))));
        var copy = home.resolve("killed"); // what a kill at this moment leaves
        Files.createDirectories(copy);
        try (var files = Files.list(home.resolve("rows"))) {
            for (var file : files.toList()) Files.copy(file, copy.resolve(file.getFileName()));
        }
        try (var killed = new Rocks(copy, home.resolve("lib"))) {
            assertThat(killed.get(1, bytes("a"))).isEqualTo(bytes("1"));
            assertThat(killed.get(1, bytes("b"))).isEqualTo(bytes("2"));
        }
    }

    @Test
    void aCheckpointIsACopyOfItsMoment() {
        engine.write(List.of(new Batch(1, List.of(put("a", "1")))));
        engine.write(List.of(new Batch(Engine.BLOBS, List.of(put("b", "x".repeat(100_000))))));
        engine.checkpoint(home.resolve("copy"));
        engine.write(List.of(new Batch(1, List.of(put("a", "2")))));
        try (var copy = new Rocks(home.resolve("copy"), home.resolve("lib"))) {
            assertThat(copy.get(1, bytes("a"))).isEqualTo(bytes("1"));
            assertThat(copy.get(Engine.BLOBS, bytes("b"))).hasSize(100_000);
        }
        assertThat(engine.get(1, bytes("a"))).isEqualTo(bytes("2"));
    }
}
