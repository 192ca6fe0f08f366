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

    /// A group list: members as [Alias] has them.
    record Members(MailingList list, List<Local> here, List<Addressee> elsewhere)
            implements Resolution {

        public Members {
            here = List.copyOf(here);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /// Who had the address has another one now (RFC 5321 §3.4).
    ///
    /// @param forwards whether letters follow, 251; else the sender is told, 551
    record Moved(Addressee to, boolean forwards) implements Resolution {}

    /// The domain is not ours: relay, or refuse to.
    record NotHere() implements Resolution {}

    /// The domain is ours and nobody has the name.
    record NoSuchUser() implements Resolution {}
}
