/// The command `./postroom`: its verbs ([Verb]), what they take ([Parameter]), what each does, and how
/// an answer is printed.
///
/// What may not live here: anything that a second way of administration (a page, a test) would need as
/// well; that is `org.postroom.control`'s. Exit codes are those of sysexits.h ([Exit]).
@NullMarked
package org.postroom.command;

import org.jspecify.annotations.NullMarked;
