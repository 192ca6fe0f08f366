package org.postroom.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The floor plan: calls go down only, and nothing calls its neighbour unless it says so here.
final class ArrowsTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.postroom");

    /// What each part may call, besides itself.
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static Map<String, Set<String>> arrows() {
        var arrows = new LinkedHashMap<String, Set<String>>();
        // ground
        arrows.put("wire", Set.of());
        arrows.put("names", Set.of("wire"));
        arrows.put("mime", Set.of());
        arrows.put("sasl", Set.of("wire"));
        arrows.put("crypto", Set.of("wire", "mime"));
        // first floor: what is said
        arrows.put("smtp", Set.of("wire", "sasl"));
        arrows.put("pop3", Set.of("wire", "sasl"));
        arrows.put("imap", Set.of("wire", "mime", "sasl"));
        arrows.put("ftp", Set.of("wire"));
        arrows.put("jmap", Set.of());
        arrows.put("http", Set.of("wire"));
        // second floor
        arrows.put("store", Set.of("wire", "mime", "sasl"));
        arrows.put("queue", Set.of("wire", "names", "mime", "sasl", "smtp", "store"));
        // third floor: what is done
        arrows.put(
                "server",
                Set.of(
                        "wire", "names", "mime", "sasl", "smtp", "pop3", "imap", "ftp", "http",
                        "jmap", "store", "queue"));
        arrows.put(
                "agent",
                Set.of("wire", "names", "mime", "sasl", "crypto", "smtp", "pop3", "imap", "ftp"));
        return arrows;
    }

    /// Everything below the roof; the roof may call all of it.
    private static final List<String> ROOF =
            List.of("command", "control", "home", "logbook", "demo", "prove", "bench", "interop");

    @TestFactory
    List<DynamicTest> callsGoDown() {
        var tests = new ArrayList<DynamicTest>();
        ARROWS.forEach((part, below) -> {
            var forbidden = new ArrayList<String>();
            for (var other : ARROWS.keySet())
                if (!other.equals(part) && !below.contains(other))
                    forbidden.add("org.postroom." + other + "..");
            for (var roof : ROOF) forbidden.add("org.postroom." + roof + "..");
            tests.add(
                    DynamicTest.dynamicTest(
                            part,
                            () ->
                                    noClasses()
                                            .that()
                                            .resideInAPackage("org.postroom." + part + "..")
                                            .should()
                                            .dependOnClassesThat()
                                            .resideInAnyPackage(forbidden.toArray(String[]::new))
                                            .check(CLASSES)));
        });
        return tests;
    }

    /// What parses hostile bytes opens no file.
    @Test
    void whatIsSaidTouchesNoDisk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.postroom.smtp..",
                        "org.postroom.pop3..",
                        "org.postroom.imap..",
                        "org.postroom.ftp..",
                        "org.postroom.jmap..",
                        "org.postroom.http..",
                        "org.postroom.mime..",
                        "org.postroom.sasl..",
                        "org.postroom.crypto..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileOutputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .check(CLASSES);
    }

    /// One protocol's conversation knows nothing of another's.
    @TestFactory
    List<DynamicTest> conversationsAreStrangers() {
        var protocols = List.of("smtp", "pop3", "imap", "ftp", "http", "jmap");
        return protocols.stream()
                .map(protocol ->
                        DynamicTest.dynamicTest(
                                "server." + protocol,
                                () ->
                                        noClasses()
                                                .that()
                                                .resideInAPackage(
                                                        "org.postroom.server." + protocol + "..")
                                                .should()
                                                .dependOnClassesThat()
                                                .resideInAnyPackage(
                                                        protocols.stream()
                                                                .filter(other ->
                                                                        !other.equals(protocol))
                                                                .map(other ->
                                                                        "org.postroom.server."
                                                                                + other
                                                                                + "..")
                                                                .toArray(String[]::new))
                                                .allowEmptyShould(true)
                                                .check(CLASSES)))
                .toList();
    }

    /// RocksDB is the engine's own affair.
    @Test
    void onlyTheEngineKnowsRocksDb() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.postroom.store.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(CLASSES);
    }
}
