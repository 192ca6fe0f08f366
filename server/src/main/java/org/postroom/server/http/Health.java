package org.postroom.server.http;

import org.postroom.http.Status;

/// Whether the server is well, for whoever watches over it from this machine.
final class Health implements Area {

    @Override
    public Answer answer(Exchange asked) throws Refusal {
        if (!asked.isLocal()) throw new Refusal(Status.NOT_FOUND, "not-found");
        if (!asked.reads()) throw SignIn.methods("GET, HEAD");
        asked.house().store().directory().domains(); // the store answers
        return Answer.text(Status.OK, "well\n");
    }
}
