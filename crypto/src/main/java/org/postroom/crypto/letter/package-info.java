/// What OpenPGP and S/MIME say of a letter: over which octets, who, and what a reader may be shown
/// ([Reader]); and letters made so ([Sealing]).
///
/// Only what encloses all of a letter counts: what is signed or encrypted somewhere within it says nothing of
/// the rest, and is not opened (TRAPS T38). What was decrypted is shown alone.
///
/// RFC 3156 for PGP/MIME, RFC 8551 §3 for S/MIME, RFC 1847 for both, RFC 9788 for header fields that are
/// protected with the text.
@NullMarked
package org.postroom.crypto.letter;

import org.jspecify.annotations.NullMarked;
