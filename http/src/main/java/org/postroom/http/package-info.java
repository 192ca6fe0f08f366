/// What is said in HTTP that a server of files and pages has to understand itself: methods ([Method]),
/// statuses ([Status]), entity tags and conditions, ranges, dates, names of media types and of files.
/// `org.postroom.http.dav` has what WebDAV adds. How octets become requests is the web server's library's.
///
/// RFC 9110 (semantics), RFC 9111 (caching), RFC 6265 (cookies), RFC 6266 (Content-Disposition),
/// RFC 4918 (WebDAV), RFC 7617 (Basic).
///
/// No disk, no user, no policy, no socket.
@NullMarked
package org.postroom.http;

import org.jspecify.annotations.NullMarked;
