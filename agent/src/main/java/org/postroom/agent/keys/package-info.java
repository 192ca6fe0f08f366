/// The key ring of an account, and what it makes of letters. What is cryptography is [org.postroom.crypto]'s;
/// here are the files, the trust, and the words.
@NullMarked
package org.postroom.agent.keys;

import org.jspecify.annotations.NullMarked;
