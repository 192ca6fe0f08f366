package org.postroom.crypto.letter;

import org.postroom.crypto.Unusable;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.crypto.pgp.Key;
import org.postroom.crypto.smime.Identity;
import org.postroom.crypto.smime.Trust;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.util.List;

/// Somebody's keys, and whom he believes: what a letter is read with.
public interface Keys {

    /// OpenPGP certificates that are known. A signature by one of them is good; whether its owner is
    /// believed to be who he says is another question, which is not asked here.
    List<Certificate> certificates() throws IOException, Unusable;

    /// One's own OpenPGP keys.
    List<Key> keys() throws IOException, Unusable;

    /// Those that unlock one's own keys; asked for when one is needed.
    List<Secret> passphrases() throws IOException;

    /// Whom to believe about S/MIME certificates.
    Trust trust() throws IOException, Unusable;

    /// One's own S/MIME keys; asked for when one is needed.
    List<Identity> identities() throws IOException, Unusable;
}
