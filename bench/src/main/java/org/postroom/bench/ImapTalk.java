package org.postroom.bench;

import java.io.IOException;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLSocketFactory;

/// An IMAP client of few words.
final class ImapTalk implements AutoCloseable {

    private final Talk talk;
    private int tags;

    private ImapTalk(Talk talk) throws IOException {
        this.talk = talk;
        talk.expect("* OK");
    }

    static ImapTalk to(InetSocketAddress address) throws IOException {
        return new ImapTalk(Talk.to(address));
    }

    static ImapTalk secured(InetSocketAddress address, SSLSocketFactory tls) throws IOException {
        return new ImapTalk(Talk.to(address).secured(tls, address.getPort()));
    }

    ImapTalk signIn(String login) throws IOException {
        ask("LOGIN " + login + " \"" + Stage.PASSWORD + "\"");
        return this;
    }

    /// Says a command and hears its answer, whatever it is, as long as it ends in OK.
    ///
    /// @return how many octets the answer had
    long ask(String command) throws IOException {
        String tag = say(command);
        return talk.through(tag + " OK");
    }

    private String say(String command) throws IOException {
        String tag = "t" + ++tags;
        talk.say(tag + " " + command + "\r\n");
        return tag;
    }

    /// How many messages there are. RFC 3501 §6.3.10
    int messages(String mailbox) throws IOException {
        String tag = say("STATUS " + mailbox + " (MESSAGES)");
        int count = 0;
        for (String line = talk.line(); !line.startsWith(tag + " OK"); line = talk.line())
            if (line.startsWith("* STATUS"))
                count = Integer.parseInt(line.replaceAll(".*\\(MESSAGES ([0-9]+)\\).*", "$1"));
            else if (line.startsWith(tag)) throw new IOException(line);
        return count;
    }

    /// RFC 7888 §4: the literal does not wait.
    void append(String mailbox, byte[] message) throws IOException {
        String tag = "t" + ++tags;
        byte[] command =
                (tag + " APPEND " + mailbox + " {" + message.length + "+}\r\n")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(command, command.length + message.length + 2);
        System.arraycopy(message, 0, all, command.length, message.length);
        all[all.length - 2] = '\r';
        all[all.length - 1] = '\n';
        talk.say(all);
        talk.through(tag + " OK");
    }

    @Override
    public void close() throws IOException {
        talk.close();
    }
}
