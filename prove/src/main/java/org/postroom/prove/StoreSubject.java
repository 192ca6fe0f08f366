package org.postroom.prove;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.HomeRefused;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Snapshot;
import org.postroom.store.engine.Storage;
import org.postroom.wire.Fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The store alone. After a round: each acknowledged commit is in the log under its version, whole
/// and once; versions have no gap and agree with the counter that each commit raised; what the log
/// says is there, is, byte for byte, and nothing else; a sweep takes what nobody names and no more.
public final class StoreSubject implements Subject {

    /// One line of the log: what a commit did.
    private record Entry(long worker, long step, char kind, long victim) {}

    private record Place(long partition, long version) {}

    /// Which worker put a message, and in which step.
    private record Name(long worker, long step) {}

    private final Map<Place, Entry> promised = new HashMap<>();
    private final Map<BlobId, Name> names = new HashMap<>();
    private final Set<Name> verified = new HashSet<>();

    @Override
    public List<String> command(Path home, int round) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName(),
                home.toString(),
                Integer.toString(round));
    }

    @Override
    public Path atRisk(Path home) {
        return home.resolve("store");
    }

    @Override
    public void work(Process child, int round, Runnable started) throws IOException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean atOnce = round % 4 == 0; // now and then it dies before it has promised anything
            for (var line = whole(lines); line != null; line = whole(lines)) {
                if (line.equals("ready") ? atOnce : !atOnce) started.run();
                if (!line.equals("ready")) promise(line.split(" ", -1));
            }
        }
    }

    /// A line that ended; the last one may have been cut short by the kill.
    private static @Nullable String whole(BufferedReader lines) throws IOException {
        var line = new StringBuilder();
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            if (next == '\n') return line.toString();
            line.append((char) next);
        }
        return null;
    }

    private void promise(String[] words) {
        long worker = Long.parseLong(words[1]);
        long version = Long.parseLong(words[3]);
        long victim = words.length > 4 ? Long.parseLong(words[4]) : 0;
        promised.put(
                new Place(StoreChild.partition(worker), version),
                new Entry(worker, Long.parseLong(words[2]), words[0].charAt(0), victim));
    }

    @Override
    public long acknowledged() {
        return promised.size();
    }

    @Override
    public List<String> check(Path home) throws IOException {
        var complaints = new ArrayList<String>();
        try (var storage = Storage.open(home)) {
            var found = new HashSet<Place>();
            var named = new HashMap<BlobId, Long>();
            for (long partition = 0; partition < StoreChild.PARTITIONS; partition++) {
                long at = partition;
                storage.commits()
                        .<Boolean, RuntimeException>read(
                                at,
                                rows -> {
                                    new Check(at, rows, complaints, found, named).run();
                                    return true;
                                });
            }
            for (var place : promised.keySet())
                if (!found.contains(place))
                    complaints.add("lost: " + place + " " + promised.get(place));
            contents(storage, named, complaints);
            sweep(storage, named, complaints);
        } catch (HomeRefused | Fault broken) {
            complaints.add("the store does not open: " + broken + ", " + broken.getCause());
        }
        return complaints;
    }

    /// The rows of one partition against its own log, and the log against what was promised.
    private final class Check {

        private final long partition;
        private final Snapshot rows;
        private final List<String> complaints;
        private final Set<Place> found;
        private final Map<BlobId, Long> named;
        private final Map<Name, Entry> live = new HashMap<>();

        Check(
                long partition,
                Snapshot rows,
                List<String> complaints,
                Set<Place> found,
                Map<BlobId, Long> named) {
            this.partition = partition;
            this.rows = rows;
            this.complaints = complaints;
            this.found = found;
            this.named = named;
        }

        void run() {
            long versions = log();
            byte[] counter = rows.get(StoreChild.counter());
            long count = counter == null ? 0 : ByteBuffer.wrap(counter).getLong();
            if (rows.version() != versions || count != versions)
                complain("version " + rows.version() + ", counter " + count + ", log " + versions);
            messages();
        }

        private long log() {
            var steps = new HashSet<Name>();
            long version = 0;
            for (var row : all('L')) {
                version++;
                if (ByteBuffer.wrap(row.key()).getLong(1) != version)
                    complain("a gap at version " + version);
                var in = ByteBuffer.wrap(row.value());
                var entry = new Entry(in.getLong(), in.getLong(), (char) in.get(), in.getLong());
                var name = new Name(entry.worker(), entry.step());
                if (!steps.add(name)) complain("twice: " + entry);
                if (entry.kind() == 'P') live.put(name, entry);
                else if (live.remove(new Name(entry.worker(), entry.victim())) == null)
                    complain("deleted what was not there: " + entry);
                var place = new Place(partition, version);
                var promise = promised.get(place);
                if (promise == null || promise.equals(entry)) found.add(place);
                else complain("promised " + promise + ", found " + entry);
            }
            return version;
        }

        private void messages() {
            var missing = new HashSet<>(live.keySet());
            for (var row : all('m')) {
                var key = ByteBuffer.wrap(row.key());
                var name = new Name(key.getLong(1), key.getLong(9));
                if (!missing.remove(name))
                    complain("a message that the log does not know: " + name);
                var id = BlobId.read(row.value(), 0);
                named.put(id, ByteBuffer.wrap(row.value()).getLong(16));
                names.put(id, name);
                if (rows.get(id.reference()) == null) complain("no reference for message " + name);
            }
            for (var name : missing) complain("a message is gone: " + name);
            if (all('X').size() != live.size()) complain("more references than messages");
        }

        private List<Row> all(char kind) {
            var all = new ArrayList<Row>();
            byte[] from = {(byte) kind};
            while (true) {
                var page = rows.scan(from, new byte[] {(byte) (kind + 1)}, 1000);
                all.addAll(page.rows());
                if (!page.more()) return all;
                byte[] last = page.rows().getLast().key();
                from = Arrays.copyOf(last, last.length + 1);
            }
        }

        private void complain(String what) {
            complaints.add("partition " + partition + ": " + what);
        }
    }

    /// Reads what was not read in an earlier round, byte for byte.
    private void contents(Storage storage, Map<BlobId, Long> named, List<String> complaints)
            throws IOException {
        for (var blob : named.entrySet()) {
            var name = Objects.requireNonNull(names.get(blob.getKey()));
            if (!verified.add(name)) continue;
            byte[] wanted = StoreChild.content(name.worker(), name.step());
            try (var open = storage.blobs().open(blob.getKey(), blob.getValue());
                    var stream = open.stream()) {
                if (!Arrays.equals(wanted, stream.readAllBytes()))
                    complaints.add("torn: " + name + " of " + wanted.length + " bytes");
            } catch (Fault missing) {
                complaints.add("a blob is gone: " + name + ", " + missing.getMessage());
            }
        }
    }

    private static void sweep(Storage storage, Map<BlobId, Long> named, List<String> complaints) {
        storage.blobs().sweep(Duration.ofSeconds(-1));
        var left = new HashMap<BlobId, Long>();
        storage.blobs().list(blob -> left.put(blob.id(), blob.size()), _ -> {});
        if (!left.equals(named))
            complaints.add("after a sweep: " + left.size() + " blobs, named are " + named.size());
    }
}
