package org.postroom.http.dav;

import org.postroom.http.dav.LockInfo.Scope;

import java.time.Duration;
import java.util.List;

/// A lock as it is told of (RFC 4918 §14.1).
///
/// @param owner as [LockInfo#owner]
/// @param left how long it holds from now on
/// @param root the URL that was locked
public record ActiveLock(
        String token, Scope scope, Depth depth, String owner, Duration left, String root) {

    /// The property `lockdiscovery` (RFC 4918 §15.8).
    public static Property discovery(List<ActiveLock> locks) {
        var out = new Markup();
        locks.forEach(lock -> lock.print(out));
        return Property.of("lockdiscovery", out.toString());
    }

    /// The property `supportedlock` (RFC 4918 §15.10).
    public static Property supported() {
        var out = new Markup();
        for (var scope : Scope.values()) {
            out.begin("lockentry");
            LockInfo.kind(out, scope);
            out.end("lockentry");
        }
        return Property.of("supportedlock", out.toString());
    }

    /// The body of LOCK's answer (RFC 4918 §9.10.1).
    public static String granted(List<ActiveLock> locks) {
        return Markup.document("prop").raw(discovery(locks).xml()).end("prop").toString();
    }

    private void print(Markup out) {
        out.begin("activelock");
        LockInfo.kind(out, scope);
        out.element("depth", depth.text).raw(owner);
        out.element("timeout", "Second-" + left.toSeconds());
        out.begin("locktoken").element("href", token).end("locktoken");
        out.begin("lockroot").element("href", root).end("lockroot");
        out.end("activelock");
    }
}
