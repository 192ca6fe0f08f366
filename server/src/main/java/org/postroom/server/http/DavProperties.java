package org.postroom.server.http;

import org.jspecify.annotations.Nullable;
import org.postroom.http.Status;
import org.postroom.http.dav.DavRefusal;
import org.postroom.http.dav.Depth;
import org.postroom.http.dav.Multistatus;
import org.postroom.http.dav.Multistatus.Propstat;
import org.postroom.http.dav.Name;
import org.postroom.http.dav.Precondition;
import org.postroom.http.dav.Property;
import org.postroom.http.dav.PropertyUpdate;
import org.postroom.http.dav.Propfind;
import org.postroom.server.http.Shelf.Right;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Lock;
import org.postroom.store.Node;
import org.postroom.store.Quota;
import org.postroom.store.Refused;
import org.postroom.store.Refused.Reason;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// PROPFIND and PROPPATCH (RFC 4918 §9.1, RFC 4918 §9.2). A directory is listed a page at a time while it is
/// sent.
final class DavProperties {

    private final Shelf shelf;
    private final Propfind wanted;
    private final Map<FilePath, List<Lock>> locks;
    private final Optional<Quota> quota;

    private DavProperties(Shelf shelf, Propfind wanted) {
        this.shelf = shelf;
        this.wanted = wanted;
        boolean known = shelf.who().isPresent(); // what is locked is nobody else's business
        this.locks = known ? byRoot(shelf.files().locks()) : Map.of();
        this.quota = known ? Optional.of(shelf.account().quota()) : Optional.empty();
    }

    private static Map<FilePath, List<Lock>> byRoot(List<Lock> locks) {
        return locks.stream().collect(Collectors.groupingBy(Lock::root));
    }

    /// What properties are of.
    ///
    /// @param kept what clients keep with it, by names
    /// @param locks all of the account, by where they were taken
    record Resource(
            Shelf shelf,
            FilePath path,
            Node node,
            SortedMap<String, String> kept,
            Map<FilePath, List<Lock>> locks,
            Optional<Quota> quota) {

        List<Lock> coveringLocks() {
            if (locks.isEmpty()) return List.of();
            var covering = new ArrayList<Lock>();
            for (var above = path; ; above = above.parent()) {
                for (var lock : locks.getOrDefault(above, List.of()))
                    if (lock.covers(path)) covering.add(lock);
                if (above.isRoot()) return covering;
            }
        }
    }

