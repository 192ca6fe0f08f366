package org.postroom.ftp;

/// Records in stream mode, written (RFC 959 §3.4.1). The end of a record waits for what follows, since
/// the file's may be told with it.
final class RecordWriter<X extends Exception> extends Stage<X> {

    private int code;

    RecordWriter(Flow<X> channel) {
        super(channel);
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        if (code != 0) say();
        if ((octet & 0xff) == RecordReader.ESCAPE) put(RecordReader.ESCAPE);
        put(octet);
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        if (code != 0) say();
        code = RecordReader.END_OF_RECORD;
    }

    @Override
    public void end() throws X, Refusal {
        code |= RecordReader.END_OF_FILE;
        say();
        super.end();
    }

    private void say() throws X, Refusal {
        put(RecordReader.ESCAPE);
        put(code);
        code = 0;
    }
}
