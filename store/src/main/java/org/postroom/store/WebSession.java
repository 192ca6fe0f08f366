package org.postroom.store;

import java.time.Instant;

/// Somebody who signed in with a browser and did not sign out.
///
/// @param id by which its owner ends it
/// @param used when something was last asked for, to some minutes
/// @param agent what the browser calls itself
/// @param from its address
public record WebSession(long id, Instant created, Instant used, String agent, String from) {}
