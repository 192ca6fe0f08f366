package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Command;
import org.postroom.ftp.Type;
import org.postroom.mime.render.Visible;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// What each verb does, in whichever face it was said.
final class Commands {

    private final Errand errand;
    private final Session session;
    private final Given given;
    private final Looking looking;
    private final Carrying carrying;
    private final Tending tending;
    private final Settings settings;

    /// @param told hears what can't be said in a line of output
    Commands(Errand errand, Consumer<String> told) {
        this.errand = errand;
        this.session = errand.session();
        this.given = errand.given();
        this.looking = new Looking(errand);
        this.carrying = new Carrying(errand, told);
        this.tending = new Tending(errand);
        this.settings = new Settings(errand);
    }

    void run(Verb verb) throws Hindrance {
        if (given.has(Option.HELP)) {
            session.desk.page(Help.of(verb));
            return;
        }
        var wishes = session.wishes;
        switch (verb) {
            case GET, REGET, PGET -> carrying.get();
            case PUT, REPUT -> carrying.put();
            case LS -> looking.ls();
            case MIRROR -> carrying.mirrored();
            case CAT -> looking.cat();
            case RM -> tending.rm();
            case MKDIR -> tending.mkdir();
            case DU -> looking.du();
            case OPEN -> tending.open();
            case USER -> tending.user();
            case CLOSE -> tending.close();
            case CD -> tending.cd();
            case PWD -> errand.say(Visible.line(where(), 2000));
            case LCD -> lcd();
            case LPWD -> errand.say(errand.at().here().toString());
            case LLS -> lls();
            case NLIST -> looking.nlist();
            case MORE -> looking.more();
            case FIND -> looking.find();
            case SIZE -> looking.size();
            case MODTIME -> looking.modtime();
            case HASH -> {
                if (given.words().isEmpty())
                    settings.turn("The progress line", wishes.shows, on -> wishes.shows = on);
                else looking.hash();
            }
            case MGET -> carrying.mget();
            case MPUT -> carrying.mput();
            case APPEND -> carrying.append();
            case RENAME -> tending.rename();
            case RMDIR -> tending.rmdir();
            case CHMOD -> tending.chmod();
            case ASCII_TYPE -> settings.type("ascii", Optional.empty());
            case EBCDIC_TYPE -> settings.type("ebcdic", Optional.empty());
            case BINARY_TYPE -> settings.type(new Type.Image());
            case TYPE -> {
                if (given.words().isEmpty()) errand.say(settings.shown());
                else settings.type(given.word(0), given.optional(1));
            }
            case STRUCT -> {
                if (given.words().isEmpty()) errand.say(settings.shown());
                else settings.structure(given.word(0));
            }
            case MODE -> {
                if (given.words().isEmpty()) errand.say(settings.shown());
                else settings.mode(given.word(0));
            }
            case FORM -> {
                if (given.words().isEmpty()) errand.say(settings.shown());
                else settings.form(given.word(0));
            }
            case PASSIVE -> settings.turn("Passive", !wishes.active, on -> wishes.active = !on);
            case ACTIVE -> {
                wishes.active = true;
                errand.say("The server opens the data connections.");
            }
            case EPSV -> settings.turn("EPSV", wishes.extended, on -> wishes.extended = on);
            case VERBOSE -> settings.turn("Verbose", wishes.verbose, on -> wishes.verbose = on);
            case GLOB -> settings.turn("Globbing", wishes.globs, on -> wishes.globs = on);
            case PROMPT -> settings.turn("Asking", wishes.asks, on -> wishes.asks = on);
            case LIMIT -> settings.limit();
            case PARALLEL_ALL -> parallel();
            case STATUS -> settings.status();
            case QUOTE -> quote(said(""));
            case SITE -> quote(said("SITE "));
            case REMOTE_HELP -> looking.say(ask(new Command.Help(given.optional(0))));
            case SYSTEM -> looking.say(ask(new Command.Syst()));
            case JOBS, QUEUE -> jobs();
            case KILL -> kill();
            case WAIT -> await();
            case COMPLETION -> Completion.print(given, errand.out());
            case HELP -> session.desk.page(Help.of(given));
            case BYE -> {}
        }
        errand.out().flush();
    }

    private String where() throws Hindrance {
        return errand.host().url.server()
                + (errand.host().isRooted() ? "" : " ")
                + errand.at().directory();
    }

    private void lcd() throws Hindrance {
        var folder = errand.at().local(given.optional(0).orElse("~"));
        if (!Files.isDirectory(folder)) throw Hindrance.notSo(folder + " is no folder.");
        session.at(session.at().in(folder));
        errand.say(folder.toString());
    }

    private void lls() throws Hindrance {
        Path folder = errand.at().local(given.optional(0).orElse("."));
        try (var files = Files.newDirectoryStream(folder)) {
            var names = new java.util.TreeSet<String>();
            for (var file : files)
                names.add(file.getFileName() + (Files.isDirectory(file) ? "/" : ""));
            for (var name : names) errand.say(Visible.line(name, 1000));
        } catch (java.io.IOException e) {
            throw Hindrance.system(folder.toString(), e);
        }
    }

    private void parallel() throws Hindrance {
        var wish = given.optional(0);
        if (wish.isPresent())
            session.wishes.parallel = Given.number(wish.get(), Wishes.MOST_AT_ONCE);
        errand.say(session.wishes.parallel + " at once.");
    }

    // ---- by hand

    private String said(String before) throws Hindrance {
        given.word(0);
        return before + String.join(" ", given.words());
    }

    /// Verbs that need a data connection, or change what this end believes, have commands of their own.
    private void quote(String line) throws Hindrance {
        looking.say(
                errand.with(
                        errand.directory(), connection -> connection.ask(it -> it.quote(line))));
    }

    private org.postroom.ftp.Reply ask(Command command) throws Hindrance {
        return errand.with(errand.directory(), connection -> connection.ask(it -> it.ask(command)));
    }

    // ---- jobs

    private void jobs() {
        for (var job : session.jobs.all()) errand.say(Jobs.line(job, session.desk.width()));
        if (session.jobs.all().isEmpty()) errand.say("Nothing is done in the background.");
    }

    private void kill() throws Hindrance {
        if (given.word(0).equals("all")) session.jobs.stop();
        else session.jobs.numbered(Given.number(given.word(0), 1_000_000)).stop();
    }

    private void await() throws Hindrance {
        var wish = given.optional(0);
        if (wish.isPresent()) {
            session.jobs.await(
                    session.jobs.numbered(Given.number(wish.get(), 1_000_000)), errand.job());
            return;
        }
        for (var job : session.jobs.all()) session.jobs.await(job, errand.job());
    }
}
