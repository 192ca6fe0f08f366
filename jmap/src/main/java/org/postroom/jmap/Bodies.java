package org.postroom.jmap;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Which bodies Email/get and Email/parse tell, and how much of them (RFC 8621 §4.2).
///
/// @param properties of an EmailBodyPart, null for those of the section
/// @param most octets of a value; 0 for all
public record Bodies(
        @Nullable List<String> properties, boolean text, boolean html, boolean all, int most) {

    public static final Bodies NONE = new Bodies(null, false, false, false, 0);
}
