package org.postroom.jmap;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The methods of JMAP, in the order of the RFCs. There is no second list: what a client may call, the
/// capability that it must name for it, and the record that its arguments become are told by these rows.
public enum Method {

    // RFC 8620
    CORE_ECHO(DataType.CORE, "echo", "RFC 8620 §4"),
    BLOB_COPY(DataType.BLOB, "copy", "RFC 8620 §6.3"),

    // RFC 8621
    MAILBOX_GET(DataType.MAILBOX, "get", "RFC 8621 §2.1"),
    MAILBOX_CHANGES(DataType.MAILBOX, "changes", "RFC 8621 §2.2"),
    MAILBOX_QUERY(DataType.MAILBOX, "query", "RFC 8621 §2.3"),
    MAILBOX_QUERY_CHANGES(DataType.MAILBOX, "queryChanges", "RFC 8621 §2.4"),
    MAILBOX_SET(DataType.MAILBOX, "set", "RFC 8621 §2.5"),
    THREAD_GET(DataType.THREAD, "get", "RFC 8621 §3.1"),
    THREAD_CHANGES(DataType.THREAD, "changes", "RFC 8621 §3.2"),
    EMAIL_GET(DataType.EMAIL, "get", "RFC 8621 §4.2"),
    EMAIL_CHANGES(DataType.EMAIL, "changes", "RFC 8621 §4.3"),
    EMAIL_QUERY(DataType.EMAIL, "query", "RFC 8621 §4.4"),
    EMAIL_QUERY_CHANGES(DataType.EMAIL, "queryChanges", "RFC 8621 §4.5"),
    EMAIL_SET(DataType.EMAIL, "set", "RFC 8621 §4.6"),
    EMAIL_COPY(DataType.EMAIL, "copy", "RFC 8621 §4.7"),
    EMAIL_IMPORT(DataType.EMAIL, "import", "RFC 8621 §4.8"),
    EMAIL_PARSE(DataType.EMAIL, "parse", "RFC 8621 §4.9"),
    SEARCH_SNIPPET_GET(DataType.SEARCH_SNIPPET, "get", "RFC 8621 §5.1"),
    IDENTITY_GET(DataType.IDENTITY, "get", "RFC 8621 §6.1"),
    IDENTITY_CHANGES(DataType.IDENTITY, "changes", "RFC 8621 §6.2"),
    IDENTITY_SET(DataType.IDENTITY, "set", "RFC 8621 §6.3"),
    EMAIL_SUBMISSION_GET(DataType.EMAIL_SUBMISSION, "get", "RFC 8621 §7.1"),
    EMAIL_SUBMISSION_CHANGES(DataType.EMAIL_SUBMISSION, "changes", "RFC 8621 §7.2"),
    EMAIL_SUBMISSION_QUERY(DataType.EMAIL_SUBMISSION, "query", "RFC 8621 §7.3"),
    EMAIL_SUBMISSION_QUERY_CHANGES(DataType.EMAIL_SUBMISSION, "queryChanges", "RFC 8621 §7.4"),
    EMAIL_SUBMISSION_SET(DataType.EMAIL_SUBMISSION, "set", "RFC 8621 §7.5"),
    VACATION_RESPONSE_GET(DataType.VACATION_RESPONSE, "get", "RFC 8621 §8.1"),
    VACATION_RESPONSE_SET(DataType.VACATION_RESPONSE, "set", "RFC 8621 §8.2"),

    // RFC 9404
    BLOB_UPLOAD(DataType.BLOB, "upload", "RFC 9404 §4.1", Capability.BLOB),
    BLOB_GET(DataType.BLOB, "get", "RFC 9404 §4.2", Capability.BLOB),
    BLOB_LOOKUP(DataType.BLOB, "lookup", "RFC 9404 §4.3", Capability.BLOB),

    // RFC 9425
    QUOTA_GET(DataType.QUOTA, "get", "RFC 9425 §4.2"),
    QUOTA_CHANGES(DataType.QUOTA, "changes", "RFC 9425 §4.3"),
    QUOTA_QUERY(DataType.QUOTA, "query", "RFC 9425 §4.4"),
    QUOTA_QUERY_CHANGES(DataType.QUOTA, "queryChanges", "RFC 9425 §4.5"),

    // RFC 9610
    ADDRESS_BOOK_GET(DataType.ADDRESS_BOOK, "get", "RFC 9610 §2.1"),
    ADDRESS_BOOK_CHANGES(DataType.ADDRESS_BOOK, "changes", "RFC 9610 §2.2"),
    ADDRESS_BOOK_SET(DataType.ADDRESS_BOOK, "set", "RFC 9610 §2.3"),
    CONTACT_CARD_GET(DataType.CONTACT_CARD, "get", "RFC 9610 §3.1"),
    CONTACT_CARD_CHANGES(DataType.CONTACT_CARD, "changes", "RFC 9610 §3.2"),
    CONTACT_CARD_QUERY(DataType.CONTACT_CARD, "query", "RFC 9610 §3.3"),
    CONTACT_CARD_QUERY_CHANGES(DataType.CONTACT_CARD, "queryChanges", "RFC 9610 §3.4"),
    CONTACT_CARD_SET(DataType.CONTACT_CARD, "set", "RFC 9610 §3.5"),
    CONTACT_CARD_COPY(DataType.CONTACT_CARD, "copy", "RFC 9610 §3.6");

    public final DataType type;
    public final String verb;
    public final String section;
    public final Capability capability;

    private static final Map<String, Method> NAMED =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Method::label, method -> method));

    Method(DataType type, String verb, String section) {
        this(type, verb, section, type.capability);
    }

    Method(DataType type, String verb, String section, Capability capability) {
        this.type = type;
        this.verb = verb;
        this.section = section;
        this.capability = capability;
    }

    /// As it is called: `Email/get`.
    public String label() {
        return type.label + "/" + verb;
    }

    public static Optional<Method> named(String label) {
        return Optional.ofNullable(NAMED.get(label));
    }
}
