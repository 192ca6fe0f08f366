package org.postroom.server.http;

import org.postroom.http.HttpDate;
import org.postroom.http.MediaTypes;
import org.postroom.http.dav.ActiveLock;
import org.postroom.http.dav.Name;
import org.postroom.http.dav.Property;
import org.postroom.store.Node;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// What the server itself knows of a file or directory (RFC 4918 §15, RFC 4331 §3, RFC 4331 §4).
enum LiveProperty {
    // RFC 4918 §15
    CREATIONDATE,
    DISPLAYNAME,
    GETCONTENTLENGTH,
    GETCONTENTTYPE,
    GETETAG,
    GETLASTMODIFIED,
    LOCKDISCOVERY,
    RESOURCETYPE,
    SUPPORTEDLOCK,

    // RFC 4331 §3, RFC 4331 §4
    QUOTA_AVAILABLE_BYTES,
    QUOTA_USED_BYTES;

    final String local = name().toLowerCase(Locale.ROOT).replace('_', '-');

    static Optional<LiveProperty> of(Name name) {
        if (name.isDav())
            for (var property : values())
                if (property.local.equals(name.local())) return Optional.of(property);
        return Optional.empty();
    }

    /// Whether a client that asks for all is told.
    // RFC 4331 §2: quota is not
    boolean isInAll() {
        return this != QUOTA_AVAILABLE_BYTES && this != QUOTA_USED_BYTES;
    }

    /// Whether clients can't change it. A name to display they may keep like any property of theirs
    /// (RFC 4918 §15.2).
    boolean isProtected() {
        return this != DISPLAYNAME;
    }

    /// What it is now, if the resource has it.
    Optional<Property> of(DavProperties.Resource it) {
        var node = it.node();
        boolean directory = node.isDirectory();
        return switch (this) {
            case CREATIONDATE ->
                    // RFC 3339 §5.6, as RFC 4918 §15.1 wants it
                    text(node.created().truncatedTo(ChronoUnit.SECONDS).toString());
            case DISPLAYNAME -> text(node.name());
            case GETCONTENTLENGTH -> ifFile(node, Long.toString(node.size()));
            case GETCONTENTTYPE -> ifFile(node, MediaTypes.of(node.name()));
            case GETETAG -> ifFile(node, Files.tag(node).toString());
            case GETLASTMODIFIED -> text(HttpDate.print(node.modified()));
            case LOCKDISCOVERY ->
                    Optional.of(
                            ActiveLock.discovery(DavLocks.shown(it.shelf(), it.coveringLocks())));
            case RESOURCETYPE ->
                    Optional.of(
                            directory
                                    ? Property.element(local, "collection")
                                    : Property.empty(Name.dav(local)));
            case SUPPORTEDLOCK -> Optional.of(ActiveLock.supported());
            case QUOTA_AVAILABLE_BYTES -> {
                var quota = it.quota();
                // RFC 4331 §3: where there is no limit, none is told
                yield quota.isEmpty() || quota.get().limit() == 0
                        ? Optional.empty()
                        : text(
                                Long.toString(
                                        Math.max(0, quota.get().limit() - quota.get().used())));
            }
            case QUOTA_USED_BYTES -> it.quota().flatMap(quota -> text(Long.toString(quota.used())));
        };
    }

    private Optional<Property> text(String text) {
        return Optional.of(Property.text(local, text));
    }

    private Optional<Property> ifFile(Node node, String text) {
        return node.isDirectory() ? Optional.empty() : text(text);
    }
}
