/// Other people's programs against the built server, started as a user would start it. A program that
/// is not installed is named and skipped on a person's machine, and is a failure where
/// `-Dpeers=required` says so.
@NullMarked
package org.postroom.interop;

import org.jspecify.annotations.NullMarked;
