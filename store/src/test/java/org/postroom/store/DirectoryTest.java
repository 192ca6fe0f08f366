package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;
import org.postroom.store.Resolution.Alias;
import org.postroom.store.Resolution.Local;
import org.postroom.store.Resolution.Members;
import org.postroom.store.Resolution.Moved;
import org.postroom.store.Resolution.NoSuchUser;
import org.postroom.store.Resolution.NotHere;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class DirectoryTest {

    @TempDir Path folder;

    private static Addressee name(String address) throws Refused {
        return Addressee.of(address);
    }

    @Test
    void anAddressHasOneForm() throws Exception {
        assertThat(name("Bob@EXAMPLE.test.")).isEqualTo(name("bob@example.test"));
        assertThat(name("Ju\u0308rgen@M\u00fcller.test"))
                .isEqualTo(name("j\u00fcrgen@xn--mller-kva.test"));
        assertThat(name("STRASSE@x.test")).isEqualTo(name("stra\u00dfe@x.test"));
        assertThat(name("j@xn--mller-kva.test").shown()).isEqualTo("j@m\u00fcller.test");
        assertThat(name("a@b@x.test").localPart()).isEqualTo("a@b");
        for (var bad :
                List.of(
                        "bob",
                        "@x.test",
                        "bob@",
                        "bob@a..b",
                        "b\0b@x.test",
                        "bob@-\u2028.test",
                        "bob@x y")) MessagesTest.refused(Reason.BAD_ADDRESS, () -> name(bad));
    }

    @ParameterizedTest
    @EnumSource
    void anAddressLeadsToItsAccount(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("example.test");
            var bob = directory.add(name("bob@example.test"));
            var tagged = directory.add(name("bob+lists@example.test"));
            var local = new Local(bob, name("bob@example.test"), "");
            assertThat(directory.resolve(name("BOB@Example.Test"))).isEqualTo(local);
            assertThat(directory.resolve(name("bob+tea@example.test")))
                    .isEqualTo(new Local(bob, name("bob@example.test"), "tea"));
            assertThat(directory.resolve(name("bob+lists@example.test")))
                    .isEqualTo(new Local(tagged, name("bob+lists@example.test"), ""));
            assertThat(directory.resolve(name("eve@example.test"))).isEqualTo(new NoSuchUser());
            assertThat(directory.resolve(name("bob@example.net"))).isEqualTo(new NotHere());
            assertThat(directory.find(name("bob@example.test"))).contains(bob);
            assertThat(directory.find(name("bob+tea@example.test"))).isEmpty();
            MessagesTest.refused(
                    Reason.ACCOUNT_EXISTS, () -> directory.add(name("Bob@example.test")));
            MessagesTest.refused(
                    Reason.NO_SUCH_DOMAIN, () -> directory.add(name("bob@example.net")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePostmasterIsTheAdministrator(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("example.test");
            directory.addDomain("example.net");
            assertThat(directory.postmaster()).isEqualTo(new NoSuchUser());
            var admin = directory.add(name("root@example.test"));
            directory.appoint(admin);
            var local = new Local(admin, name("root@example.test"), "");
            assertThat(directory.postmaster()).isEqualTo(local);
            assertThat(directory.resolve(name("Postmaster@example.net"))).isEqualTo(local);
            assertThat(directory.entry(admin).orElseThrow().administrator()).isTrue();
            var own = directory.add(name("postmaster@example.net"));
            assertThat(directory.resolve(name("postmaster@example.net")))
                    .isEqualTo(new Local(own, name("postmaster@example.net"), ""));
            directory.remove(name("root@example.test"));
            assertThat(directory.postmaster()).isEqualTo(new NoSuchUser());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aliasesAreFollowedAndRingsEnd(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("example.test");
            var bob = directory.add(name("bob@example.test"));
            var far = name("carol@example.net");
            directory.setAlias(
                    name("all@example.test"),
                    List.of(name("team@example.test"), name("bob@example.test"), far));
            directory.setAlias(
                    name("team@example.test"),
                    List.of(
                            name("all@example.test"),
                            name("bob@example.test"),
                            name("gone@example.test")));
            assertThat(directory.resolve(name("all@example.test")))
                    .isEqualTo(
                            new Alias(
                                    List.of(new Local(bob, name("bob@example.test"), "")),
                                    List.of(far)));
            directory.setAlias(name("void@example.test"), List.of(name("gone@example.test")));
            assertThat(directory.resolve(name("void@example.test"))).isEqualTo(new NoSuchUser());
            MessagesTest.refused(
                    Reason.ACCOUNT_EXISTS,
                    () -> directory.setAlias(name("bob@example.test"), List.of(far)));
            MessagesTest.refused(
                    Reason.ACCOUNT_EXISTS, () -> directory.add(name("all@example.test")));
            assertThat(directory.aliases()).hasSize(3);
            directory.removeAlias(name("all@example.test"));
            MessagesTest.refused(
                    Reason.NO_SUCH_ALIAS, () -> directory.removeAlias(name("all@example.test")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListHasMembersAnOwnerAndAWayToBoth(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("example.test");
            var bob = directory.add(name("bob@example.test"));
            var ann = directory.add(name("ann@example.test"));
            var far = name("carol@example.net");
            var staff = name("staff@example.test");
            var list =
                    new MailingList(
                            staff, name("ann@example.test"), true, "Who works here", List.of(far));
            directory.setList(list);
            // named twice, once through an alias: one copy
            directory.setAlias(name("both@example.test"), List.of(name("bob@example.test"), staff));
            directory.changeList(
                    staff, List.of(name("bob@example.test"), name("both@example.test")), List.of());
            var whole =
                    list.withMembers(
                            List.of(far, name("bob@example.test"), name("both@example.test")));
            assertThat(directory.lists()).containsExactly(whole);
            assertThat(directory.resolve(name("Staff+x@example.test")))
                    .isEqualTo(
                            new Members(
                                    whole,
                                    List.of(new Local(bob, name("bob@example.test"), "")),
                                    List.of(far)));
            for (var role : List.of("staff-owner@example.test", "staff-request@example.test"))
                assertThat(directory.resolve(name(role)))
                        .isEqualTo(
                                new Alias(
                                        List.of(new Local(ann, name("ann@example.test"), "")),
                                        List.of()));
            assertThat(directory.resolve(name("other-owner@example.test")))
                    .isEqualTo(new NoSuchUser());
            assertThat(directory.isOwner(whole, ann)).isTrue();
            assertThat(directory.isOwner(whole, bob)).isFalse();
            for (var writer : List.of(far, name("bob@example.test"), name("ann@example.test")))
                assertThat(directory.mayWrite(whole, Optional.of(writer))).isTrue();
            assertThat(directory.mayWrite(whole, Optional.of(name("eve@example.net")))).isFalse();
            assertThat(directory.mayWrite(whole, Optional.empty())).isFalse();

            directory.changeList(staff, List.of(), List.of(far, name("bob@example.test")));
            MessagesTest.refused(Reason.ACCOUNT_EXISTS, () -> directory.add(staff));
            MessagesTest.refused(
                    Reason.ACCOUNT_EXISTS, () -> directory.setAlias(staff, List.of(far)));
            MessagesTest.refused(
                    Reason.DOMAIN_IN_USE, () -> directory.removeDomain("example.test"));
            directory.removeList(staff);
            MessagesTest.refused(Reason.NO_SUCH_LIST, () -> directory.removeList(staff));
            MessagesTest.refused(
                    Reason.NO_SUCH_LIST,
                    () -> directory.changeList(staff, List.of(far), List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasMovedIsFollowedOrNot(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("example.test");
            var bob = directory.add(name("bob@example.test"));
            var from = name("bob@example.test");
            var to = name("bob@example.net");
            directory.move(new Directory.Move(from, to, false));
            assertThat(directory.resolve(name("bob+tea@example.test")))
                    .isEqualTo(new Moved(to, false));
            assertThat(directory.find(from)).as("it is still there to be read").contains(bob);
            directory.setAlias(name("all@example.test"), List.of(from));
            assertThat(directory.resolve(name("all@example.test"))).isEqualTo(new NoSuchUser());
            directory.move(new Directory.Move(from, to, true));
            assertThat(directory.resolve(name("all@example.test")))
                    .isEqualTo(new Alias(List.of(), List.of(to)));
            assertThat(directory.moves()).containsExactly(new Directory.Move(from, to, true));
            MessagesTest.refused(
                    Reason.BAD_ADDRESS, () -> directory.move(new Directory.Move(from, from, true)));
            directory.removeMove(from);
            assertThat(directory.resolve(from)).isEqualTo(new Local(bob, from, ""));
            MessagesTest.refused(Reason.NO_SUCH_MOVE, () -> directory.removeMove(from));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDomainHasSecondNamesAndACatchAll(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("example.test");
            directory.addDomain("example.net", "example.test");
            var bob = directory.add(name("bob@example.test"));
            var admin = directory.add(name("root@example.test"));
            directory.appoint(admin);
            var local = new Local(bob, name("bob@example.test"), "");
            assertThat(directory.resolve(name("bob@example.net"))).isEqualTo(local);
            assertThat(directory.find(name("bob@example.net"))).contains(bob);
            directory.setAlias(name("*@example.test"), List.of(name("bob@example.test")));
            assertThat(directory.resolve(name("anybody@example.net")))
                    .isEqualTo(new Alias(List.of(local), List.of()));
            for (var role : List.of("postmaster@example.net", "abuse@example.test"))
                assertThat(directory.resolve(name(role)))
                        .as("before the catch-all")
                        .isEqualTo(new Local(admin, name("root@example.test"), ""));
            assertThat(directory.domains()).containsExactly("example.test");
            assertThat(directory.domainAliases())
                    .containsExactly(entry("example.net", "example.test"));
            MessagesTest.refused(
                    Reason.NO_SUCH_DOMAIN, () -> directory.add(name("new@example.net")));
            MessagesTest.refused(
                    Reason.NO_SUCH_DOMAIN, () -> directory.addDomain("example.org", "example.net"));
            directory.removeDomain("example.net");
            assertThat(directory.resolve(name("bob@example.net"))).isEqualTo(new NotHere());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDomainStaysWhileItIsUsed(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var directory = store.directory();
            directory.addDomain("M\u00fcller.test");
            assertThat(directory.domains()).containsExactly("xn--mller-kva.test");
            MessagesTest.refused(
                    Reason.DOMAIN_EXISTS, () -> directory.addDomain("m\u00dcller.test"));
            directory.add(name("bob@m\u00fcller.test"));
            MessagesTest.refused(
                    Reason.DOMAIN_IN_USE, () -> directory.removeDomain("m\u00fcller.test"));
            directory.remove(name("bob@m\u00fcller.test"));
            directory.removeDomain("m\u00fcller.test");
            assertThat(directory.domains()).isEmpty();
            MessagesTest.refused(
                    Reason.NO_SUCH_DOMAIN, () -> directory.removeDomain("m\u00fcller.test"));
        }
    }

    @Test
    void anAccountIsNotSweptBetweenItsRowsAndItsName() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var id = store.bear();
            store.sweep(java.time.Duration.ZERO);
            assertThat(store.partitions()).containsExactly(id);
            store.born(id);
            store.sweep(java.time.Duration.ZERO);
            assertThat(store.partitions()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRemovedAccountRefusesAtOnceAndIsSwept(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var id = account.id();
            Place.append(store, account, Place.text("Tea", 1000));
            try (var following = store.watch().follow(id)) {
                store.directory().remove(name("bob@example.test"));
                assertThat(following.take(java.time.Duration.ofMinutes(1)).isEmpty()).isFalse();
                assertThat(account.isRemoved()).isTrue();
            }
            assertThat(store.directory().accounts()).isEmpty();
            assertThat(store.check().sound()).isTrue();
            // at once, not when it is swept
            MessagesTest.refused(Reason.NO_SUCH_ACCOUNT, () -> store.account(id));
            MessagesTest.refused(
                    Reason.NO_SUCH_ACCOUNT,
                    () -> Place.append(store, account, Place.text("Late", 100)));
            MessagesTest.refused(Reason.NO_SUCH_ACCOUNT, () -> account.create("Late", null));
            store.sweep(java.time.Duration.ZERO);
            MessagesTest.refused(Reason.NO_SUCH_ACCOUNT, () -> store.account(id));
            MessagesTest.refused(Reason.NO_SUCH_ACCOUNT, () -> account.create("Late", null));
            var report = store.check();
            assertThat(report.findings()).isEmpty();
            assertThat(report.blobs()).isZero();
        }
    }
}
