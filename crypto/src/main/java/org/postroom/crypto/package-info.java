/// The two securities of e-mail, over streams: [org.postroom.crypto.pgp] is OpenPGP,
/// [org.postroom.crypto.smime] is S/MIME, [org.postroom.crypto.letter] what either says of a letter.
/// Here is what both answer with: what came of a signature ([Verdict]), why something can't be done
/// ([Unusable]), and plaintext that nobody may see yet ([Withheld]).
///
/// What is read was written by strangers; each reader takes any octets, in bounded memory, and no
/// plaintext leaves before its integrity is known (TRAPS T38). Cryptography is Bouncy Castle's and the JDK's,
/// none of it ours. Nothing here opens a file or knows a user: room for what is long is a [Spool], given
/// from above.
@NullMarked
package org.postroom.crypto;

import org.jspecify.annotations.NullMarked;
