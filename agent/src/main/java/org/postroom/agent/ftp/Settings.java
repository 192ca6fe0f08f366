package org.postroom.agent.ftp;

import org.postroom.agent.Sizes;
import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Mode;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Representation;
import org.postroom.ftp.Structure;
import org.postroom.ftp.Type;

import java.util.Locale;
import java.util.function.Consumer;

/// How files are carried, and what is shown: what a person sets as she goes on. A representation is said to the
/// server with the next transfer.
record Settings(Errand errand) {

    static Representation ascii() {
        return new Representation(
                new Type.Ascii(Type.Form.NON_PRINT), Structure.FILE, org.postroom.ftp.Mode.STREAM);
    }

    void type(Type type) throws Hindrance {
        try {
            as(representation().with(type));
        } catch (Refusal impossible) {
            throw Hindrance.usage("There is no such type here: bytes of 8, 16, 24 … 64 bits.");
        }
    }

    void type(String word, java.util.Optional<String> bits) throws Hindrance {
        var form = representation().form();
        switch (word.toLowerCase(Locale.ROOT)) {
            case "ascii", "a" -> type(new Type.Ascii(form));
            case "ebcdic", "e" -> type(new Type.Ebcdic(form));
            case "image", "binary", "i" -> type(new Type.Image());
            case "local", "tenex", "l" -> type(new Type.Local(Given.number(bits.orElse("8"), 255)));
            default -> throw Hindrance.usage("ascii, ebcdic, image or local?");
        }
    }

    void form(String word) throws Hindrance {
        var form =
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "non-print", "n" -> Type.Form.NON_PRINT;
                    case "telnet", "t" -> Type.Form.TELNET;
                    case "carriage", "c" -> Type.Form.CARRIAGE_CONTROL;
                    default -> throw Hindrance.usage("non-print, telnet or carriage?");
                };
        switch (representation().type()) {
            case Type.Ascii _ -> type(new Type.Ascii(form));
            case Type.Ebcdic _ -> type(new Type.Ebcdic(form));
            case Type.Image _, Type.Local _ -> throw Hindrance.usage("Only a text has a format.");
        }
    }

    void structure(String word) throws Hindrance {
        as(
                representation()
                        .with(
                                switch (word.toLowerCase(Locale.ROOT)) {
                                    case "file", "f" -> Structure.FILE;
                                    case "record", "r" -> Structure.RECORD;
                                    case "page", "p" -> Structure.PAGE;
                                    default -> throw Hindrance.usage("file, record or page?");
                                }));
    }

    void mode(String word) throws Hindrance {
        as(
                representation()
                        .with(
                                switch (word.toLowerCase(Locale.ROOT)) {
                                    case "stream", "s" -> Mode.STREAM;
                                    case "block", "b" -> Mode.BLOCK;
                                    case "compressed", "c" -> Mode.COMPRESSED;
                                    case "deflate", "z" -> Mode.DEFLATE;
                                    default ->
                                            throw Hindrance.usage(
                                                    "stream, block, compressed or deflate?");
                                }));
    }

    private Representation representation() {
        return errand.session().at().as();
    }

    private void as(Representation wanted) throws Hindrance {
        try {
            wanted.check();
        } catch (Refusal senseless) {
            throw Hindrance.usage("A text has no pages.");
        }
        errand.session().at(errand.session().at().as(wanted));
        errand.say(shown());
    }

    /// In words.
    String shown() {
        var as = representation();
        String type =
                switch (as.type()) {
                    case Type.Ascii(var form) -> "ascii" + shown(form);
                    case Type.Ebcdic(var form) -> "ebcdic" + shown(form);
                    case Type.Image() -> "image";
                    case Type.Local(int bits) -> "local " + bits;
                };
        return "type "
                + type
                + ", struct "
                + as.structure().name().toLowerCase(Locale.ROOT)
                + ", mode "
                + as.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Type.Form form) {
        return form == Type.Form.NON_PRINT
                ? ""
                : " " + form.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// On, off, or the other way round.
    void turn(String what, boolean now, Consumer<Boolean> to) throws Hindrance {
        boolean on =
                switch (errand.given().optional(0).orElse("")) {
                    case "" -> !now;
                    case "on" -> true;
                    case "off" -> false;
                    default -> throw Hindrance.usage("on or off?");
                };
        to.accept(on);
        errand.say(what + " is " + (on ? "on." : "off."));
    }

    void limit() throws Hindrance {
        var wish = errand.given().optional(0);
        var throttle = errand.wishes().throttle;
        if (wish.isPresent())
            throttle.limit(wish.get().equals("off") ? 0 : Sizes.parse(wish.get()));
        errand.say(
                throttle.limit() == 0
                        ? "There is no limit."
                        : "At most "
                                + wish.orElse(Sizes.shown(throttle.limit()))
                                + " a second, all together.");
    }

    void status() throws Hindrance {
        var wishes = errand.wishes();
        var at = errand.at();
        if (at.host().isEmpty()) errand.say("At no server.");
        else {
            var host = at.host().get();
            errand.say(host.url.server() + " in " + at.directory());
            errand.with(
                    errand.directory(),
                    connection -> {
                        errand.say(
                                connection.client.isSecured()
                                        ? "Under TLS, files and listings, too."
                                        : "In the clear.");
                        errand.say(
                                "The server can: "
                                        + org.postroom.mime.render.Visible.line(
                                                String.join(
                                                        " ",
                                                        connection
                                                                .features()
                                                                .lines()
                                                                .keySet()
                                                                .stream()
                                                                .sorted()
                                                                .toList()),
                                                1000));
                        return connection;
                    });
        }
        errand.say("Here in " + at.here());
        errand.say(shown());
        errand.say(
                (wishes.active ? "active" : "passive")
                        + (wishes.extended ? "" : ", without EPSV")
                        + ", "
                        + wishes.parallel
                        + " at once");
        limit();
    }
}
