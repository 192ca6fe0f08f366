package org.postroom.names;

import org.postroom.wire.Fault;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a [NameServer] knows: records, from the text of a zone file (RFC 1035 §5.1). It holds for all
/// names; whatever is not in it does not exist. Some names may be made to fail, for tests.
public final class Zone {

    private static final long NEGATIVE_TTL = 5;
    private static final int MOST_ALIASES = 8;

    private final Map<Name, List<Record>> records;
    private final Set<Name> names;
    private final Set<Name> failing;
    private final Set<Name> silent;
    private final Optional<Signatures> signatures;

    private Zone(
            Map<Name, List<Record>> records,
            Set<Name> failing,
            Set<Name> silent,
            Optional<Signatures> signatures) {
        this.records = records;
        this.names = existing(records.keySet());
        this.failing = failing;
        this.silent = silent;
        this.signatures = signatures;
    }

    /// Reads a zone file: one record a line, names relative to the root, a minute to live unless
    /// `$TTL` or the record says otherwise.
    ///
    /// ```
    /// example.test     MX 10 mx.example.test
    /// mx.example.test  A  127.0.0.2
    /// ```
    ///
    /// @throws Fault when the text is no zone file
    public static Zone of(String text) {
        var records = new HashMap<Name, List<Record>>();
        byte[] octets = ("$TTL 60\n" + text).getBytes(StandardCharsets.UTF_8);
        try (var master = new Master(new ByteArrayInputStream(octets), Name.root, 60)) {
            for (var record = master.nextRecord(); record != null; record = master.nextRecord())
                records.merge(record.getName(), List.of(record), Zone::joined);
        } catch (IOException e) {
            throw new Fault("reading a zone", e);
        }
        return new Zone(records, Set.of(), Set.of(), Optional.empty());
    }

    /// The same, but questions about this name are answered with SERVFAIL.
    public Zone failing(String name) {
        return new Zone(records, with(failing, name), silent, signatures);
    }

    /// The same, but questions about this name are not answered.
    public Zone silent(String name) {
        return new Zone(records, failing, with(silent, name), signatures);
    }

    /// The same, signed by a key of its own ([#anchor]), but for these domains and what is below them.
    public Zone signed(String... unsigned) {
        var without = new HashSet<Name>();
        for (var domain : unsigned) without.add(name(domain));
        return new Zone(
                records, failing, silent, Optional.of(new Signatures(records.keySet(), without)));
    }

    /// The same, but what is signed about this name is forged.
    public Zone forged(String name) {
        signatures.orElseThrow().spoil(name(name));
        return this;
    }

    /// What [Resolver#trusting] needs to believe in the signatures.
    public String anchor() {
        return signatures.orElseThrow().anchor();
    }

    /// The answer to a question; nothing where there is to be none.
    Optional<Message> answer(Message question) {
        var asked = question.getQuestion();
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        if (asked == null) {
            answer.getHeader().setRcode(Rcode.FORMERR);
            return Optional.of(answer);
        }
        if (silent.contains(asked.getName())) return Optional.empty();
        if (question.getHeader().getFlag(Flags.RD)) answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA); // a stub resolver asks none that would not recurse
        answer.addRecord(asked, Section.QUESTION);
        if (failing.contains(asked.getName())) answer.getHeader().setRcode(Rcode.SERVFAIL);
        else {
            fill(answer, asked.getName(), asked.getType());
            signatures.ifPresent(it -> it.on(answer, records));
        }
        return Optional.of(answer);
    }

    // RFC 1034 §4.3.2: an alias is followed, and its target answered for
    private void fill(Message answer, Name name, int type) {
        var own = signatures.flatMap(it -> it.own(name, type));
        if (own.isPresent()) {
            answer.addRecord(own.get(), Section.ANSWER);
            return;
        }
        var at = name;
        for (int i = 0; i < MOST_ALIASES; i++) {
            var here = records.getOrDefault(at, List.of());
            var found =
                    here.stream()
                            .filter(record -> type == Type.ANY || record.getType() == type)
                            .toList();
            for (var record : found) answer.addRecord(record, Section.ANSWER);
            if (!found.isEmpty()) return;
            var alias =
                    here.stream()
                            .filter(CNAMERecord.class::isInstance)
                            .map(CNAMERecord.class::cast)
                            .findFirst();
            if (alias.isEmpty()) {
                none(answer, at);
                return;
            }
            answer.addRecord(alias.get(), Section.ANSWER);
            at = alias.get().getTarget();
        }
    }

    // RFC 2308 §2: with the SOA, so that the resolver knows how long to believe it
    private void none(Message answer, Name name) {
        if (!names.contains(name)) answer.getHeader().setRcode(Rcode.NXDOMAIN);
        answer.addRecord(
                new SOARecord(
                        Name.root,
                        DClass.IN,
                        NEGATIVE_TTL,
                        Name.root,
                        Name.root,
                        1,
                        3600,
                        600,
                        86400,
                        NEGATIVE_TTL),
                Section.AUTHORITY);
    }

    /// A name exists also by what stands below it (RFC 8020 §2).
    private static Set<Name> existing(Set<Name> named) {
        var all = new HashSet<Name>();
        for (var name : named)
            for (int labels = 0; labels < name.labels(); labels++) all.add(new Name(name, labels));
        return all;
    }

    private static List<Record> joined(List<Record> some, List<Record> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Set<Name> with(Set<Name> names, String name) {
        var more = new HashSet<>(names);
        more.add(name(name));
        return more;
    }

    private static Name name(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
