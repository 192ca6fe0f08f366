package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Cdup;
import org.postroom.ftp.Command.Comb;
import org.postroom.ftp.Command.Cwd;
import org.postroom.ftp.Command.Dele;
import org.postroom.ftp.Command.Mkd;
import org.postroom.ftp.Command.Pwd;
import org.postroom.ftp.Command.Rmd;
import org.postroom.ftp.Command.Rmda;
import org.postroom.ftp.Command.Rnfr;
import org.postroom.ftp.Command.Rnto;
import org.postroom.ftp.Command.SiteCpfr;
import org.postroom.ftp.Command.SiteCpto;
import org.postroom.ftp.Command.SiteRestore;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.util.ArrayList;

/// What files and directories are called, and that there are any: each is one commit.
final class Names {

    private final Wire wire;
    private final Transfers transfers;

    Names(Wire wire, Transfers transfers) {
        this.wire = wire;
        this.transfers = transfers;
    }

    void obey(Visit visit, Command.ForNames command) throws Departure, Refused, Refusal {
        switch (command) {
            case Cwd(var path) -> cwd(visit, visit.resolve(path));
            case Cdup() -> cwd(visit, visit.directory().parent());
            case Pwd() ->
                    wire.say(Reply.pathname(visit.directory().toString(), "is where you are"));
            case Mkd(var path) -> mkd(visit, visit.resolve(path));
            case Rmd(var path) -> {
                visit.files.removeDirectory(visit.resolve(path));
                wire.say(Reply.DONE);
            }
            case Rmda(var path) -> rmda(visit, visit.resolve(path));
            case Dele(var path) -> {
                visit.files.removeFile(visit.resolve(path));
                wire.say(Reply.DONE);
            }
            case Rnfr(var path) -> rnfr(visit, visit.resolve(path));
            case Rnto(var path) -> rnto(visit, visit.resolve(path));
            case SiteCpfr(var path) -> {
                visit.files.open(visit.resolve(path));
                visit.copying(visit.resolve(path));
                wire.say(Reply.WANT_COPY);
            }
            case SiteCpto(var path) -> {
                var from = visit.takeCopying();
                if (from.isEmpty()) throw new Refusal(Reply.COPY_FIRST);
                visit.files.copy(from.get(), visit.resolve(path));
                wire.say(Reply.DONE);
            }
            case Comb comb -> comb(visit, comb);
            case SiteRestore(var replaced, var path) -> {
                visit.files.restore(visit.resolve(path), replaced);
                wire.say(Reply.DONE);
            }
        }
    }

    private void cwd(Visit visit, FilePath path) throws Departure, Refused, Refusal {
        if (!visit.files.resolve(path).isDirectory()) throw new Refusal(Reply.NO_DIRECTORY);
        visit.directory(path);
        wire.say(Reply.DONE);
    }

    private void mkd(Visit visit, FilePath path) throws Departure, Refused {
        visit.files.makeDirectory(path);
        wire.say(Reply.pathname(path.toString(), "is there now"));
    }

    private void rmda(Visit visit, FilePath path) throws Departure {
        transfers.await(stop -> {
            visit.files.removeTree(path, stop);
            return stop.getAsBoolean() ? Reply.BROKEN_OFF : Reply.DONE;
        });
    }

    private void rnfr(Visit visit, FilePath path) throws Departure, Refused {
        visit.files.resolve(path);
        visit.renaming(path);
        wire.say(Reply.WANT_NEW_NAME);
    }

    private void rnto(Visit visit, FilePath to) throws Departure, Refused, Refusal {
        var from = visit.takeRenaming();
        if (from.isEmpty()) throw new Refusal(Reply.RENAME_FIRST);
        visit.files.rename(from.get(), to);
        wire.say(Reply.DONE);
    }

    private void comb(Visit visit, Comb comb) throws Departure, Refused {
        var sources = new ArrayList<FilePath>();
        for (var source : comb.sources()) sources.add(visit.resolve(source));
        visit.files.combine(visit.resolve(comb.target()), sources);
        wire.say(Reply.DONE);
    }
}
