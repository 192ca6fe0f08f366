package org.postroom.control;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.postroom.wire.Secret;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an administrator can order. Over the control socket an order is one line of JSON, its name in
/// the member `order`.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "order")
public sealed interface Order {

    /// Needs the store only, so it is carried out whether a server runs or not.
    sealed interface OfStore extends Order {

        /// Whether it changes something, so that a home which is not there yet is made for it.
        default boolean makesHome() {
            return switch (this) {
                case AccountAdd _,
                        AccountInvite _,
                        DomainAdd _,
                        AliasAdd _,
                        ListAdd _,
                        MovedAdd _ ->
                        true;
                case AccountList _,
                        AccountPasswd _,
                        AccountRemove _,
                        AccountAppoint _,
                        AccountQuota _,
                        AccountLetters _,
                        AppPasswordAdd _,
                        AppPasswordList _,
                        AppPasswordRevoke _,
                        TotpAdd _,
                        TotpRemove _,
                        WebSessionList _,
                        WebSessionEnd _,
                        AccountPending _,
                        AccountApprove _,
                        AccountRefuse _,
                        DomainList _,
                        DomainRemove _,
                        AliasList _,
                        AliasRemove _,
                        ListShow _,
                        ListJoin _,
                        ListLeave _,
                        ListRemove _,
                        MovedList _,
                        MovedRemove _,
                        JourneyOf _,
                        QueueList _,
                        QueueShow _,
                        QueueRetry _,
                        QueueHold _,
                        QueueRelease _,
                        QueueRemove _,
                        Restore _,
                        Import _,
                        OfFiles _,
                        Check _,
                        Sweep _ ->
                        false;
            };
        }
    }

    /// Is about the files of an account.
    sealed interface OfFiles extends OfStore {
        /// `account:/path`
        String place();
    }

    /// Is about a server that runs.
    sealed interface OfServer extends Order {}

    record AccountAdd(String address, Secret password) implements OfStore {}

    record AccountList() implements OfStore {}

    record AccountPasswd(String address, Secret password) implements OfStore {}

    record AccountRemove(String address) implements OfStore {}

    record AccountAppoint(String address) implements OfStore {}

    /// @param octets 0 for no limit; nothing for the server's own
    record AccountQuota(String address, Optional<Long> octets) implements OfStore {}

    /// @param from `imaps://user@host`
    record Import(String from, String address, Secret password) implements OfStore {}

    /// @param within how long ago at most
    record Restore(String address, Duration within) implements OfStore {}

    /// @param most 0 for no limit
    record AccountLetters(String address, long most) implements OfStore {}

    record AppPasswordAdd(String address, String label) implements OfStore {}

    record AppPasswordList(String address) implements OfStore {}

    /// @param number as the list of them shows it
    record AppPasswordRevoke(String address, String number) implements OfStore {}

    record TotpAdd(String address) implements OfStore {}

    record TotpRemove(String address) implements OfStore {}

    record WebSessionList(String address) implements OfStore {}

    /// @param number nothing for all
    record WebSessionEnd(String address, Optional<String> number) implements OfStore {}

    /// @param life how long the link serves
    record AccountInvite(String address, Duration life) implements OfStore {}

    record AccountPending() implements OfStore {}

    record AccountApprove(String address) implements OfStore {}

    record AccountRefuse(String address) implements OfStore {}

    /// @param of the domain that it is to be another name for, if it is not to be one of its own
    record DomainAdd(String domain, Optional<String> of) implements OfStore {}

    record DomainList() implements OfStore {}

    record DomainRemove(String domain) implements OfStore {}

    record AliasAdd(String alias, List<String> members) implements OfStore {
        public AliasAdd {
            members = List.copyOf(members);
        }
    }

    record AliasList() implements OfStore {}

    record AliasRemove(String alias) implements OfStore {}

    /// @param owner who answers for the list
    /// @param title what it is about
    record ListAdd(
            String list, String owner, boolean membersOnly, String title, List<String> members)
            implements OfStore {
        public ListAdd {
            members = List.copyOf(members);
        }
    }

    record ListShow() implements OfStore {}

    record ListJoin(String list, List<String> members) implements OfStore {
        public ListJoin {
            members = List.copyOf(members);
        }
    }

    record ListLeave(String list, List<String> members) implements OfStore {
        public ListLeave {
            members = List.copyOf(members);
        }
    }

    record ListRemove(String list) implements OfStore {}

    /// @param forwards whether letters follow
    record MovedAdd(String address, String to, boolean forwards) implements OfStore {}

    record MovedList() implements OfStore {}

    record MovedRemove(String address) implements OfStore {}

    /// @param name a Message-ID, or what a letter was accepted as
    record JourneyOf(String name) implements OfStore {}

    /// The letters that wait, a thousand at most.
    record QueueList() implements OfStore {}

    /// @param id as the list shows it
    record QueueShow(String id) implements OfStore {}

    /// @param what a letter's id, a domain, or `all`
    record QueueRetry(String what) implements OfStore {}

    record QueueHold(String id) implements OfStore {}

    record QueueRelease(String id) implements OfStore {}

    record QueueRemove(String id) implements OfStore {}

    record FilesLs(String place) implements OfFiles {}

    /// @param recursive a directory with all in it
    record FilesRm(String place, boolean recursive) implements OfFiles {}

    record FilesDu(String place) implements OfFiles {}

    record FilesVersions(String place) implements OfFiles {}

    /// @param replaced as the list of versions shows it; nothing for the latest
    record FilesRestore(String place, Optional<Instant> replaced) implements OfFiles {}

    /// @param file an absolute path of the machine that the store is on
    record FilesPut(String place, String file) implements OfFiles {}

    /// @param file an absolute path of the machine that the store is on
    record FilesGet(String place, String file) implements OfFiles {}

    /// @param folder an absolute path of the machine that the store is on
    record FilesImport(String place, String folder) implements OfFiles {}

    /// @param folder an absolute path of the machine that the store is on
    record FilesExport(String place, String folder) implements OfFiles {}

    record Check() implements OfStore {}

    /// @param olderThan what is younger stays
    record Sweep(Duration olderThan) implements OfStore {}

    record Status() implements OfServer {}

    record Reload() implements OfServer {}

    /// @param files those of FTP alone
    record SessionList(boolean files) implements OfServer {}

    /// @param id as the list shows it
    record SessionEnd(String id) implements OfServer {}

    record Stop() implements OfServer {}

    /// @param host where letters of ours wait; `all` for each that the configuration names
    record QueueFetch(String host) implements OfServer {}

    /// @param protocol as a listener is called; nothing for all
    /// @param time how long to listen
    record Tap(Optional<String> protocol, Duration time) implements OfServer {}
}
