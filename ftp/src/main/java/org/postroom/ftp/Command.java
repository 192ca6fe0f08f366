package org.postroom.ftp;

import org.postroom.wire.Secret;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a client can say. A command that exists is well-formed; a path in it is legal UTF-8 without
/// NUL, CR and LF, as it came.
public sealed interface Command {

    /// What asks for somebody who is signed in.
    sealed interface ForVisitor extends Command {}

    /// How transfers are to be.
    sealed interface ForParameters extends ForVisitor {}

    /// Transfers, and what the next is to be.
    sealed interface ForTransfer extends ForVisitor {}

    /// What files and directories are called, and that there are any.
    sealed interface ForNames extends ForVisitor {}

    /// What is known of files.
    sealed interface ForFacts extends ForVisitor {}

    record User(String name) implements Command {}

    record Pass(Secret password) implements Command {}

    /// @param information here a one-time code
    record Acct(Secret information) implements Command {}

    record Cwd(String path) implements ForNames {}

    record Cdup() implements ForNames {}

    record Quit() implements Command {}

    /// @param address an IPv4 address
    record Port(InetSocketAddress address) implements ForParameters {}

    record Pasv() implements ForParameters {}

    record SetType(Type type) implements ForParameters {}

    record SetStructure(Structure structure) implements ForParameters {}

    record SetMode(Mode mode) implements ForParameters {}

    record Retr(String path) implements ForTransfer {}

    record Stor(String path) implements ForTransfer {}

    record Appe(String path) implements ForTransfer {}

    /// @param size in octets
    /// @param largest record or page, in octets
    record Allo(long size, OptionalLong largest) implements ForTransfer {}

    /// @param marker printable: an offset in stream mode, else what the server called the place
    record Rest(String marker) implements ForTransfer {}

    record Rnfr(String path) implements ForNames {}

    record Rnto(String path) implements ForNames {}

    record Abor() implements Command {}

    record Dele(String path) implements ForNames {}

    record Rmd(String path) implements ForNames {}

    record Mkd(String path) implements ForNames {}

    record Pwd() implements ForNames {}

    record List(Optional<String> path) implements ForTransfer {}

    record Nlst(Optional<String> path) implements ForTransfer {}

    record Syst() implements Command {}

    record Stat(Optional<String> path) implements ForFacts {}

    record Help(Optional<String> topic) implements Command {}

    record Noop() implements Command {}

    /// AUTH TLS: no other mechanism is known here.
    record Auth() implements Command {}

    /// @param size at most 2^32-1 octets; TLS needs none
    record Pbsz(long size) implements Command {}

    record Prot(Protection level) implements Command {}

    record Feat() implements Command {}

    /// OPTS MLST: which facts to send; those that nobody knows here are left out.
    record OptsMlst(Set<Fact> facts) implements Command {
        public OptsMlst {
            facts = Set.copyOf(facts);
        }
    }

    /// OPTS UTF8 ON ([Tolerance#OPTS_UTF8]).
    record OptsUtf8() implements Command {}

    record Eprt(InetSocketAddress address) implements ForParameters {}

    record Epsv(Optional<Net> net) implements ForParameters {}

    record EpsvAll() implements ForParameters {}

    record Mdtm(String path) implements ForFacts {}

    record Size(String path) implements ForFacts {}

    record Mlst(Optional<String> path) implements ForFacts {}

    record Mlsd(Optional<String> path) implements ForTransfer {}

    /// RFC 959 §4.1.1: all anew but the connection.
    record Rein() implements Command {}

    /// A name of the server's own choice.
    record Stou() implements ForTransfer {}

    /// A language of RFC 5646, or whatever the server likes best.
    record Lang(Optional<String> tag) implements Command {}

    record Host(String name) implements Command {}

    record Hash(String path) implements ForFacts {}

    /// OPTS HASH: which algorithm, or the question which.
    record OptsHash(Optional<Digest> digest) implements Command {}

    /// What the next transfer or HASH is of: both ends belong to it.
    record Rang(long start, long end) implements ForTransfer {}

    /// XCRC, XMD5, XSHA1, XSHA256 and XSHA512.
    ///
    /// @param start the first octet
    /// @param end the one behind the last, or none for the file's end
    record Checksum(Digest digest, String path, long start, OptionalLong end) implements ForFacts {}

    record Mfmt(Instant modified, String path) implements ForFacts {}

    /// The one fact that can be changed is `modify`.
    record Mff(Instant modified, String path) implements ForFacts {}

    record Avbl(Optional<String> path) implements ForFacts {}

    record Dsiz(Optional<String> path) implements ForFacts {}

    record Rmda(String path) implements ForNames {}

    record Comb(String target, java.util.List<String> sources) implements ForNames {
        public Comb {
            sources = java.util.List.copyOf(sources);
        }
    }

    /// CSID and CLNT: what the client calls itself.
    ///
    /// @param answered whether it wants to hear what the server calls itself (CSID)
    record Introduction(String client, boolean answered) implements Command {}

    record SiteHelp() implements ForFacts {}

    record SiteUtime(Instant modified, String path) implements ForFacts {}

    record SiteCpfr(String path) implements ForNames {}

    record SiteCpto(String path) implements ForNames {}

    /// What the file of that name was before.
    record SiteVersions(String path) implements ForFacts {}

    /// Brings back what the file of that name was.
    ///
    /// @param replaced when it was replaced or removed, as SITE VERSIONS told
    record SiteRestore(Instant replaced, String path) implements ForNames {}
}
