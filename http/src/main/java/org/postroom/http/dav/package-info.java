/// What WebDAV adds to HTTP: header fields ([Grammar]: If, Depth, Destination, Overwrite, Timeout,
/// Lock-Token), bodies of requests ([Propfind], [PropertyUpdate], [LockInfo]) and of answers
/// ([Multistatus], [ActiveLock], [Precondition]).
///
/// A body is read without DTD and without entities, in bounded depth, size and number ([XmlIn]). What
/// somebody gives as the value of a property is kept as XML that stands by itself ([Property]) and was
/// written here, so that it can be put into an answer as it is.
///
/// RFC 4918, and the properties of RFC 4331.
///
/// No disk, no user, no policy, no socket.
@NullMarked
package org.postroom.http.dav;

import org.jspecify.annotations.NullMarked;
