package org.postroom.wire;

import org.junit.jupiter.api.Assumptions;

import java.io.File;

/// Programs of other people that tests talk to.
final class Peers {

    private Peers() {}

    /// Skips the test where the program is missing; fails it where peers are required.
    static void need(String program) {
        boolean found = false;
        for (var folder : System.getenv("PATH").split(File.pathSeparator, -1))
            found |= new File(folder, program).canExecute();
        if (!found && "required".equals(System.getProperty("peers")))
            throw new AssertionError(program + " is missing");
        Assumptions.assumeTrue(found, program + " is missing");
    }
}
