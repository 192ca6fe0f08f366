/// S/MIME: keys with their certificates ([Identity]), what is done with them ([Signing], [Verifying],
/// [Encrypting], [Decrypting]), whom to believe ([Trust]), and a small authority for an organisation
/// ([Authority]).
///
/// Certificates are the JDK's [java.security.cert.X509Certificate]; [Certificates] says what is asked of
/// them.
///
/// RFC 5652, RFC 5083, RFC 5084, RFC 8551, RFC 8550, RFC 5280.
@NullMarked
package org.postroom.crypto.smime;

import org.jspecify.annotations.NullMarked;
