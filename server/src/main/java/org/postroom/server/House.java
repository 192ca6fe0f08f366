package org.postroom.server;

import org.postroom.names.Resolver;
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
/// @param resolver asked for the next hop of letters that are for elsewhere
/// @param slices where work that takes long is done by turns
public record House(
        Store store,
        Supplier<Settings> settings,
        Certificates certificates,
        Doorkeeper doorkeeper,
        Journal journal,
        Gate gate,
        Taps taps,
        Resolver resolver,
        Slices slices) {}
