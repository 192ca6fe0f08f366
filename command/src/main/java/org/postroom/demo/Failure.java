package org.postroom.demo;

/// A step of the demo that did not do what it should.
final class Failure extends Exception {

    private static final long serialVersionUID = 1;

    Failure(String hop, String what) {
        super(hop + ": " + what);
    }
}
