/// The model that every conversation stands on: who has an account ([Directory], [Passwords]), what
/// is in it ([Account]: mailboxes, messages, flags, quota; [FileTree]: files), what a session sees
/// ([View]), and what wakes it ([Watch]). [Store] opens it all. Who lays out partitions of its own above it uses
/// [Key], [KeyRange], [RowOut] and [RowIn].
///
/// An account is a partition of the engine (`org.postroom.store.engine`); what changes together is
/// one commit of it, so quota, counters and change log are exact. Each kind of row is laid out in
/// the class that owns it (`…Row`), begins with a version byte, and is read and written there only.
///
/// Every call blocks the calling virtual thread while platform threads do the work; nothing here
/// runs JNI, file calls or long loops on the caller's thread. No protocol lives here: [Refused]
/// carries a reason, and each conversation has its own words for it. Serves RFC 9051 and RFC 3501
/// (mailboxes, flags, UIDs), RFC 8474 (identities), RFC 1939 (the maildrop), RFC 959 and RFC 3659
/// (files), RFC 4918 (their locks and properties), RFC 5802 (stored keys).
@NullMarked
package org.postroom.store;

import org.jspecify.annotations.NullMarked;
