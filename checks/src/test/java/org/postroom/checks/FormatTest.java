package org.postroom.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/// One format, which nobody has to think about: google-java-format, AOSP style.
final class FormatTest {

    @Test
    void everySourceIsFormatted() throws Exception {
        var arguments = new ArrayList<String>(List.of("--aosp", "--skip-javadoc-formatting"));
        if (Sources.WRITING) arguments.add("--replace");
        else arguments.addAll(List.of("--dry-run", "--set-exit-if-changed"));
        for (var source : Sources.ending(".java"))
            arguments.add(Sources.HOUSE.resolve(source.path()).toString());
        var out = new StringWriter();
        int code =
                new Main(new PrintWriter(out, true), new PrintWriter(out, true), System.in)
                        .format(arguments.toArray(String[]::new));
        assertThat(out.toString())
                .as(
                        "not formatted; cure: mvn -q -pl checks -am test -Dtest=FormatTest"
                                + " -Dwrite=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEmpty();
        assertThat(code).isZero();
    }
}
