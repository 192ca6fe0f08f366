package org.postroom.server.jmap;

import org.postroom.jmap.Capability;
import org.postroom.jmap.Json;
import org.postroom.jmap.Limits;
import org.postroom.server.Admission.Admitted;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The session object (RFC 8620 §2): what the server can do, and whose account it is.
final class Session {

    /// Rises with every release that changes what is announced.
    private static final int EDITION = 1;

    private Session() {}

    /// RFC 8620 §2: another whenever the object is.
    static String state(Admitted who) {
        return EDITION + "-" + Integer.toHexString(who.name().toString().hashCode());
    }

    static ObjectNode of(Admitted who, Limits limits, String base) {
        var session = Json.object();
        var all = session.putObject("capabilities");
        for (var capability : Capability.values())
            all.set(capability.uri, ofServer(capability, limits));
        String id = Visit.accountId(who);
        var account = session.putObject("accounts").putObject(id);
        account.put("name", who.name().shown()).put("isPersonal", true).put("isReadOnly", false);
        var own = account.putObject("accountCapabilities");
        var primary = session.putObject("primaryAccounts");
        for (var capability : Capability.values()) {
            own.set(capability.uri, ofAccount(capability, limits));
            if (capability != Capability.CORE) primary.put(capability.uri, id);
        }
        return session.put("username", who.name().toString())
                .put("apiUrl", base + "/jmap/api")
                .put("downloadUrl", base + "/jmap/download/{accountId}/{blobId}/{name}?type={type}")
                .put("uploadUrl", base + "/jmap/upload/{accountId}")
                .put(
                        "eventSourceUrl",
                        base + "/jmap/events?types={types}&closeafter={closeafter}&ping={ping}")
                .put("state", state(who));
    }

    private static ObjectNode ofServer(Capability capability, Limits limits) {
        var json = Json.object();
        switch (capability) {
            case CORE ->
                    json.put("maxSizeUpload", limits.upload())
                            .put("maxConcurrentUpload", limits.concurrentUpload())
                            .put("maxSizeRequest", limits.request())
                            .put("maxConcurrentRequests", limits.concurrentRequests())
                            .put("maxCallsInRequest", limits.callsInRequest())
                            .put("maxObjectsInGet", limits.objectsInGet())
                            .put("maxObjectsInSet", limits.objectsInSet())
                            .set(
                                    "collationAlgorithms",
                                    Json.array(List.of("i;ascii-casemap", "i;unicode-casemap")));
            case MAIL, SUBMISSION, VACATION, BLOB, QUOTA, CONTACTS -> {}
        }
        return json;
    }

    private static ObjectNode ofAccount(Capability capability, Limits limits) {
        var json = Json.object();
        switch (capability) {
            case MAIL -> // RFC 8621 §1.3.1
                    json.putNull("maxMailboxesPerEmail")
                            .put("maxMailboxDepth", 32)
                            .put("maxSizeMailboxName", 255)
                            .put("maxSizeAttachmentsPerEmail", limits.upload())
                            .put("mayCreateTopLevelMailbox", true)
                            .set("emailQuerySortOptions", Json.array(EmailOrder.PROPERTIES));
            case SUBMISSION -> { // RFC 8621 §1.3.2
                json.put("maxDelayedSend", Submissions.LONGEST_HOLD.toSeconds());
                var extensions = json.putObject("submissionExtensions");
                extensions.set("FUTURERELEASE", Json.array(List.of()));
                extensions.set("DSN", Json.array(List.of()));
            }
            case BLOB -> { // RFC 9404 §3
                json.put("maxSizeBlobSet", limits.upload());
                json.put("maxDataSources", BlobMethods.MOST_SOURCES);
                json.set("supportedTypeNames", Json.array(List.of("Email", "Thread", "Mailbox")));
                json.set("supportedDigestAlgorithms", Json.array(BlobMethods.DIGESTS.keySet()));
            }
            case CONTACTS -> // RFC 9610 §1.4.1
                    json.putNull("maxAddressBooksPerCard").put("mayCreateAddressBook", true);
            case CORE, VACATION, QUOTA -> {}
        }
        return json;
    }
}