    static Answer propfind(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused, IOException {
        if (!shelf.may(Right.READ)) throw new Refusal(Status.NOT_FOUND, "not-found");
        var depth = Dav.depth(asked);
        var wanted = Propfind.read(Dav.body(asked));
        var node = shelf.files().resolve(path);
        // RFC 4918 §9.1.1
        if (depth == Depth.INFINITY && node.isDirectory())
            return Dav.condition(Status.FORBIDDEN, Precondition.PROPFIND_FINITE_DEPTH, List.of());
        var found = new DavProperties(shelf, wanted);
        boolean lists = depth == Depth.ONE && node.isDirectory();
        var first = lists ? shelf.files().list(node, null) : new FileTree.Listing(List.of(), null);
        return Answer.of(
                Status.MULTI_STATUS,
                new Answer.Body.Flow(Dav.XML, -1, out -> found.write(path, node, first, out)));
    }

    private void write(FilePath path, Node node, FileTree.Listing first, OutputStream out)
            throws IOException {
        var all = new Multistatus();
        tell(all, path, node, shelf.files().properties(node));
        try {
            var page = first;
            while (true) {
                page(all, path, page, out);
                @Nullable String next = page.next();
                if (next == null) break;
                page = shelf.files().list(node, next);
            }
        } catch (Refused gone) {
            // removed meanwhile: what was told was true
        }
        all.end();
        send(all, out);
    }

    private void page(Multistatus all, FilePath above, FileTree.Listing page, OutputStream out)
            throws IOException, Refused {
        var kept = shelf.files().properties(page.nodes());
        for (int i = 0; i < page.nodes().size(); i++) {
            var node = page.nodes().get(i);
            var path = above.resolve("./" + node.name());
            if (shelf.isHidden(path)) continue;
            tell(all, path, node, kept.get(i));
            send(all, out);
        }
    }

    private static void send(Multistatus all, OutputStream out) throws IOException {
        out.write(all.take().getBytes(StandardCharsets.UTF_8));
    }

    private void tell(Multistatus all, FilePath path, Node node, SortedMap<String, String> kept) {
        // what its owner keeps with it is not for strangers
        var shown = quota.isPresent() ? kept : Collections.<String, String>emptySortedMap();
        var resource = new Resource(shelf, path, node, shown, locks, quota);
        all.response(
                Dav.href(shelf, path, node.isDirectory()),
                switch (wanted) {
                    case Propfind.Prop(var names) -> named(resource, names);
                    case Propfind.Allprop(var include) -> all(resource, include);
                    case Propfind.Propname() -> names(resource);
                });
    }

    private static Optional<Property> property(Resource resource, Name name) {
        var own = Optional.ofNullable(resource.kept.get(name.toString()));
        return own.isPresent()
                ? own.map(xml -> new Property(name, xml))
                : LiveProperty.of(name).flatMap(live -> live.of(resource));
    }

    private static List<Propstat> named(Resource resource, List<Name> names) {
        var found = new ArrayList<Property>();
        var missing = new ArrayList<Property>();
        for (var name : new LinkedHashSet<>(names))
            property(resource, name)
                    .ifPresentOrElse(found::add, () -> missing.add(Property.empty(name)));
        return found.isEmpty() && !missing.isEmpty()
                ? List.of(new Propstat(missing, Status.NOT_FOUND))
                : List.of(new Propstat(found, Status.OK), new Propstat(missing, Status.NOT_FOUND));
    }

    private static List<Propstat> all(Resource resource, List<Name> include) {
        var names = new LinkedHashSet<Name>();
        for (var live : LiveProperty.values()) if (live.isInAll()) names.add(Name.dav(live.local));
        resource.kept.keySet().forEach(name -> names.add(Name.of(name)));
        var found = new ArrayList<Property>();
        for (var name : names) property(resource, name).ifPresent(found::add);
        var more = new ArrayList<>(include);
        more.removeAll(names);
        var included = named(resource, more);
        var stats = new ArrayList<Propstat>();
        for (var stat : included)
            if (stat.status() == Status.OK) found.addAll(stat.properties());
            else stats.add(stat);
        stats.addFirst(new Propstat(found, Status.OK));
        return stats;
    }

    private static List<Propstat> names(Resource resource) {
        var names = new LinkedHashSet<Name>();
        for (var live : LiveProperty.values())
            if (live.of(resource).isPresent()) names.add(Name.dav(live.local));
        resource.kept.keySet().forEach(name -> names.add(Name.of(name)));
        return List.of(new Propstat(names.stream().map(Property::empty).toList(), Status.OK));
    }

    // RFC 4918 §9.2
    static Answer proppatch(Exchange asked, Shelf shelf, FilePath path)
            throws DavRefusal, Refusal, Refused, IOException {
        Files.changing(asked, shelf);
        var update = PropertyUpdate.read(Dav.body(asked));
        var node = shelf.files().resolve(path);
        Files.demandConditions(asked, Optional.of(node));
        var all = new Multistatus();
        all.response(Dav.href(shelf, path, node.isDirectory()), outcome(shelf, path, update));
        all.end();
        return Dav.xml(Status.MULTI_STATUS, all.take());
    }

    /// All of it is done or nothing (RFC 4918 §9.2).
    private static List<Propstat> outcome(Shelf shelf, FilePath path, PropertyUpdate update)
            throws Refused {
        var names = new LinkedHashSet<Name>();
        var closed = new LinkedHashSet<Name>();
        var changes = new LinkedHashMap<String, Optional<String>>();
        for (var instruction : update.instructions()) {
            var name = instruction.name();
            names.add(name);
            if (LiveProperty.of(name).filter(LiveProperty::isProtected).isPresent())
                closed.add(name);
            changes.put(
                    name.toString(),
                    switch (instruction) {
                        case PropertyUpdate.Set(var property) -> Optional.of(property.xml());
                        case PropertyUpdate.Remove _ -> Optional.empty();
                    });
        }
        if (!closed.isEmpty()) {
            names.removeAll(closed);
            return List.of(
                    new Propstat(
                            empties(closed),
                            Status.FORBIDDEN,
                            Optional.of(Precondition.CANNOT_MODIFY_PROTECTED_PROPERTY)),
                    new Propstat(empties(names), Status.FAILED_DEPENDENCY));
        }
        return List.of(new Propstat(empties(names), kept(shelf, path, changes)));
    }

    private static Status kept(Shelf shelf, FilePath path, Map<String, Optional<String>> changes)
            throws Refused {
        try {
            shelf.files().setProperties(path, changes);
            return Status.OK;
        } catch (Refused refused) {
            // RFC 4918 §9.2.1: no room to record the property
            if (refused.reason() == Reason.TOO_MANY_PROPERTIES
                    || refused.reason() == Reason.OVER_QUOTA) return Status.INSUFFICIENT_STORAGE;
            throw refused;
        }
    }

    private static List<Property> empties(Set<Name> names) {
        return names.stream().map(Property::empty).toList();
    }
}
