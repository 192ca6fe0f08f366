package org.postroom.server;

import org.postroom.queue.Queue;
import org.postroom.store.Store;
import org.postroom.wire.Certificates;
import org.postroom.wire.Gate;

import java.util.function.Supplier;

/// What every conversation stands on. A test has a house of its own, so has each of the demo's
/// servers.
///
/// @param settings asked anew where it matters, since a reload replaces them
/// @param gate counts the connections of all listeners
/// @param taps whoever wants to hear new conversations
/// @param queue takes letters for several, and for elsewhere
/// @param sessions the conversations that are going on
/// @param slices where work that takes long is done by turns
public record House(
        Store store,
        Supplier<Settings> settings,
        Certificates certificates,
        Doorkeeper doorkeeper,
        Journal journal,
        Gate gate,
        Taps taps,
        Queue queue,
        Sessions sessions,
        Slices slices) {}
