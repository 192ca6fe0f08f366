package org.postroom.server.ftp;

import org.postroom.ftp.Flow;
import org.postroom.ftp.Page;
import org.postroom.ftp.Records;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Representation;
import org.postroom.store.RecordLengths;
import org.postroom.store.Shape;
import org.postroom.store.StoredFile;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;

/// Tells a stored file in the structure that it is asked for in, whichever it was stored in (RFC 959
/// §3.1.2): a text's lines are its records, what has no records is one, and what has no pages is cut
/// into some.
///
/// In block and compressed mode a restart marker stands wherever so much has gone by and nothing is held
/// back on the way: its name is the offset in what is stored, or before a page its number.
final class Telling {

    private static final int SLICE = 64 * 1024;
    private static final long BETWEEN_MARKERS = 1 << 20;
    private static final int BYTES_IN_A_PAGE = 255; // one logical byte of eight bits can say it

    private final StoredFile file;
    private final Representation as;
    private final boolean marks;
    private final byte[] slice = new byte[SLICE];
    private long at;
    private long marked;

    /// @param from in octets as they are stored; of pages, the number of the first
    Telling(StoredFile file, Representation as, long from) {
        this.file = file;
        this.as = as;
        this.at = from;
        this.marked = from;
        this.marks = as.hasMarkers() && !as.converts(Shapes.form(file.shape()));
    }

    void to(Flow<Departure> flow) throws Departure, Refusal {
        switch (as.structure()) {
            case PAGE -> pages(flow);
            case RECORD -> records(flow);
            case FILE -> {
                // records that are no text become lines where a text is asked for
                if (as.isText() && !file.shape().text()) records(flow);
                else octets(flow);
            }
        }
        flow.end();
    }

    private void records(Flow<Departure> flow) throws Departure, Refusal {
        var lengths = file.records();
        if (lengths.isPresent())
            try (var known = lengths.get()) {
                byLengths(flow, known);
            }
        else if (as.structure() == org.postroom.ftp.Structure.RECORD && !isText()) {
            octets(flow);
            if (file.size() > 0) flow.endOfRecord();
        } else if (as.structure() == org.postroom.ftp.Structure.RECORD) lines(flow);
        else octets(flow);
    }

    private boolean isText() {
        return as.isText() || file.shape().text();
    }

    private void octets(Flow<Departure> flow) throws Departure, Refusal {
        try (var stored = file.read(at, file.size() - at)) {
            boolean text = isText();
            for (int n = stored.read(slice); n > 0; n = stored.read(slice)) {
                int border = due() ? border(n, text) : 0;
                if (border > 0) {
                    flow.octets(slice, 0, border);
                    at += border;
                    mark(flow);
                }
                if (n > border) flow.octets(slice, border, n - border);
                at += n - border;
            }
        } catch (IOException e) {
            throw unread(e);
        }
    }

    /// A place in a slice at which nothing is held back: anywhere, or behind a line.
    private int border(int n, boolean text) {
        int border = n;
        while (text && border > 0 && slice[border - 1] != '\n') border--;
        return border;
    }

    private void lines(Flow<Departure> flow) throws Departure, Refusal {
        boolean midway = false;
        try (var stored = file.read(at, file.size() - at)) {
            for (int n = stored.read(slice); n > 0; n = stored.read(slice)) {
                Records.tell(slice, n, flow);
                midway = slice[n - 1] != '\n';
                at += n;
                if (!midway && due()) mark(flow);
            }
        } catch (IOException e) {
            throw unread(e);
        }
        if (midway) flow.endOfRecord(); // RFC 959 §3.4: the final one, too
    }

    private void byLengths(Flow<Departure> flow, RecordLengths lengths) throws Departure, Refusal {
        int lineEnd = file.shape().text() ? 1 : 0;
        long skipped = 0;
        while (skipped < at) skipped += lengths.next() + lineEnd;
        if (skipped > at) throw new Refusal(Reply.PAST_THE_END);
        try (var stored = file.read(at, file.size() - at)) {
            for (long length = lengths.next(); length >= 0; length = lengths.next()) {
                if (due()) mark(flow);
                record(flow, stored, length);
                stored.skipNBytes(lineEnd);
                flow.endOfRecord();
                at += length + lineEnd;
            }
        } catch (IOException e) {
            throw unread(e);
        }
    }

    private void record(Flow<Departure> flow, InputStream stored, long length)
            throws Departure, Refusal, IOException {
        for (long left = length; left > 0; ) {
            int n = stored.read(slice, 0, (int) Math.min(SLICE, left));
            if (n < 0) throw new Fault("a record ends before its length");
            flow.octets(slice, 0, n);
            left -= n;
        }
    }

    private void pages(Flow<Departure> flow) throws Departure, Refusal {
        if (file.shape().structure() != Shape.Structure.PAGES) cut(flow);
        else {
            var pages = file.pages();
            for (int i = 0; i < pages.size(); i++) {
                var page = pages.get(i);
                var kind = Page.Kind.of(page.kind());
                if (kind != Page.Kind.DESCRIPTOR && page.index() < at) continue;
                if (marks && kind != Page.Kind.DESCRIPTOR) flow.marker(Long.toString(page.index()));
                page(flow, i, new Page(page.index(), page.length(), kind, page.fields()));
            }
        }
    }

    private void page(Flow<Departure> flow, int which, Page page) throws Departure, Refusal {
        try (var stored = file.page(which)) {
            flow.page(page);
            for (int n = stored.read(slice); n > 0; n = stored.read(slice))
                flow.octets(slice, 0, n);
        } catch (IOException e) {
            throw unread(e);
        }
    }

    /// RFC 959 §3.1.2.3: what has no pages, in pages.
    private void cut(Flow<Departure> flow) throws Departure, Refusal {
        int size = BYTES_IN_A_PAGE * as.octetsInAByte();
        if (file.size() % as.octetsInAByte() != 0) throw new Refusal(Reply.UNKNOWN_PAGE_TYPE);
        try (var stored = file.read()) {
            for (long index = 0; ; index++) {
                int n = stored.readNBytes(slice, 0, size);
                if (n == 0) return;
                if (index < at) continue;
                flow.page(Page.simple(index, n / as.octetsInAByte()));
                flow.octets(slice, 0, n);
            }
        } catch (IOException e) {
            throw unread(e);
        }
    }

    private boolean due() {
        return marks && at - marked >= BETWEEN_MARKERS;
    }

    private void mark(Flow<Departure> flow) throws Departure, Refusal {
        flow.marker(Long.toString(at));
        marked = at;
    }

    private static Fault unread(IOException e) {
        return new Fault("reading a file", e);
    }
}
