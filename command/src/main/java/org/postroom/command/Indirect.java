package org.postroom.command;

import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a word of the Stateless OpenPGP interface names: a file, `@ENV:NAME` for what stands in the
/// environment, `@FD:3` for what was opened by the caller. Secrets are named so, too: what is an argument,
/// everybody sees.
final class Indirect {

    private static final int LONGEST = 1 << 20;

    private Indirect() {}

    static InputStream open(String word) throws IOException, Sop.Refused {
        if (word.startsWith("@")) return special(word);
        try {
            return Files.newInputStream(Path.of(word));
        } catch (NoSuchFileException none) {
            throw Sop.MISSING_INPUT.because("There is no file " + word);
        }
    }

    private static InputStream special(String word) throws IOException, Sop.Refused {
        if (Files.exists(Path.of(word)))
            throw Sop.AMBIGUOUS_INPUT.because("There is a file named " + word + "; say ./" + word);
        if (word.startsWith("@ENV:")) {
            String text = System.getenv(word.substring(5));
            if (text == null) throw Sop.MISSING_INPUT.because("Nothing is in " + word);
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
        if (word.matches("@FD:[0-9]{1,5}")) return descriptor(word);
        throw Sop.UNSUPPORTED_SPECIAL_PREFIX.because("What " + word + " names is not known here");
    }

    private static InputStream descriptor(String word) throws IOException, Sop.Refused {
        try {
            return Files.newInputStream(Path.of("/dev/fd", word.substring(4)));
        } catch (NoSuchFileException none) {
            throw Sop.MISSING_INPUT.because("Nothing was opened as " + word);
        }
    }

    /// A new file; what is there already is never written over.
    static OutputStream create(String word) throws IOException, Sop.Refused {
        if (word.matches("@FD:[0-9]{1,5}"))
            return Files.newOutputStream(
                    Path.of("/dev/fd", word.substring(4)), StandardOpenOption.WRITE);
        if (word.startsWith("@"))
            throw Sop.UNSUPPORTED_SPECIAL_PREFIX.because("Nothing can be written to " + word);
        try {
            return Files.newOutputStream(Path.of(word), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw Sop.OUTPUT_EXISTS.because("There is a file " + word + " already");
        }
    }

    static String text(String word) throws IOException, Sop.Refused {
        try (var in = open(word)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(LONGEST)))
                    .toString();
        } catch (CharacterCodingException no) {
            throw Sop.PASSWORD_NOT_HUMAN_READABLE.because("What is in " + word + " is no text");
        }
    }

    /// A passphrase, without the line end that an editor leaves.
    static Secret secret(String word) throws IOException, Sop.Refused {
        return new Secret(text(word).stripTrailing());
    }
}
