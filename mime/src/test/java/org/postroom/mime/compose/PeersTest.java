package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.mime.Source;
import org.postroom.mime.compose.Party.Person;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// What is composed means to other people's programs what was meant: letters at random, and what
/// Python, Mime4j and npm's mailparser find in them.
///
/// Each says it in the same lines: subject, the first recipient's name and address, then each
/// attachment's name and the digest of its octets, then the digest of the text. Names of people are
/// compared without their blanks: Python puts one between two encoded words.
final class PeersTest {

    private static final int LETTERS = 60;

    private static final String[] WORDS = {
        "letter",
        "Grüße",
        "నమస్కారం",
        "مرحبا",
        "你好，世界",
        "😀",
        "№",
        "a.b",
        "(x)",
        "\"q\"",
        "=?utf-8?Q?x?=",
        "e\u0301a",
        "x".repeat(60),
        "ünï".repeat(30),
        "a;b",
        "100%",
        "it's"
    };

    @TempDir static Path folder;
    private static final List<String> meant = new ArrayList<>();

    private static String words(Random random, int most) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--)
            text.append(WORDS[random.nextInt(WORDS.length)]).append(i > 1 ? " " : "");
        return text.toString();
    }

    @BeforeAll
    static void write() throws Exception {
        for (int seed = 0; seed < LETTERS; seed++) {
            var random = new Random(seed);
            var said = new StringBuilder();
            String subject = words(random, 8);
            String name = words(random, 3).replaceAll("[\"()]", "");
            said.append(subject)
                    .append('\n')
                    .append(name.replace(" ", ""))
                    .append(" <bob@example.net>\n");
            var letter =
                    new Letter()
                            .from(new Person("Ann Öztürk", "ann", "example.org"))
                            .to(new Person(name, "bob", "example.net"))
                            .subject(subject);
            String text = words(random, 10) + "\n\n" + words(random, 6) + "\n";
            letter.text(text);
            if (random.nextBoolean())
                letter.html("<p>" + words(random, 5).replaceAll("[<&]", "") + "</p>\n");
            for (int i = random.nextInt(3); i > 0; i--) {
                String file = words(random, 4).replaceAll("[\"/\\\\=?]", "_") + ".bin";
                byte[] octets = new byte[random.nextInt(5_000)];
                random.nextBytes(octets);
                letter.attach(Attachment.of(file, Source.of(octets)));
                said.append(file).append(' ').append(digest(octets)).append('\n');
            }
            var hop = List.of(NextHop.SEVEN_BIT, NextHop.EIGHT_BIT).get(random.nextInt(2));
            said.append(digest(text.getBytes(StandardCharsets.UTF_8))).append('\n');
            meant.add(said.toString());
            Files.write(folder.resolve(seed + ".eml"), letter.compose(Desk.composer()).octets(hop));
        }
    }

    private static String digest(byte[] octets) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    private static void agrees(String peer, String output) {
        var said = List.of(output.split("\f", -1));
        assertThat(said).as(output).hasSize(LETTERS + 1);
        for (int seed = 0; seed < LETTERS; seed++)
            assertThat(said.get(seed)).as("%s, seed %d", peer, seed).isEqualTo(meant.get(seed));
    }

    @Test
    void python() throws Exception {
        agrees(
                "Python",
                run(
                        folder,
                        "python3",
                        "-c",
                        """
                        import email, email.policy, hashlib, sys
                        for n in range(int(sys.argv[1])):
                            m = email.message_from_bytes(open('%d.eml' % n, 'rb').read(), policy=email.policy.default)
                            a = m['To'].addresses[0]
                            print(m['Subject']); print('%s <%s>' % (a.display_name.replace(' ', ''), a.addr_spec))
                            for part in m.iter_attachments():
                                print(part.get_filename(), hashlib.sha256(part.get_content()).hexdigest())
                            body = m.get_body(('plain',))
                            lines = body.get_content().replace('\\r\\n', '\\n').split('\\n')
                            text = ''
                            for line in lines[:-1]:
                                if line[:1] == ' ': line = line[1:]
                                text += line if line[-1:] == ' ' else line + '\\n'
                            print(hashlib.sha256(text.encode()).hexdigest())
                            print(end='\\f')
                        """,
                        Integer.toString(LETTERS)));
    }

    @Test
    void mime4j() throws Exception {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        var said = new StringBuilder();
        for (int seed = 0; seed < LETTERS; seed++) {
            byte[] octets = Files.readAllBytes(folder.resolve(seed + ".eml"));
            var message = builder.parseMessage(new ByteArrayInputStream(octets));
            var to = message.getTo().flatten().getFirst();
            said.append(message.getSubject()).append('\n');
            said.append(to.getName().replace(" ", ""))
                    .append(" <")
                    .append(to.getAddress())
                    .append(">\n");
            var text = new ArrayList<byte[]>();
            leaves(message, said, text);
            said.append(digest(unflowed(text.getFirst()))).append("\n\f");
        }
        agrees("Mime4j", said.toString());
    }

    private static void leaves(Entity entity, StringBuilder said, List<byte[]> text)
            throws IOException, NoSuchAlgorithmException {
        if (entity.getBody() instanceof Multipart multipart)
            for (var part : multipart.getBodyParts()) leaves(part, said, text);
        else if (entity.getBody() instanceof SingleBody body) {
            var octets = new ByteArrayOutputStream();
            body.writeTo(octets);
            if ("attachment".equals(entity.getDispositionType()))
                said.append(entity.getFilename())
                        .append(' ')
                        .append(digest(octets.toByteArray()))
                        .append('\n');
            else if (entity.getMimeType().equals("text/plain")) text.add(octets.toByteArray());
        }
    }

    private static byte[] unflowed(byte[] wire) {
        var text = new StringBuilder();
        for (var paragraph :
                org.postroom.mime.Flowed.paragraphs(
                        new String(wire, StandardCharsets.UTF_8), false))
            text.append(paragraph.text()).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void mailparser() throws Exception {
        require("node");
        require("npm");
        var home =
                Files.createDirectories(
                        Path.of(System.getProperty("house", "..")).resolve("mime/target/peers"));
        if (!Files.exists(home.resolve("node_modules/mailparser"))) {
            Files.writeString(home.resolve("package.json"), "{\"private\": true}");
            try {
                run(
                        home,
                        "npm",
                        "install",
                        "--silent",
                        "--no-audit",
                        "--no-fund",
                        "mailparser@3.7.1");
            } catch (AssertionError offline) {
                missing("mailparser can't be installed by npm: " + offline.getMessage());
            }
        }
        var script = folder.resolve("read.js");
        Files.writeString(
                script,
                """
                const { simpleParser } = require(process.argv[2] + '/node_modules/mailparser');
                const fs = require('fs'), crypto = require('crypto');
                const digest = data => crypto.createHash('sha256').update(data).digest('hex');
                (async () => {
                  for (let n = 0; n < Number(process.argv[3]); n++) {
                    const m = await simpleParser(fs.readFileSync(n + '.eml'), { skipTextToHtml: true });
                    const to = m.to.value[0];
                    console.log(m.subject);
                    console.log(to.name.replaceAll(' ', '') + ' <' + to.address + '>');
                    for (const a of m.attachments) console.log(a.filename + ' ' + digest(a.content));
                    console.log(digest(m.text));
                    process.stdout.write('\\f');
                  }
                })();
                """);
        agrees(
                "mailparser",
                run(
                        folder,
                        "node",
                        script.toString(),
                        home.toAbsolutePath().toString(),
                        Integer.toString(LETTERS)));
    }

    private static String run(Path where, String... command)
            throws IOException, InterruptedException {
        require(command[0]);
        var output = Files.createTempFile(folder, "peer", ".out");
        var builder =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        var process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " did not end");
        }
        var said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static void require(String program) {
        for (var path : System.getenv("PATH").split(":"))
            if (Files.isExecutable(Path.of(path, program))) return;
        missing(program + " is not installed");
    }

    private static void missing(String what) {
        if ("required".equals(System.getProperty("peers"))) throw new AssertionError(what);
        assumeTrue(false, what);
    }
}
