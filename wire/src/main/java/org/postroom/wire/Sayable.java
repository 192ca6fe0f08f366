package org.postroom.wire;

/// What a conversation can say: a reply, a response, a command. It is written at once.
@FunctionalInterface
public interface Sayable {

    void on(Saying saying);
}
