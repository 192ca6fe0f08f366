/// Whose letters they are and where: accounts by URL or by name, the file of accounts, secrets, and
/// the certificates that a person has accepted. RFC 5092, RFC 2384 (URLs), RFC 8314 (ports).
///
/// No letter is read or written here.
@NullMarked
package org.postroom.agent.account;

import org.jspecify.annotations.NullMarked;
