package org.postroom.interop;

import org.junit.jupiter.api.Test;
import org.postroom.imap.FetchResponse;
import org.postroom.mime.Decoding;
import org.postroom.mime.LineEnds;
import org.postroom.mime.Part;
import org.postroom.mime.Structure;
import org.postroom.mime.Text;
import org.postroom.mime.Words;
import org.postroom.wire.Saying;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;

/// Other programs read the corpus of `mime` as we do.
final class MimeTest {

    /// Says of each file named: its subject, and of each leaf type, file name, and text or octets.
    private static final String PYTHON =
            """
            import base64, email, email.policy, os, sys
            def say(key, value):
                octets = value.encode('utf-8', 'replace')
                print(key, base64.b64encode(octets).decode(), sep='\\t')
            def leaves(part):
                whole = part.get_content_type() in ('message/rfc822', 'message/global')
                if part.is_multipart() and (whole or part.get_content_maintype() == 'multipart'):
                    for child in part.get_payload(): yield from leaves(child)
                else: yield part
            def text(part):
                octets = part.get_payload(decode=True)
                if part.get_content_maintype() == 'message': return ''
                if part.get_content_maintype() != 'text': return octets.decode('latin-1')
                try: return octets.decode(part.get_content_charset('ascii'), 'replace')
                except LookupError: return octets.decode('ascii', 'replace')
            def tried(what):
                try: return what()
                except Exception as e: return repr(e)
            for name in sys.stdin.read().split('\\n'):
                if not name: continue
                with open(name, 'rb') as f:
                    message = email.message_from_bytes(f.read(), policy=email.policy.default)
                print(os.path.basename(name)[:-4])
                subject = tried(lambda: message.get('Subject'))
                if subject is not None: say('subject', str(subject))
                for part in leaves(message):
                    say('type', part.get_content_type())
                    name = tried(part.get_filename)
                    if name is not None: say('file', name)
                    say('text', tried(lambda: text(part)))
            """;

