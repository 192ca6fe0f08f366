/// Search, for all protocols alike: what a message must be ([Condition]), texts that are looked for in
/// it ([Sought]), and the one scanner ([Scan]) that goes through candidates, asks first what is known
/// without opening them, then their summaries, then their decoded text, no further than it takes.
///
/// A scan goes step by step, so that whoever runs it decides how long a slice is, sends what was found
/// on the way, and stops whenever nobody waits any more. What a candidate is, and what is known of it
/// beforehand, is the caller's. Serves RFC 9051 §6.4.4, RFC 3501 §6.4.4 and RFC 8621 §4.4.1.
@NullMarked
package org.postroom.store.search;

import org.jspecify.annotations.NullMarked;
