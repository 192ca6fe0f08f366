/// OpenPGP with ourselves, with attackers, and with GnuPG, Sequoia and GopenPGP.
@NullMarked
package org.postroom.crypto.pgp;

import org.jspecify.annotations.NullMarked;
