package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

final class EntryTest {

    private static final Entry FILE =
            new Entry(
                    Entry.Kind.FILE,
                    " two words; 250 ok ",
                    OptionalLong.of(1 << 20),
                    Optional.of(Instant.parse("2026-02-28T23:59:59Z")),
                    Optional.of("adfrw"),
                    Optional.of("2a"));

    @Test
    void whatIsPrintedIsReadAsItWas() {
        assertThat(Entry.parse(FILE.mlsx(EnumSet.allOf(Fact.class)))).isEqualTo(FILE);
        assertThat(Entry.parse(FILE.mlsx(Set.of()))).isEqualTo(Entry.named(FILE.path()));
        assertThat(FILE.mlsx(Set.of())).isEqualTo(" " + FILE.path()); // RFC 3659 §7.9
    }

    @Test
    void onlyTheFactsThatWereAskedForAreTold() {
        assertThat(FILE.mlsx(Set.of(Fact.SIZE, Fact.TYPE)))
                .isEqualTo("type=file;size=1048576; " + FILE.path());
    }

    @Test
    void theExamplesOfTheRfcAreRead() { // RFC 3659 §7.7.4, §7.7.5, §7.7.8
        assertThat(Entry.parse("Type=dir;Perm=;Unique=keVO1+1t2; no-exec").isDirectory()).isTrue();
        assertThat(Entry.parse("Type=OS.unix=slink:/foobar;Perm=; foobar").kind())
                .isEqualTo(Entry.Kind.OTHER);
        assertThat(Entry.parse("Type=file;Modify=19990929003355.237; file1").modified())
                .contains(Instant.parse("1999-09-29T00:33:55.237Z"));
        assertThat(Entry.parse("type=FILE;Unique=1;  x").path()).isEqualTo(" x");
    }

    @Test
    void nonsenseIsLeftOut() {
        var entry = Entry.parse("size=99999999999999999999;modify=20261399999999;=;x;;perm name");
        assertThat(entry).isEqualTo(Entry.named("name"));
        assertThat(Entry.parse("")).isEqualTo(Entry.named(""));
    }

    @Test
    void listLooksLikeLs() {
        assertThat(FILE.list(Instant.parse("2026-03-01T00:00:00Z")))
                .isEqualTo("-rw------- 1 ftp ftp      1048576 Feb 28 23:59 " + FILE.path());
        assertThat(FILE.list(Instant.parse("2027-03-01T00:00:00Z")))
                .isEqualTo("-rw------- 1 ftp ftp      1048576 Feb 28  2026 " + FILE.path());
    }
}
