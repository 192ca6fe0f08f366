package org.postroom.server.http;

import org.jspecify.annotations.Nullable;
import org.postroom.server.Mbox;
import org.postroom.store.Account;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// All that an account holds as one archive, made while it is sent: each mailbox as `mail/NAME.mbox`
/// ([Mbox]), files as they are below `files/`.
final class Export {

    private Export() {}

    static void write(Account account, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        for (var mailbox : account.mailboxes()) {
            zip.putNextEntry(new ZipEntry("mail/" + mailbox.name() + ".mbox"));
            try {
                Mbox.write(account, mailbox.id(), zip);
            } catch (Refused gone) {
                // it was deleted meanwhile
            }
            zip.closeEntry();
        }
        try {
            files(account, zip);
        } catch (Refused gone) {
            // a directory was removed meanwhile: the rest is there
        }
        zip.finish();
    }

    private static void files(Account account, ZipOutputStream zip) throws Refused, IOException {
        var tree = account.files();
        var below = new ArrayDeque<FilePath>(List.of(FilePath.ROOT));
        while (!below.isEmpty()) {
            var directory = below.removeLast();
            @Nullable String after = null;
            do {
                var page = tree.list(tree.resolve(directory), after);
                for (var node : page.nodes()) {
                    var path = directory.resolve("./" + node.name());
                    if (node.isDirectory()) {
                        below.addLast(path);
                        zip.putNextEntry(new ZipEntry("files" + path + "/"));
                    } else file(account, path, zip);
                    zip.closeEntry();
                }
                after = page.next();
            } while (after != null);
        }
    }

    private static void file(Account account, FilePath path, ZipOutputStream zip)
            throws Refused, IOException {
        var file = account.files().open(path);
        var entry = new ZipEntry("files" + path);
        entry.setTime(file.modified().toEpochMilli());
        zip.putNextEntry(entry);
        Sending.copy(file, 0, file.size(), zip);
    }
}
