package org.postroom.agent.ftp;

import org.postroom.ftp.Representation;

/// How a file is carried.
///
/// @param continues whether what is there of it already counts
/// @param verifies whether hashes are compared in any case
record How(Representation representation, boolean continues, boolean verifies) {}
