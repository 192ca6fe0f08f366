package org.postroom.server.http;

import org.postroom.store.Refused;

import java.io.IOException;

/// A part of the site: what is below one first name of a path.
@FunctionalInterface
public interface Area {

    /// Answers one request; on a virtual thread of its own.
    ///
    /// @throws Refusal what is answered instead
    /// @throws Refused likewise, in the store's words
    /// @throws IOException the peer is gone
    Answer answer(Exchange asked) throws Refusal, Refused, IOException;
}
