/// Letters between the commit that answers 250 and their last delivery: to accounts here, to servers
/// elsewhere. [Queue] is the door; [Ledger] is what is on disk; [DueReader] reads what is due,
/// [Dispatcher] gives each [Destination] its turn, a [Courier] is one conversation with it. [Routing]
/// finds the next hop, [Call] speaks to it, [Pace] says when to try again, [Notice] tells the sender.
///
/// No conversation with a client lives here, and no list of who has an account. Nothing is kept in
/// memory that is not on disk: what memory holds can be read again.
///
/// RFC 5321 §4.5.4 and §5, RFC 3461 to RFC 3464 (notices), RFC 1047 (doubles), RFC 2852, RFC 4865,
/// RFC 6710, RFC 7505, RFC 8689.
@NullMarked
package org.postroom.queue;

import org.jspecify.annotations.NullMarked;
