package org.postroom.ftp;

import org.postroom.wire.Secret;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a client can say. A command that exists is well-formed; a path in it is legal UTF-8 without
/// NUL, CR and LF, as it came.
public sealed interface Command {

    record User(String name) implements Command {}

    record Pass(Secret password) implements Command {}

    record Cwd(String path) implements Command {}

    record Cdup() implements Command {}

    record Quit() implements Command {}

    /// @param address an IPv4 address
    record Port(InetSocketAddress address) implements Command {}

    record Pasv() implements Command {}

    record SetType(Type type) implements Command {}

    record SetStructure(Structure structure) implements Command {}

    record SetMode(Mode mode) implements Command {}

    record Retr(String path) implements Command {}

    record Stor(String path) implements Command {}

    record Appe(String path) implements Command {}

    /// @param size in octets
    /// @param largest record or page, in octets
    record Allo(long size, OptionalLong largest) implements Command {}

    /// @param offset in octets as they are transferred
    record Rest(long offset) implements Command {}

    record Rnfr(String path) implements Command {}

    record Rnto(String path) implements Command {}

    record Abor() implements Command {}

    record Dele(String path) implements Command {}

    record Rmd(String path) implements Command {}

    record Mkd(String path) implements Command {}

    record Pwd() implements Command {}

    record List(Optional<String> path) implements Command {}

    record Nlst(Optional<String> path) implements Command {}

    record Syst() implements Command {}

    record Stat(Optional<String> path) implements Command {}

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

    record Eprt(InetSocketAddress address) implements Command {}

    record Epsv(Optional<Net> net) implements Command {}

    record EpsvAll() implements Command {}

    record Mdtm(String path) implements Command {}

    record Size(String path) implements Command {}

    record Mlst(Optional<String> path) implements Command {}

    record Mlsd(Optional<String> path) implements Command {}
}
