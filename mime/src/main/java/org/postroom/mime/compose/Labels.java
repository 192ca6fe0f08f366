package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;

/// What a part says of itself besides its type.
///
/// @param disposition `inline`, `attachment` or null (RFC 2183)
/// @param fileName the name that it is to be saved by, without folders; null if it has none
/// @param description for people (RFC 2045 §8)
/// @param id its Content-ID without brackets (RFC 2045 §7), by which a `cid:` link finds it (RFC
///     2392)
public record Labels(
        @Nullable String disposition,
        @Nullable String fileName,
        @Nullable String description,
        @Nullable String id) {

    public static final Labels NONE = new Labels(null, null, null, null);

    public static Labels attachment(String fileName) {
        return new Labels("attachment", fileName, null, null);
    }

    public static Labels inline(String id) {
        return new Labels("inline", null, null, id);
    }

    public Labels named(@Nullable String fileName) {
        return new Labels(disposition, fileName, description, id);
    }

    public Labels described(String description) {
        return new Labels(disposition, fileName, description, id);
    }

    public Labels identified(String id) {
        return new Labels(disposition, fileName, description, id);
    }
}
