package org.postroom.mime;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A fuzzer's inputs, thousands of small ones, as one compressed file and as many.
final class Inputs {

    private Inputs() {}

    static List<byte[]> read(Path file) throws IOException {
        var all = new ArrayList<byte[]>();
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            for (int count = in.readInt(); count > 0; count--) all.add(in.readNBytes(in.readInt()));
        }
        return all;
    }

    static void write(List<byte[]> inputs, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(inputs.size());
            for (byte[] input : inputs) {
                out.writeInt(input.length);
                out.write(input);
            }
        }
    }

    static void spread(List<byte[]> inputs, Path folder) throws IOException {
        for (int i = 0; i < inputs.size(); i++)
            Files.write(folder.resolve("input-" + i), inputs.get(i));
    }

    static List<byte[]> gather(Path folder) throws IOException {
        var all = new ArrayList<byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) all.add(Files.readAllBytes(file));
        }
        return all;
    }
}
