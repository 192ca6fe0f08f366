/// S/MIME with ourselves, with attackers, and with OpenSSL and NSS.
@NullMarked
package org.postroom.crypto.smime;

import org.jspecify.annotations.NullMarked;
