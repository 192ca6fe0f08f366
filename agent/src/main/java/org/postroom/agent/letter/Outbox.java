package org.postroom.agent.letter;

import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party;
import org.postroom.mime.compose.Party.Person;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Letters that wait until a server can be reached: a file each in `outbox` of the agent's folder, the
/// envelope in lines before the message. A letter is there whole or not at all.
public final class Outbox {

    private static final String SUFFIX = ".letter";
    private static final int LONGEST_ENVELOPE = 1 << 20;

    private final Folder folder;
    private final String account;

    public Outbox(Folder folder, String account) {
        this.folder = folder;
        this.account = account;
    }

    /// A letter that waits.
    public record Waiting(Path file, Parcel parcel) {}

    public void keep(Parcel parcel) throws Hindrance {
        try {
            var outbox = folder.folder("outbox");
            var fresh = Files.createTempFile(outbox, "letter", ".new");
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
                    var out = Channels.newOutputStream(channel)) {
                out.write(envelope(parcel).getBytes(StandardCharsets.UTF_8));
                parcel.content().writeTo(out, NextHop.SEVEN_BIT);
                channel.force(true);
            }
            String name = System.currentTimeMillis() + "-" + Math.abs(System.nanoTime()) + SUFFIX;
            Files.move(fresh, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Hindrance.system("Keeping the letter", e);
        } catch (CannotCross e) {
            throw Parcel.unsendable(e);
        }
    }

    private String envelope(Parcel parcel) {
        var lines = new StringBuilder();
        lines.append("account ").append(account).append('\n');
        lines.append("from ").append(parcel.from().address()).append('\n');
        for (var person : parcel.to()) lines.append("to ").append(person.address()).append('\n');
        if (parcel.wishes().receipt()) lines.append("receipt\n");
        if (parcel.wishes().requireTls()) lines.append("require-tls\n");
        if (parcel.wishes().most() > 0)
            lines.append("most ").append(parcel.wishes().most()).append('\n');
        return lines.append('\n').toString();
    }

    /// The account's letters, the oldest first.
    public List<Waiting> waiting() throws Hindrance {
        var waiting = new ArrayList<Waiting>();
        var outbox = folder.file("outbox");
        if (!Files.isDirectory(outbox)) return waiting;
        try (var files = Files.newDirectoryStream(outbox, "*" + SUFFIX)) {
            for (var file : files) read(file).ifPresent(waiting::add);
        } catch (IOException e) {
            throw Hindrance.system("The outbox", e);
        }
        waiting.sort((one, other) -> one.file().compareTo(other.file()));
        return waiting;
    }

    private Optional<Waiting> read(Path file) throws IOException {
        String start;
        try (var in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(LONGEST_ENVELOPE), StandardCharsets.ISO_8859_1);
        }
        int end = start.indexOf("\n\n");
        if (end < 0) return Optional.empty();
        var text =
                new String(
                        start.substring(0, end).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8);
        List<Person> from = List.of();
        var to = new ArrayList<Person>();
        boolean receipt = false;
        boolean requireTls = false;
        long most = 0;
        for (var line : text.lines().toList()) {
            var words = line.split(" ", 2);
            String value = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "account" -> {
                    if (!value.equals(account)) return Optional.empty();
                }
                case "from" -> from = Party.people(Party.parse(value));
                case "to" -> to.addAll(Party.people(Party.parse(value)));
                case "receipt" -> receipt = true;
                case "require-tls" -> requireTls = true;
                case "most" -> most = Long.parseLong(value);
                default -> {}
            }
        }
        if (from.isEmpty() || to.isEmpty()) return Optional.empty();
        long body = end + 2L;
        var content =
                new Parcel.Kept(() -> {
                    var in = Files.newInputStream(file);
                    in.skipNBytes(body);
                    return in;
                });
        var wishes = new Parcel.Wishes(receipt, requireTls, most);
        return Optional.of(new Waiting(file, new Parcel(from.getFirst(), to, wishes, content)));
    }

    /// It was handed in.
    public void done(Waiting waiting) throws Hindrance {
        try {
            Files.deleteIfExists(waiting.file());
        } catch (IOException e) {
            throw Hindrance.system("The outbox", e);
        }
    }

    /// Whether this may pass by itself.
    public static boolean isPassing(Hindrance hindrance) {
        return hindrance.kind() == Kind.UNREACHABLE || hindrance.kind() == Kind.LATER;
    }
}
