package org.postroom.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What kind of content a file's name tells (the endings that people have; RFC 2046 §4.5.1 for the rest).
public final class MediaTypes {

    public static final String UNKNOWN = "application/octet-stream";
    public static final String HTML = "text/html; charset=utf-8";
    public static final String TEXT = "text/plain; charset=utf-8";

    private static final Map<String, String> BY_ENDING = new HashMap<>();

    static {
        put("text/plain", "txt text log md conf ini csv tsv diff patch asc");
        put("text/html", "html htm xhtml");
        put("text/css", "css");
        put("text/javascript", "js mjs");
        put("text/calendar", "ics");
        put("text/vcard", "vcf");
        put("text/xml", "xml");
        put("application/json", "json");
        put("application/pdf", "pdf");
        put("application/postscript", "ps eps");
        put("application/rtf", "rtf");
        put("application/zip", "zip");
        put("application/gzip", "gz tgz");
        put("application/x-bzip2", "bz2");
        put("application/x-xz", "xz");
        put("application/zstd", "zst");
        put("application/x-tar", "tar");
        put("application/x-7z-compressed", "7z");
        put("application/pgp-keys", "pgp gpg key");
        put("application/pkcs7-mime", "p7m");
        put("application/pkix-cert", "crt cer");
        put("application/msword", "doc");
        put("application/vnd.ms-excel", "xls");
        put("application/vnd.ms-powerpoint", "ppt");
        String office = "application/vnd.openxmlformats-officedocument.";
        put(office + "wordprocessingml.document", "docx");
        put(office + "spreadsheetml.sheet", "xlsx");
        put(office + "presentationml.presentation", "pptx");
        put("application/vnd.oasis.opendocument.text", "odt");
        put("application/vnd.oasis.opendocument.spreadsheet", "ods");
        put("application/vnd.oasis.opendocument.presentation", "odp");
        put("application/epub+zip", "epub");
        put("message/rfc822", "eml");
        put("image/jpeg", "jpg jpeg");
        put("image/png", "png");
        put("image/gif", "gif");
        put("image/webp", "webp");
        put("image/avif", "avif");
        put("image/bmp", "bmp");
        put("image/x-icon", "ico");
        put("image/tiff", "tif tiff");
        put("image/svg+xml", "svg");
        put("audio/mpeg", "mp3");
        put("audio/ogg", "ogg oga opus");
        put("audio/flac", "flac");
        put("audio/mp4", "m4a");
        put("audio/wav", "wav");
        put("audio/basic", "au snd");
        put("video/mp4", "mp4 m4v");
        put("video/mpeg", "mpeg mpg");
        put("video/webm", "webm");
        put("video/quicktime", "mov");
        put("video/x-matroska", "mkv");
    }

    private static void put(String type, String endings) {
        for (var ending : endings.split(" ", -1)) BY_ENDING.put(ending, type);
    }

    private MediaTypes() {}

    /// By the name's ending.
    public static String of(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) return UNKNOWN;
        return BY_ENDING.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /// Whether a browser may show what somebody uploaded: what it draws or plays and never executes
    /// (SVG is a document with scripts). Everything else is for saving.
    public static boolean isShown(String type) {
        return type.equals("text/plain")
                || (type.startsWith("image/") && !type.equals("image/svg+xml"))
                || type.startsWith("audio/")
                || type.startsWith("video/");
    }

    /// Whether it becomes smaller by compression.
    public static boolean isCompressible(String type) {
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/postscript")
                || type.equals("application/rtf")
                || type.equals("application/x-tar")
                || type.equals("image/svg+xml")
                || type.equals("image/bmp")
                || type.equals("message/rfc822");
    }
}
