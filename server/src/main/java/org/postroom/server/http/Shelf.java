package org.postroom.server.http;

import org.postroom.store.Account;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Refused;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Files at a place of the site: whose, from where on, and what may be done with them there.
///
/// @param root what lies at the place
/// @param above the place's own path, without a slash at its end
/// @param who has come, if it is known
/// @param hidden what is not to be seen there
public record Shelf(
        Account account,
        FilePath root,
        String above,
        Set<Right> rights,
        Optional<Signed> who,
        Optional<FilePath> hidden) {

    /// What may be done.
    public enum Right {
        READ,
        /// New files come in beside those that are there.
        ADD,
        /// Files are replaced, renamed, removed.
        CHANGE
    }

    public Shelf {
        rights = Set.copyOf(rights);
    }

    FileTree files() {
        return account.files();
    }

    boolean may(Right right) {
        return rights.contains(right);
    }

    /// A path below the place.
    ///
    /// @throws Refused BAD_NAME; NO_SUCH_FILE where it is hidden
    FilePath path(List<String> names) throws Refused {
        var path = root;
        for (var name : names) path = path.resolve("./" + name);
        if (hidden.isPresent() && isWithin(path, hidden.get()))
            throw new Refused(Refused.Reason.NO_SUCH_FILE);
        return path;
    }

    boolean isHidden(FilePath path) {
        return hidden.isPresent() && isWithin(path, hidden.get());
    }

    private static boolean isWithin(FilePath path, FilePath directory) {
        var names = directory.names();
        return path.names().size() >= names.size()
                && path.names().subList(0, names.size()).equals(names);
    }
}
