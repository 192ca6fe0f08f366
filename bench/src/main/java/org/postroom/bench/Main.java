package org.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `bench [ROWS…] [--quick] [--out FILE]`: measures the rows, all or those named, and prints the table.
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException {
        var scale = Scale.FULL;
        var names = new ArrayList<String>();
        for (var arg : args)
            if (arg.equals("--quick")) scale = Scale.QUICK;
            else names.add(arg);
        var rows = new ArrayList<Row>();
        for (var row : Rows.of(scale))
            if (names.isEmpty() || names.stream().anyMatch(row::isCalled)) rows.add(row);
        var house = Path.of(System.getProperty("house", ".")).toRealPath();
        var target = house.resolve("target");
        Files.createDirectories(target.resolve("bench"));
        var folder = Files.createTempDirectory(target.resolve("bench"), "run");
        folder.toFile().setReadable(true, false);
        folder.toFile().setExecutable(true, false);
        var peers = target.resolve("peers");
        var etc = folder.resolve("etc");
        Files.createDirectories(etc);
        var hashes =
                Hashes.measure(Packages.unpack(peers, Contender.POSTFIX_DOVECOT.packages()), etc);
        System.err.println(hashes);
        var site = new Site(folder, peers, List.of(house.resolve("postroom").toString()), hashes);
        new Run(site, scale, System.err).of(rows);
    }
}
