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
/// @param tokens of the locks that are known to whoever asks
public record Shelf(
        Account account,
        FilePath root,
        String above,
        Set<Right> rights,
        Optional<Signed> who,
        Optional<FilePath> hidden,
        Set<String> tokens) {

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
        tokens = Set.copyOf(tokens);
    }

    /// One to whose visitor no lock is known.
    public Shelf(
            Account account,
            FilePath root,
            String above,
            Set<Right> rights,
            Optional<Signed> who,
            Optional<FilePath> hidden) {
        this(account, root, above, rights, who, hidden, Set.of());
    }

    /// The same, for somebody who knows these locks.
    Shelf holding(Set<String> known) {
        return new Shelf(account, root, above, rights, who, hidden, known);
    }

    FileTree files() {
        return account.files().holding(tokens);
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
        if (isHidden(path)) throw new Refused(Refused.Reason.NO_SUCH_FILE);
        return path;
    }

    boolean isHidden(FilePath path) {
        return hidden.isPresent() && path.isWithin(hidden.get());
    }
}
