package org.postroom.store;

import java.util.List;

/// What the directory knows of an address.
public sealed interface Resolution {

    /// An account of ours.
    ///
    /// @param tag what followed `+`, or empty
    record Local(AccountId account, Addressee name, String tag) implements Resolution {}

    /// A name for others: all its members, aliases among them followed.
    ///
    /// @param elsewhere members whose domain is not ours
    record Alias(List<Local> here, List<Addressee> elsewhere) implements Resolution {

        public Alias {
            here = List.copyOf(here);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /// The domain is not ours: relay, or refuse to.
    record NotHere() implements Resolution {}

    /// The domain is ours and nobody has the name.
    record NoSuchUser() implements Resolution {}
}
