package org.postroom.names;

import org.postroom.wire.Fault;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Signs what a [Zone] answers, as one zone at the root that a key made for this run signs
/// (RFC 4034, RFC 4035 §3.1). Domains below which nothing is signed are delegations that it vouches to
/// be so; names whose signatures are spoilt are there for tests.
final class Signatures {

    private static final int ALGORITHM = DNSSEC.Algorithm.ECDSAP256SHA256;
    private static final Duration BEFORE = Duration.ofHours(1);
    private static final Duration AFTER = Duration.ofDays(2);

    private final KeyPair keys;
    private final DNSKEYRecord key;
    private final Set<Name> unsigned;
    private final Set<Name> spoilt = new HashSet<>();
    private final NavigableSet<Name> names = new TreeSet<>(); // RFC 4034 §6.1: Name's own order

    /// @param all the names of the zone
    Signatures(Collection<Name> all, Set<Name> unsigned) {
        this.unsigned = unsigned;
        names.add(Name.root);
        for (var name : all) if (!isUnsigned(name)) names.add(name);
        names.addAll(unsigned);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1")); // what ALGORITHM takes
            keys = generator.generateKeyPair();
            int flags = DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY;
            key =
                    new DNSKEYRecord(
                            Name.root,
                            DClass.IN,
                            60,
                            flags,
                            DNSKEYRecord.Protocol.DNSSEC,
                            ALGORITHM,
                            keys.getPublic());
        } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
            throw new Fault("making a zone's key", e);
        }
    }

    /// The key that a resolver has to trust, in the form of a zone file.
    String anchor() {
        return key.toString();
    }

    void spoil(Name name) {
        spoilt.add(name);
    }

    /// What there is to be said of the zone itself.
    Optional<Record> own(Name name, int type) {
        return name.equals(Name.root) && type == Type.DNSKEY ? Optional.of(key) : Optional.empty();
    }

    private boolean isUnsigned(Name name) {
        return unsigned.stream().anyMatch(name::subdomain);
    }

    /// Adds signatures, and where there is nothing the proof of that.
    void on(Message answer, Map<Name, List<Record>> records) {
        var asked = answer.getQuestion();
        boolean nothing = answer.getSection(Section.ANSWER).isEmpty();
        boolean delegation = asked.getType() == Type.DS && unsigned.contains(asked.getName());
        if (isUnsigned(asked.getName()) && !delegation) return;
        if (nothing) deny(answer, asked.getName(), records);
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY})
            for (var set : answer.getSectionRRsets(section))
                if (!isUnsigned(set.getName()) || set.getType() == Type.NSEC)
                    answer.addRecord(signature(set), section);
    }

    // RFC 4035 §3.1.3.1, §3.1.3.2
    private void deny(Message answer, Name name, Map<Name, List<Record>> records) {
        var proof = new LinkedHashSet<Name>();
        proof.add(names.floor(name));
        if (answer.getRcode() == Rcode.NXDOMAIN) {
            var encloser = name;
            while (!exists(encloser)) encloser = new Name(encloser, 1);
            try {
                proof.add(names.floor(Name.concatenate(Name.fromConstantString("*"), encloser)));
            } catch (org.xbill.DNS.NameTooLongException e) {
                throw new Fault("denying a name", e);
            }
        }
        for (var owner : proof) answer.addRecord(next(owner, records), Section.AUTHORITY);
    }

    private boolean exists(Name name) {
        return names.stream().anyMatch(known -> known.subdomain(name));
    }

    // RFC 4034 §4.1
    private NSECRecord next(Name owner, Map<Name, List<Record>> records) {
        var after = names.higher(owner);
        var types = new TreeSet<>(List.of(Type.NSEC, Type.RRSIG));
        if (owner.equals(Name.root)) types.addAll(List.of(Type.SOA, Type.NS, Type.DNSKEY));
        if (unsigned.contains(owner)) types.add(Type.NS);
        else for (var record : records.getOrDefault(owner, List.of())) types.add(record.getType());
        return new NSECRecord(
                owner,
                DClass.IN,
                60,
                after == null ? Name.root : after,
                types.stream().mapToInt(Integer::intValue).toArray());
    }

    private RRSIGRecord signature(RRset set) {
        try {
            var now = Instant.now();
            var signed =
                    DNSSEC.sign(set, key, keys.getPrivate(), now.minus(BEFORE), now.plus(AFTER));
            if (!spoilt.contains(set.getName())) return signed;
            var octets = signed.getSignature().clone();
            octets[0] ^= 1;
            return new RRSIGRecord(
                    signed.getName(),
                    signed.getDClass(),
                    signed.getTTL(),
                    signed.getTypeCovered(),
                    signed.getAlgorithm(),
                    signed.getOrigTTL(),
                    signed.getExpire(),
                    signed.getTimeSigned(),
                    signed.getFootprint(),
                    signed.getSigner(),
                    octets);
        } catch (DNSSEC.DNSSECException e) {
            throw new Fault("signing a zone", e);
        }
    }
}
