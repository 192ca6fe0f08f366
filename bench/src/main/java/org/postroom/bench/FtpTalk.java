package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetSocketAddress;

/// An FTP client of few words, passive, in plain text or TLS for both connections.
final class FtpTalk implements AutoCloseable {

    private final Subject subject;
    private Talk talk;
    private boolean secured;

    private FtpTalk(Subject subject, Talk talk) throws IOException {
        this.subject = subject;
        this.talk = talk;
        talk.reply("220");
    }

    static FtpTalk to(Subject subject) throws IOException {
        return new FtpTalk(subject, Talk.to(subject.at(Port.FTP)));
    }

    private void ask(String command, String code) throws IOException {
        talk.say(command + "\r\n");
        talk.reply(code);
    }

    /// RFC 4217 §4
    FtpTalk secured() throws IOException {
        ask("AUTH TLS", "234");
        talk = talk.secured(subject.tls(), subject.number(Port.FTP));
        secured = true;
        return this;
    }

    FtpTalk signIn(int account) throws IOException {
        ask("USER " + subject.login(account), "331");
        ask("PASS " + Stage.PASSWORD, "230");
        return this;
    }

    /// Signed in, and ready for transfers. RFC 4217 §9
    static FtpTalk ready(Subject subject, int account, boolean tls) throws IOException {
        var client = to(subject);
        if (tls) client.secured();
        client.signIn(account);
        if (tls) {
            client.ask("PBSZ 0", "200");
            client.ask("PROT P", "200");
        }
        client.ask("TYPE I", "200");
        return client;
    }

    /// Puts so many octets, none of them of interest.
    void store(String path, long octets, byte[] slice) throws IOException {
        try (var data = data("STOR " + path)) {
            for (long left = octets; left > 0; left -= slice.length)
                data.say(left < slice.length ? java.util.Arrays.copyOf(slice, (int) left) : slice);
        }
        talk.reply("226");
    }

    long retrieve(String path) throws IOException {
        return receive("RETR " + path);
    }

    /// @return the octets of the listing
    long list(String path) throws IOException {
        return receive("LIST " + path);
    }

    private long receive(String command) throws IOException {
        long octets;
        try (var data = data(command)) {
            octets = data.drain();
        }
        talk.reply("226");
        return octets;
    }

    void makeFolder(String path) throws IOException {
        ask("MKD " + path, "257");
    }

    void changeTo(String path) throws IOException {
        ask("CWD " + path, "250");
    }

    /// RFC 2428 §3: 229 … (|||port|)
    private Talk data(String command) throws IOException {
        talk.say("EPSV\r\n");
        String reply = talk.reply("229");
        int port = Integer.parseInt(reply.replaceAll(".*\\(\\|\\|\\|([0-9]+)\\|\\).*", "$1"));
        var data = Talk.to(new InetSocketAddress(subject.address, port));
        try {
            talk.say(command + "\r\n");
            talk.reply("1");
            return secured ? data.secured(subject.tls(), subject.number(Port.FTP)) : data;
        } catch (IOException e) {
            data.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        talk.close();
    }
}
