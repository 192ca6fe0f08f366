/// Messages as text, for terminals, for quoting and for search: a whole message ([Rendering]), a
/// text/html part ([HtmlText]), and any text made safe to show ([Visible]).
///
/// What is rendered was written by strangers to whoever looks at it. It takes linear time and bounded
/// memory, whatever it is; control characters are shown and never obeyed; nothing is fetched.
///
/// RFC 2046 §5.1, 2183, 3676.
@NullMarked
package org.postroom.mime.render;

import org.jspecify.annotations.NullMarked;
