package org.postroom.store;

import java.util.List;

/// A group list: one address for many, with an owner who hears what can't be delivered.
///
/// @param owner who answers for it; letters to `NAME-owner` and `NAME-request` (RFC 2142 §6) reach it
/// @param membersOnly whether only members and the owner may write to it
/// @param title what the list is about, in a few words; may be empty
/// @param members as they were named: accounts, aliases, lists, addresses elsewhere
public record MailingList(
        Addressee name,
        Addressee owner,
        boolean membersOnly,
        String title,
        List<Addressee> members) {

    private static final String OWNER = "-owner";
    private static final String REQUEST = "-request";

    public MailingList {
        members = List.copyOf(members);
    }

    /// Who stands in the envelope of what the list sends on (RFC 5321 §3.9.2): bounces come here.
    public Addressee returnAddress() {
        return new Addressee(name.localPart() + OWNER, name.domain());
    }

    /// Where people ask to join or leave (RFC 2142 §6).
    public Addressee requestAddress() {
        return new Addressee(name.localPart() + REQUEST, name.domain());
    }

    MailingList withMembers(List<Addressee> others) {
        return new MailingList(name, owner, membersOnly, title, others);
    }

    /// The list whose owner an address would be, were there such a list; the address itself if none.
    static Addressee listOf(Addressee address) {
        for (var ending : List.of(OWNER, REQUEST)) {
            int length = address.localPart().length() - ending.length();
            if (length > 0 && address.localPart().endsWith(ending))
                return new Addressee(address.localPart().substring(0, length), address.domain());
        }
        return address;
    }
}
