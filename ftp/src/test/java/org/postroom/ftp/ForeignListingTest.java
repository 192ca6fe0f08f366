package org.postroom.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;

/// Listings of five systems, as they print them.
final class ForeignListingTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private static List<Entry> read(String listing) {
        var read = new ForeignListing(TODAY);
        listing.lines().forEach(read::line);
        return read.entries();
    }

    private static List<String> shown(String listing) {
        return read(listing).stream()
                .map(entry ->
                        (entry.isDirectory() ? "d " : entry.isFile() ? "f " : "? ")
                                + entry.path()
                                + (entry.size().isPresent() ? " " + entry.size().getAsLong() : "")
                                + entry.modified().map(time -> " " + time).orElse(""))
                .toList();
    }

    @Test
    void unix() {
        assertThat(
                        shown(
                                """
                                total 24
                                drwxr-xr-x   2 ann      staff        4096 Jan 12 10:30 a folder
                                -rw-r--r--   1 ann      staff         123 Dec 24  2024  lead
                                -rw-r--r--   1 ann      staff         123 Apr 24 09:05 last year
                                lrwxrwxrwx   1 0        0               9 Jan 12 10:30 link -> a folder
                                -rw-r--r--+  1 ann      big group     77 2025-11-30 08:15 iso
                                drwxr-xr-x   2 ann      staff        4096 Jan 12 10:30 .
                                crw-rw-rw-   1 root     root       1,   3 Jan 12 10:30 null
                                -rw-r--r--   1 ann      2024           12 Feb 29 10:30 no such day
                                nonsense
                                """))
                .containsExactly(
                        "d a folder 2026-01-12T10:30:00Z",
                        "f  lead 123 2024-12-24T00:00:00Z",
                        "f last year 123 2025-04-24T09:05:00Z",
                        "? link 2026-01-12T10:30:00Z",
                        "f iso 77 2025-11-30T08:15:00Z",
                        "? null 2026-01-12T10:30:00Z",
                        "f no such day 12 2026-02-28T10:30:00Z");
    }

    @Test
    void dos() {
        assertThat(
                        shown(
                                """
                                01-12-26  10:30AM       <DIR>          a folder
                                12-24-2024  12:05AM            1,234 a file
                                2025-11-30  08:15PM                5 iso
                                01-12-26  10:30AM       <JUNCTION>     junction
                                """))
                .containsExactly(
                        "d a folder 2026-01-12T10:30:00Z",
                        "f a file 1234 2024-12-24T00:05:00Z",
                        "f iso 5 2025-11-30T20:15:00Z",
                        "? junction 2026-01-12T10:30:00Z");
    }

    @Test
    void vms() {
        assertThat(
                        shown(
                                """

                                Directory DISK$USER:[ANN]

                                LOGIN.COM;7          2/3       12-JAN-2026 10:30:15  [ANN]  (RWED,RWED,RE,)
                                LOGIN.COM;6          2/3       11-JAN-2026 10:30:15  [ANN]  (RWED,RWED,RE,)
                                SUB.DIR;1            1/3       24-DEC-2024 00:05     [ANN]  (RWE,RWE,RE,RE)
                                A_VERY_LONG_NAME_THAT_LEAVES_NO_ROOM.TXT;1
                                                    21/24      30-NOV-2025 08:15:00  [ANN]  (RWED,RWED,,)

                                Total of 4 files, 26/33 blocks.
                                """))
                .containsExactly(
                        "f LOGIN.COM 2026-01-12T10:30:15Z",
                        "d SUB 2024-12-24T00:05:00Z",
                        "f A_VERY_LONG_NAME_THAT_LEAVES_NO_ROOM.TXT 2025-11-30T08:15:00Z");
    }

    @Test
    void mvs() {
        assertThat(
                        shown(
                                """
                                Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname
                                SYS001 3390   2026/01/12  1   15  FB      80 27920  PS  REPORT.TEXT
                                SYS001 3390   2025/11/30  1   15  FB      80 27920  PO  SOURCE.COBOL
                                Migrated                                                OLD.DATA
                                """))
                .containsExactly(
                        "f REPORT.TEXT 2026-01-12T00:00:00Z",
                        "d SOURCE.COBOL 2025-11-30T00:00:00Z",
                        "f OLD.DATA");
        assertThat(
                        shown(
                                """
                                 Name     VV.MM   Created       Changed      Size  Init   Mod   Id
                                HELLO     01.05 2024/12/24 2026/01/12 10:30    25    25     0 ANN
                                BARE
                                """))
                .containsExactly("f HELLO 2026-01-12T10:30:00Z", "f BARE");
    }

    @Test
    void os400() {
        assertThat(
                        shown(
                                """
                                ANN             36864 01/12/26 10:30:00 *DIR       folder/
                                ANN              1234 24.12.24 00:05:00 *STMF      a file.txt
                                ANN             12288 11/30/25 08:15:00 *FILE      SOURCE.FILE
                                ANN                                     *MEM       SOURCE.FILE/HELLO.MBR
                                """))
                .containsExactly(
                        "d folder 2026-01-12T10:30:00Z",
                        "f a file.txt 1234 2024-12-24T00:05:00Z",
                        "d SOURCE.FILE 2025-11-30T08:15:00Z",
                        "f HELLO.MBR");
    }

    /// Whatever comes: no exception, and no more entries than lines.
    @Test
    void anyLinesAreBorne() {
        var random = new java.util.Random(5);
        String[] words = {
            "-rw-r--r--",
            "drwx",
            "1",
            "Jan",
            "12",
            "10:30",
            "2026",
            "99:99",
            "<DIR>",
            "01-12-26",
            "99-99-99",
            "A.B;1",
            "*STMF",
            "*DIR",
            "PO",
            "Volume",
            "Dsname",
            "Name",
            "2026/01/12",
            "99999999999999999999",
            "-",
            "",
            "->",
            "Feb",
            "31",
            "Migrated",
            "10:30AM",
            "x/"
        };
        for (int i = 0; i < 50_000; i++) {
            var listing = new ForeignListing(TODAY);
            int lines = random.nextInt(1, 4);
            for (int n = 0; n < lines; n++) {
                var line = new StringBuilder();
                for (int w = random.nextInt(10); w >= 0; w--)
                    line.append(words[random.nextInt(words.length)]).append(' ');
                listing.line(line.toString());
            }
            assertThat(listing.entries().size()).isLessThanOrEqualTo(lines);
        }
    }
}
