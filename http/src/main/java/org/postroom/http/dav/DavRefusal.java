package org.postroom.http.dav;

import org.postroom.http.Status;

import java.util.Optional;

/// Their fault: carries the status. Nothing was done.
public final class DavRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final Status status;
    private final transient Optional<Precondition> precondition;

    DavRefusal(Status status) {
        this(status, Optional.empty());
    }

    DavRefusal(Status status, Precondition precondition) {
        this(status, Optional.of(precondition));
    }

    private DavRefusal(Status status, Optional<Precondition> precondition) {
        super(status.reason, null, false, false);
        this.status = status;
        this.precondition = precondition;
    }

    static DavRefusal badRequest() {
        return new DavRefusal(Status.BAD_REQUEST);
    }

    public Status status() {
        return status;
    }

    public Optional<Precondition> precondition() {
        return precondition;
    }
}
