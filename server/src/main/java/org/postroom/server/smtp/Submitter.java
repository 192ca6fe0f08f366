package org.postroom.server.smtp;

import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.Source;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.server.Outbox;
import org.postroom.smtp.Command;
import org.postroom.smtp.Refusal;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.math.BigInteger;
import java.net.UnixDomainSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Letters handed in within the house: one transaction each, as if it had been said at the port of
/// submission by who has signed in there.
public final class Submitter implements Outbox {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final House house;

    public Submitter(House house) {
        this.house = house;
    }

    @Override
    public Sent send(Admitted who, Command.Mail mail, List<Command.Rcpt> to, Source letter)
            throws NotSent, Refusal {
        String server = house.settings().get().server().name();
        var caller = new Caller(server, true, Optional.of(who));
        var here = UnixDomainSocketAddress.of("");
        try (var transaction = new Transaction(house, here, mail, Manner.MAIL, caller);
                var draft = house.store().draft()) {
            name(transaction, to);
            transaction.ready();
            var accounts = new HashSet<String>();
            for (var recipient : transaction.recipients())
                for (var local : recipient.here()) accounts.add(local.name().toString());
            var check = new HeaderCheck(server, accounts, transaction.lists(), true);
            long most = house.settings().get().limits().message();
            var intake = new Intake(draft, most, false, fields -> withoutBcc(check, fields));
            copy(letter, intake);
            intake.finish();
            var stamp = Stamp.handedIn(id(), caller, server, mail);
            transaction.keep(draft.seal(), intake.isEightBit(), stamp, transaction.recipients());
            return new Sent(stamp.id());
        }
    }

    private static void name(Transaction transaction, List<Command.Rcpt> to) throws NotSent {
        Map<Command.Rcpt, Refusal> refused = new LinkedHashMap<>();
        for (var rcpt : to)
            try {
                transaction.rcpt(rcpt);
            } catch (Refusal refusal) {
                refused.put(rcpt, refusal);
            }
        if (!refused.isEmpty()) throw new NotSent(refused);
    }

    private static void copy(Source letter, Intake intake) throws Refusal {
        try (var in = letter.open()) {
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                intake.write(buffer, 0, n);
                intake.demandRight();
            }
        } catch (IOException e) {
            throw new Fault("handing a letter in", e);
        }
    }

    // RFC 5322 §3.6.3: nobody sees who got it blind
    private static Intake.Changes withoutBcc(HeaderCheck check, Fields fields) throws Refusal {
        var changes = check.of(fields);
        var without = new ArrayList<>(changes.without());
        without.addAll(fields.all("Bcc"));
        without.sort(Comparator.comparingInt(Field::offset));
        return new Intake.Changes(changes.before(), without);
    }

    private static String id() {
        return new BigInteger(80, RANDOM).toString(36);
    }
}
