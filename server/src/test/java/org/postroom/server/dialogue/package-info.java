/// Runs the transcripts in `src/test/dialogues` against real conversations over real sockets with a
/// real store ([DialoguesTest]). Anyone can add a transcript without knowing the code: [Dialogue]
/// says what may stand in one.
@NullMarked
package org.postroom.server.dialogue;

import org.jspecify.annotations.NullMarked;
