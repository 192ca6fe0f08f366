package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The media type of a file, by its name and its beginning. What a picture or an archive begins with
/// counts more than its name; a text is known by its name and must look like one.
final class FileType {

    /// How much of a file is looked at.
    static final int BEGINNING = 16 << 10;

    private static final Map<String, String> BY_EXTENSION = new HashMap<>();

    /// Type, and the extensions that mean it.
    private static final String NAMES =
            """
            application/epub+zip epub
            application/gzip gz tgz
            application/json json
            application/msword doc
            application/pdf pdf
            application/pgp-encrypted pgp
            application/pgp-keys asc
            application/postscript ps eps
            application/rtf rtf
            application/vnd.ms-excel xls
            application/vnd.ms-powerpoint ppt
            application/vnd.oasis.opendocument.presentation odp
            application/vnd.oasis.opendocument.spreadsheet ods
            application/vnd.oasis.opendocument.text odt
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/x-7z-compressed 7z
            application/x-tar tar
            application/xml xml
            application/zip zip
            audio/basic au snd
            audio/flac flac
            audio/mpeg mp3
            audio/mp4 m4a
            audio/ogg ogg oga opus
            audio/wav wav
            image/avif avif
            image/bmp bmp
            image/gif gif
            image/heic heic
            image/jpeg jpg jpeg jpe
            image/png png
            image/svg+xml svg
            image/tiff tif tiff
            image/webp webp
            message/rfc822 eml
            text/calendar ics
            text/css css
            text/csv csv
            text/html html htm
            text/javascript js mjs
            text/markdown md markdown
            text/plain txt text log
            text/vcard vcf
            video/mp4 mp4 m4v
            video/mpeg mpg mpeg
            video/quicktime mov
            video/webm webm
            video/x-matroska mkv
            """;

    /// What octets at which offset mean, in ISO 8859-1.
    private record Magic(int offset, String octets, String type) {}

    private static final List<Magic> MAGIC =
            List.of(
                    new Magic(0, "\u00FF\u00D8\u00FF", "image/jpeg"),
                    new Magic(0, "\u0089PNG\r\n\u001A\n", "image/png"),
                    new Magic(0, "GIF87a", "image/gif"),
                    new Magic(0, "GIF89a", "image/gif"),
                    new Magic(8, "WEBP", "image/webp"),
                    new Magic(8, "WAVE", "audio/wav"),
                    new Magic(0, "%PDF-", "application/pdf"),
                    new Magic(0, "%!PS", "application/postscript"),
                    new Magic(0, "\u001F\u008B", "application/gzip"),
                    new Magic(0, ".snd", "audio/basic"),
                    new Magic(0, "OggS", "audio/ogg"),
                    new Magic(0, "fLaC", "audio/flac"),
                    new Magic(0, "\0\0\u0001\u00BA", "video/mpeg"),
                    new Magic(0, "\0\0\u0001\u00B3", "video/mpeg"));

    static {
        NAMES.lines()
                .forEach(line -> {
                    var words = line.split(" ", -1);
                    for (int i = 1; i < words.length; i++) BY_EXTENSION.put(words[i], words[0]);
                });
    }

    private FileType() {}

    /// @param beginning the first [#BEGINNING] octets, or all of them
    static MediaType of(String name, byte[] beginning) {
        String magic = byMagic(beginning);
        String named = BY_EXTENSION.get(extension(name));
        String type = magic != null && !(named != null && sameKind(magic, named)) ? magic : named;
        boolean looksLikeText = isText(beginning);
        if (type == null && looksLikeText) type = "text/plain";
        if (type == null || (type.startsWith("text/") && !looksLikeText)) return MediaType.OPAQUE;
        int slash = type.indexOf('/');
        return new MediaType(
                type.substring(0, slash),
                type.substring(slash + 1),
                type.startsWith("text/") ? List.of(charset(beginning)) : List.of());
    }

    /// Names say more where the beginning is that of a family: Ogg holds video, too.
    private static boolean sameKind(String magic, String named) {
        return magic.equals("audio/ogg") && named.endsWith("/ogg");
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String byMagic(byte[] beginning) {
        for (var magic : MAGIC) {
            int length = magic.octets.length();
            if (beginning.length < magic.offset + length) continue;
            var there = new String(beginning, magic.offset, length, StandardCharsets.ISO_8859_1);
            if (there.equals(magic.octets)) return magic.type;
        }
        return null;
    }

    /// Whether it is UTF-8 without control characters that no text has.
    private static boolean isText(byte[] beginning) {
        for (byte c : beginning)
            if (c >= 0 && c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f') return false;
        var in = ByteBuffer.wrap(beginning);
        var out = CharBuffer.allocate(beginning.length);
        boolean end = beginning.length < BEGINNING; // else a character may be cut
        return !StandardCharsets.UTF_8.newDecoder().decode(in, out, end).isError();
    }

    private static Parameter charset(byte[] beginning) {
        boolean ascii = beginning.length < BEGINNING;
        for (byte c : beginning) ascii &= c >= 0;
        return new Parameter("charset", ascii ? "us-ascii" : "utf-8");
    }
}