    @Test
    void pythonReadsTheSameText() throws Exception {
        var names = new StringBuilder();
        var ours = new HashMap<String, String>();
        for (var letter : Corpus.letters()) {
            names.append(letter.file()).append('\n');
            ours.put(letter.name(), text(letter.octets()));
        }
        var result = Peer.of("python3", "-c", PYTHON).hears(names.toString()).run().succeeded();
        var theirs = new HashMap<String, String>();
        String name = "";
        for (var line : result.output().lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab < 0) {
                name = line;
                theirs.put(name, "");
                continue;
            }
            byte[] value = Base64.getDecoder().decode(line.substring(tab + 1));
            String said = said(line.substring(0, tab), new String(value, StandardCharsets.UTF_8));
            theirs.merge(name, said, String::concat);
        }
        Corpus.compare("python", ours, theirs);
    }

    private static String text(byte[] message) throws IOException {
        var summary = Structure.of(message);
        var all = new StringBuilder();
        var subject = summary.envelope().subject();
        if (subject != null) all.append(said("subject", Words.decode(subject)));
        for (var part : leaves(summary.root(), new ArrayList<>())) {
            all.append(said("type", part.type().type() + "/" + part.type().subtype()));
            part.fileName().ifPresent(name -> all.append(said("file", name)));
            all.append(said("text", text(message, part)));
        }
        return all.toString();
    }

    private static List<Part> leaves(Part part, List<Part> leaves) {
        if (part.children().isEmpty()) leaves.add(part);
        for (var child : part.children()) leaves(child, leaves);
        return leaves;
    }

    private static String text(byte[] message, Part part) throws IOException {
        var body = part.body();
        var in = new ByteArrayInputStream(message, (int) body.offset(), (int) body.length());
        byte[] octets;
        try (var decoding = Decoding.of(in, part.encoding())) {
            octets = decoding.readAllBytes();
        }
        return switch (part.type().type()) {
            case "message" -> "";
            case "text" -> Text.of(octets, part.type().parameter("charset").orElse(null));
            default -> new String(octets, StandardCharsets.ISO_8859_1);
        };
    }

    /// Appends each file named and says what FETCH says of it, in base64; a file that is refused is
    /// said with the reason. The server is a command that talks by its input and output, or a port.
    private static final String IMAP =
            """
            import base64, imaplib, os, sys, re
            where, mailbox = sys.argv[1:3]
            imaplib._MAXLINE = 100000000
            if where.isdigit():
                c = imaplib.IMAP4('127.0.0.1', int(where))
                c.login('cyrus', 'x')
            else: c = imaplib.IMAP4_stream(where)
            c.create(mailbox)
            if where.isdigit(): c.setacl(mailbox, 'cyrus', 'lrswipkxtecdan')
            names = []
            for name in sys.stdin.read().split('\\n'):
                if not name: continue
                short = os.path.basename(name)[:-4]
                octets = open(name, 'rb').read()
                octets = re.sub(rb'(?<!\\r)\\n', b'\\r\\n', octets)
                imaplib.MapCRLF = re.compile(rb'(?!x)x')
                try: typ, why = c.append(mailbox, None, None, octets)
                except Exception as e: typ, why = 'NO', [repr(e).encode()]
                if typ == 'OK': names.append(short)
                else: print(short, 'refused', base64.b64encode(why[0]).decode())
            assert c.select(mailbox, True)[1] == [str(len(names)).encode()], len(names)
            for i, short in enumerate(names):
                typ, data = c.fetch(str(i + 1), '(ENVELOPE BODYSTRUCTURE)')
                said = b''
                for piece in data:
                    if isinstance(piece, tuple): said += piece[0] + b'\\r\\n' + piece[1]
                    elif piece is not None: said += piece
                print(short, 'said', base64.b64encode(said).decode())
            c.logout()
            """;

    @Test
    void dovecotSeesTheSameStructure() throws Exception {
        try (var dovecot = Dovecot.start()) {
            compare("dovecot", dovecot.command(), "corpus");
        }
    }

    @Test
    void cyrusSeesTheSameStructure() throws Exception {
        try (var cyrus = Cyrus.start()) {
            compare("cyrus", Integer.toString(cyrus.port()), "user/corpus");
        }
    }

    private static void compare(String program, String where, String mailbox)
            throws IOException, InterruptedException {
        var names = new StringBuilder();
        for (var letter : Corpus.letters()) names.append(letter.file()).append('\n');
        String output =
                Peer.of("python3", "-c", IMAP, where, mailbox)
                        .hears(names.toString())
                        .run()
                        .succeeded()
                        .output();
        var ours = new HashMap<String, String>();
        var theirs = new HashMap<String, String>();
        for (var line : output.lines().toList()) {
            var words = line.split(" ", -1);
            String said =
                    new String(Base64.getDecoder().decode(words[2]), StandardCharsets.ISO_8859_1);
            theirs.put(words[0], words[1].equals("said") ? spelt(said) : said);
        }
        for (var letter : Corpus.letters()) ours.put(letter.name(), spelt(fetched(letter)));
        Corpus.compare(program, ours, theirs);
    }

    private static String spelt(String fetch) {
        var out = new StringBuilder();
        Sexp.value(Sexp.after("ENVELOPE", fetch), out);
        return out + " " + Sexp.structure(Sexp.after("BODYSTRUCTURE", fetch));
    }

    /// What our server would say, once the line ends are canonical.
    private static String fetched(Corpus.Letter letter) throws IOException {
        var canonical = new ByteArrayOutputStream();
        try (var out = new LineEnds(canonical)) {
            out.write(letter.octets());
        }
        var summary = Structure.of(canonical.toByteArray());
        var saying = new Saying();
        new FetchResponse(saying, 1)
                .envelope(summary.envelope())
                .structure(summary.root(), true)
                .end();
        return new String(saying.toOctets(), StandardCharsets.ISO_8859_1);
    }

    private static String said(String key, String value) {
        var visible = new StringBuilder(key).append('=');
        value.chars()
                .forEach(c -> {
                    if (c < ' ' || c == 127) visible.append(String.format("\\x%02x", c));
                    else visible.append((char) c);
                });
        return visible.append(' ').toString();
    }
}
