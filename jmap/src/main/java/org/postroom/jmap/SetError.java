package org.postroom.jmap;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Why one object was not created, updated or destroyed (RFC 8620 §5.3). It is thrown where that is
/// found, and told beside what became of the others.
public final class SetError extends Exception {

    private static final long serialVersionUID = 1;

    /// The types by the RFCs' names.
    public enum Type {
        // RFC 8620 §5.3, §5.4
        FORBIDDEN("forbidden"),
        OVER_QUOTA("overQuota"),
        TOO_LARGE("tooLarge"),
        RATE_LIMIT("rateLimit"),
        NOT_FOUND("notFound"),
        INVALID_PATCH("invalidPatch"),
        WILL_DESTROY("willDestroy"),
        INVALID_PROPERTIES("invalidProperties"),
        SINGLETON("singleton"),
        ALREADY_EXISTS("alreadyExists"),

        // RFC 8621 §2.5
        MAILBOX_HAS_CHILD("mailboxHasChild"),
        MAILBOX_HAS_EMAIL("mailboxHasEmail"),

        // RFC 8621 §4.6
        BLOB_NOT_FOUND("blobNotFound"),
        TOO_MANY_KEYWORDS("tooManyKeywords"),
        TOO_MANY_MAILBOXES("tooManyMailboxes"),

        // RFC 8621 §4.8, §7.5
        INVALID_EMAIL("invalidEmail"),
        FORBIDDEN_MAIL_FROM("forbiddenMailFrom"),
        FORBIDDEN_FROM("forbiddenFrom"),
        TOO_MANY_RECIPIENTS("tooManyRecipients"),
        NO_RECIPIENTS("noRecipients"),
        INVALID_RECIPIENTS("invalidRecipients"),
        FORBIDDEN_TO_SEND("forbiddenToSend"),
        CANNOT_UNSEND("cannotUnsend"),

        // RFC 9610 §2.3
        ADDRESS_BOOK_HAS_CONTENTS("addressBookHasContents");

        public final String label;

        Type(String label) {
            this.label = label;
        }
    }

    private final Type type;
    private final transient ObjectNode json;

    public SetError(Type type, String description) {
        super(type.label, null, false, false);
        this.type = type;
        this.json = JsonNodeFactory.instance.objectNode().put("type", type.label);
        if (!description.isEmpty()) json.put("description", description);
    }

    public SetError(Type type) {
        this(type, "");
    }

    /// Values that no object can have.
    public static SetError properties(String description, String... properties) {
        var error = new SetError(Type.INVALID_PROPERTIES, description);
        var names = error.json.putArray("properties");
        for (var property : properties) names.add(property);
        return error;
    }

    /// With a list of the section's own, such as `notFound` or `invalidRecipients`.
    public SetError with(String name, List<String> values) {
        var array = json.putArray(name);
        values.forEach(array::add);
        return this;
    }

    public SetError with(String name, String value) {
        json.put(name, value);
        return this;
    }

    public Type type() {
        return type;
    }

    public ObjectNode json() {
        return json;
    }
}
