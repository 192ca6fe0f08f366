package org.postroom.server.smtp;

import org.postroom.server.Admission.Admitted;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.Addressee;
import org.postroom.store.Directory;
import org.postroom.store.Refused;
import org.postroom.store.Resolution.Alias;
import org.postroom.store.Resolution.Local;
import org.postroom.store.Resolution.Members;
import org.postroom.store.Resolution.Moved;
import org.postroom.store.Resolution.NoSuchUser;
import org.postroom.store.Resolution.NotHere;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What VRFY and EXPN tell those who have signed in (RFC 5321 §3.5). Others hear 252 and learn
/// nothing (TRAPS T19).
final class Inquiry {

    private final Directory directory;

    Inquiry(Directory directory) {
        this.directory = directory;
    }

    /// @param who an address, or a local part at any domain of ours
    /// @throws Refusal 550 for nobody, 553 for more than one (RFC 5321 §3.5.1)
    Reply vrfy(String who) throws Refusal {
        var found = new LinkedHashSet<String>();
        for (var candidate : candidates(who))
            switch (directory.resolve(candidate)) {
                case Local(_, var name, _) -> found.add(name.toString());
                case Alias(_, _) -> found.add(candidate.toString());
                case Members(var list, _, _) -> found.add(list.name().toString());
                case Moved(var to, var forwards) -> {
                    if (!forwards) throw new Refusal(Reply.moved(to.toString()));
                    return Reply.forwarding(to.toString()); // RFC 5321 §3.5.3
                }
                case NotHere() -> {
                    return Reply.WILL_TRY;
                }
                case NoSuchUser() -> {}
            }
        if (found.isEmpty()) throw new Refusal(Reply.NO_SUCH_USER);
        if (found.size() > 1) throw new Refusal(Reply.ambiguous(found));
        return Reply.addresses(found);
    }

    /// Tells a list's members to its members, its owner and to administrators; others who have signed in learn
    /// no more than a stranger, not even whether there is such a list (TRAPS T19).
    ///
    /// @throws Refusal 550 when no list has the name, to an administrator
    Reply expn(String list, Admitted who) throws Refusal {
        boolean administrator =
                directory.entry(who.account()).map(Directory.Entry::administrator).orElse(false);
        for (var candidate : candidates(list))
            switch (directory.resolve(candidate)) {
                case Alias(var here, var elsewhere) -> {
                    if (administrator || isAmong(here, who)) return members(here, elsewhere);
                }
                case Members(var members, var here, var elsewhere) -> {
                    if (administrator
                            || isAmong(here, who)
                            || directory.isOwner(members, who.account()))
                        return members(here, elsewhere);
                }
                case Local _, Moved _, NotHere _, NoSuchUser _ -> {}
            }
        if (administrator) throw new Refusal(Reply.NO_SUCH_LIST);
        return Reply.WILL_TRY;
    }

    private static boolean isAmong(List<Local> here, Admitted who) {
        return here.stream().anyMatch(member -> member.account().equals(who.account()));
    }

    private static Reply members(List<Local> here, List<Addressee> elsewhere) {
        var members = new ArrayList<String>();
        for (var member : here) members.add(member.name().toString());
        for (var member : elsewhere) members.add(member.toString());
        if (members.isEmpty()) return Reply.NO_MEMBERS;
        return Reply.addresses(members);
    }

    private List<Addressee> candidates(String who) throws Refusal {
        try {
            if (who.indexOf('@') >= 0) {
                var address = Grammar.address(who);
                return List.of(Addressee.of(address.localPart(), address.domain()));
            }
            var candidates = new ArrayList<Addressee>();
            for (var domain : directory.domains()) candidates.add(Addressee.of(who, domain));
            return candidates;
        } catch (Refused noAddress) {
            throw new Refusal(Reply.NO_SUCH_USER);
        }
    }
}
