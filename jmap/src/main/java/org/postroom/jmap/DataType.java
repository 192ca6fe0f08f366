package org.postroom.jmap;

/// What has methods, and most of it a state (RFC 8620 §1.6.1); the name is the first half of a method's.
public enum DataType {
    CORE("Core", Capability.CORE),
    BLOB("Blob", Capability.CORE),
    MAILBOX("Mailbox", Capability.MAIL),
    THREAD("Thread", Capability.MAIL),
    EMAIL("Email", Capability.MAIL),
    SEARCH_SNIPPET("SearchSnippet", Capability.MAIL),
    IDENTITY("Identity", Capability.SUBMISSION),
    EMAIL_SUBMISSION("EmailSubmission", Capability.SUBMISSION),
    VACATION_RESPONSE("VacationResponse", Capability.VACATION),
    QUOTA("Quota", Capability.QUOTA),
    ADDRESS_BOOK("AddressBook", Capability.CONTACTS),
    CONTACT_CARD("ContactCard", Capability.CONTACTS);

    public final String label;
    public final Capability capability;

    DataType(String label, Capability capability) {
        this.label = label;
        this.capability = capability;
    }
}
