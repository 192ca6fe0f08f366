package org.postroom.queue;

/// What a notice says of a recipient.
// RFC 3464 §2.3.3: action-value = "failed" / "delayed" / "delivered" / "relayed" / "expanded"
enum Action {
    FAILED("failed"),
    DELAYED("delayed"),
    DELIVERED("delivered"),
    /// To a server that does not know notices: nobody will say more.
    RELAYED("relayed"),
    EXPANDED("expanded");

    final String value;

    Action(String value) {
        this.value = value;
    }
}
