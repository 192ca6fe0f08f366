package org.postroom.store;

import java.util.List;

/// What happened to one letter, from the moment when this server took it.
///
/// @param id what its sender was told it was accepted as
/// @param messageId as its header has it, without angle brackets; empty when it has none
/// @param steps in the order in which they happened
public record Journey(String id, String messageId, List<Step> steps) {

    public Journey {
        steps = List.copyOf(steps);
    }
}
