package org.postroom.http.dav;

import java.util.EnumSet;

/// The body of LOCK (RFC 4918 §14.11): a write lock, since there is no other type.
///
/// @param owner the element `owner` as XML that stands by itself, empty for none
public record LockInfo(Scope scope, String owner) {

    public enum Scope {
        EXCLUSIVE("exclusive"),
        SHARED("shared");

        final String element;

        Scope(String element) {
            this.element = element;
        }
    }

    // RFC 4918 §14.11: lockinfo (lockscope, locktype, owner?)
    public static LockInfo read(byte[] body) throws DavRefusal {
        var in = XmlIn.root(body, Name.dav("lockinfo"));
        var scopes = EnumSet.noneOf(Scope.class);
        boolean write = false;
        String owner = "";
        while (in.child())
            if (in.is("lockscope")) {
                while (in.child()) {
                    for (var scope : Scope.values()) if (in.is(scope.element)) scopes.add(scope);
                    in.skip();
                }
            } else if (in.is("locktype")) {
                while (in.child()) {
                    write |= in.is("write");
                    in.skip();
                }
            } else if (in.is("owner")) owner = in.fragment();
            else in.skip();
        in.end();
        if (scopes.size() != 1 || !write) throw DavRefusal.badRequest();
        return new LockInfo(scopes.iterator().next(), owner);
    }

    /// As it is sent.
    public String body() {
        var out = Markup.document("lockinfo");
        kind(out, scope);
        return out.raw(owner).end("lockinfo").toString();
    }

    static void kind(Markup out, Scope scope) {
        out.begin("lockscope").empty(scope.element).end("lockscope");
        out.begin("locktype").empty("write").end("locktype");
    }
}
