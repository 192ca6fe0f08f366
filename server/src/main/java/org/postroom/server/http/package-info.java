/// HTTP: the files of accounts, signing in, and the pages of an account. Jetty reads and writes the octets
/// ([WebServer]); what is asked becomes an [Exchange], on a virtual thread of its own, and each part of the
/// site is an [Area] that gives an [Answer] or throws a [Refusal].
///
/// RFC 9110, RFC 9111, RFC 9112, RFC 9113 (HTTP), RFC 4918 (WebDAV), RFC 6265 (cookies), RFC 7617 (Basic).
///
/// No page is made here but from a template, so that what people wrote is never markup; no address in an
/// answer is made from what a request says of its host.
@NullMarked
package org.postroom.server.http;

import org.jspecify.annotations.NullMarked;
