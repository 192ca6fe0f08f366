package org.postroom.names;

import java.util.List;
import java.util.function.Predicate;

/// The hosts that take the mail of a domain, as [Resolver#exchangers] finds them.
public sealed interface Exchangers {

    /// To be tried in this order; never an empty list.
    record Known(List<Exchanger> inOrder) implements Exchangers {
        public Known {
            inOrder = List.copyOf(inOrder);
        }

        /// What a relay may use that itself is among them: only those preferred to it
        /// (RFC 5321 §5.1), so that letters don't go round in circles (TRAPS T13).
        public Exchangers before(Predicate<Exchanger> self) {
            int own =
                    inOrder.stream()
                            .filter(self)
                            .mapToInt(Exchanger::preference)
                            .min()
                            .orElse(Integer.MAX_VALUE);
            var left = inOrder.stream().filter(each -> each.preference() < own).toList();
            return left.isEmpty() ? new None(Reason.OURSELVES) : new Known(left);
        }
    }

    /// There are none, and waiting will not help.
    record None(Reason reason) implements Exchangers {}

    /// It can't be known now: try again later.
    ///
    /// @param why for the log and the sender, in words
    record Unknown(String why) implements Exchangers {}

    /// Why a domain takes no mail.
    enum Reason {
        /// The domain does not exist.
        NO_DOMAIN,
        /// The domain says that it takes no mail (RFC 7505 §3).
        NULL_MX,
        /// The domain, or all of the hosts that it names, have no address.
        NO_ADDRESS,
        /// The domain's best host is the one that asks.
        OURSELVES,
        /// Nobody vouches for what the domain says: it is not signed (RFC 4033 §5).
        UNSIGNED
    }
}
