/// OpenPGP: keys ([Key]), certificates ([Certificate]), and what is done with them: [Signing],
/// [Verifying], [Encrypting], [Decrypting]. Messages are read by one strict reader ([Message]), which takes
/// what RFC 9580 §10.3 calls a message and nothing that only resembles one.
///
/// Keys are of version 4 with the algorithms that GnuPG 2.2 knows, or of version 6 ([Profile]). What others
/// made is read in both.
///
/// RFC 9580, RFC 4880.
@NullMarked
package org.postroom.crypto.pgp;

import org.jspecify.annotations.NullMarked;
