package org.postroom.jmap;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// A method with its arguments, well-formed. What is generic in RFC 8620 §5 is one record for all types;
/// `extra` holds the arguments that the method has besides, already known to be of the right type.
public sealed interface Call {

    /// RFC 8620 §4
    record Echo(ObjectNode arguments) implements Call {}

    /// RFC 8620 §5.1
    ///
    /// @param ids null for all
    /// @param properties null for those that the type has unless asked otherwise
    record Get(
            Method method,
            String account,
            @Nullable List<String> ids,
            @Nullable List<String> properties,
            Bodies bodies)
            implements Call {}

    /// RFC 8620 §5.2
    ///
    /// @param most 0 for as many as there are
    record Changes(Method method, String account, String since, int most) implements Call {}

    /// RFC 8620 §5.3
    record Set(
            Method method,
            String account,
            @Nullable String ifInState,
            Map<String, ObjectNode> create,
            Map<String, ObjectNode> update,
            List<String> destroy,
            ObjectNode extra)
            implements Call {}

    /// RFC 8620 §5.4
    record Copy(
            Method method,
            String from,
            @Nullable String ifFromInState,
            String account,
            @Nullable String ifInState,
            Map<String, ObjectNode> create,
            boolean destroyOriginal,
            @Nullable String destroyFromIfInState)
            implements Call {}

    /// RFC 8620 §5.5
    ///
    /// @param filter null for all
    /// @param limit 0 for no limit of the client's
    record Query(
            Method method,
            String account,
            @Nullable Filter filter,
            List<Order> sort,
            long position,
            @Nullable String anchor,
            long anchorOffset,
            int limit,
            boolean limited,
            boolean total,
            ObjectNode extra)
            implements Call {}

    /// RFC 8620 §5.6
    ///
    /// @param most 0 for as many as there are
    record QueryChanges(
            Method method,
            String account,
            @Nullable Filter filter,
            List<Order> sort,
            String since,
            int most,
            @Nullable String upTo,
            boolean total,
            ObjectNode extra)
            implements Call {}

    /// RFC 8620 §6.3
    record BlobCopy(String from, String account, List<String> blobs) implements Call {}

    /// RFC 8621 §4.8
    record Import(String account, @Nullable String ifInState, Map<String, ObjectNode> emails)
            implements Call {}

    /// RFC 8621 §4.9
    record Parse(
            String account, List<String> blobs, @Nullable List<String> properties, Bodies bodies)
            implements Call {}

    /// RFC 8621 §5.1
    record Snippets(String account, @Nullable Filter filter, List<String> emails) implements Call {}

    /// RFC 9404 §4.1
    record BlobUpload(String account, Map<String, ObjectNode> create) implements Call {}

    /// RFC 9404 §4.2
    ///
    /// @param length -1 for all from the offset on
    record BlobGet(
            String account,
            List<String> ids,
            @Nullable List<String> properties,
            long offset,
            long length)
            implements Call {}

    /// RFC 9404 §4.3
    record BlobLookup(String account, List<String> typeNames, List<String> ids) implements Call {}
}
