package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Flow;
import org.postroom.ftp.Page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/// Where a file's octets come to lie: written from a place on, records as lines, pages at their numbers. Knows
/// the last restart marker that it was told, and where that was. What a server sends beyond what it said is
/// not taken.
final class Landing implements Flow<IOException>, AutoCloseable {

    private static final long GROWTH = 16L << 20; // octets that a file may have grown meanwhile
    private static final byte[] LINE_END =
            System.lineSeparator().getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final FileChannel channel;
    private final Job job;
    private final Throttle throttle;
    private final OptionalLong size;
    private final boolean isText;
    private long at;
    private long pageLength; // of the first page
    private Optional<String> marker = Optional.empty();
    private long markedAt;
    private boolean excessive;

    /// @param size as the server said, or nothing
    /// @param isText whether LF is a line's end, to be written as this system has it
    Landing(Path file, long from, OptionalLong size, boolean isText, Job job, Throttle throttle)
            throws Hindrance {
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
            channel.truncate(from);
        } catch (IOException e) {
            throw Hindrance.system(file.toString(), e);
        }
        this.at = from;
        this.size = size;
        this.isText = isText && LINE_END.length > 1;
        this.job = job;
        this.throttle = throttle;
    }

    long at() {
        return at;
    }

    /// Where to begin again, as the server called it, and where that is in the file.
    Optional<String> marker() {
        return marker;
    }

    long markedAt() {
        return markedAt;
    }

    /// Whether the server sent more than it had said.
    boolean isExcessive() {
        return excessive;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws IOException {
        if (size.isPresent() && at + length > size.getAsLong() + GROWTH) {
            excessive = true;
            throw new IOException("more came than the server had said");
        }
        throttle.pass(length);
        if (isText) lines(octets, offset, length);
        else put(octets, offset, length);
        job.moved(length);
    }

    private void lines(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++)
            if (octets[i] == '\n') {
                put(octets, from, i - from);
                put(LINE_END, 0, LINE_END.length);
                from = i + 1;
            }
        put(octets, from, offset + length - from);
    }

    private void put(byte[] octets, int offset, int length) throws IOException {
        var from = ByteBuffer.wrap(octets, offset, length);
        while (from.hasRemaining()) at += channel.write(from, at);
    }

    @Override
    public void endOfRecord() throws IOException {
        put(LINE_END, 0, LINE_END.length);
    }

    // RFC 959 §3.1.2.3: what lies between two pages may be a hole
    @Override
    public void page(Page page) throws IOException {
        if (page.kind() == Page.Kind.LAST) return;
        if (pageLength == 0) pageLength = page.length();
        if (page.index() > 0 && pageLength > 0) {
            if (page.index() > (Long.MAX_VALUE >> 8) / pageLength)
                throw new IOException("there is no page " + page.index());
            at = page.index() * pageLength;
        }
    }

    @Override
    public void marker(String marker) {
        this.marker = Optional.of(marker);
        markedAt = at;
    }

    @Override
    public void end() {}

    @Override
    public void close() throws Hindrance {
        try {
            channel.close();
        } catch (IOException e) {
            throw Hindrance.system("The file", e);
        }
    }
}
