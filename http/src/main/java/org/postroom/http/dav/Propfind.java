package org.postroom.http.dav;

import java.util.ArrayList;
import java.util.List;

/// The body of PROPFIND (RFC 4918 §14.20): which properties are asked for.
public sealed interface Propfind {

    /// Names in one request.
    int MOST = 200;

    /// These.
    record Prop(List<Name> names) implements Propfind {
        public Prop {
            names = List.copyOf(names);
        }
    }

    /// All that are told without being named, and these.
    record Allprop(List<Name> include) implements Propfind {
        public Allprop {
            include = List.copyOf(include);
        }
    }

    /// The names of all.
    record Propname() implements Propfind {}

    // RFC 4918 §14.20: propfind ( propname | (allprop, include?) | prop )
    static Propfind read(byte[] body) throws DavRefusal {
        // RFC 4918 §9.1: no body asks for all
        if (body.length == 0) return new Allprop(List.of());
        var in = XmlIn.root(body, Name.dav("propfind"));
        var include = new ArrayList<Name>();
        var asked = new ArrayList<Propfind>();
        while (in.child())
            if (in.is("prop")) asked.add(new Prop(names(in)));
            else if (in.is("include")) include.addAll(names(in));
            else {
                if (in.is("allprop")) asked.add(new Allprop(include));
                if (in.is("propname")) asked.add(new Propname());
                in.skip();
            }
        in.end();
        if (asked.size() != 1) throw DavRefusal.badRequest();
        return asked.getFirst() instanceof Allprop ? new Allprop(include) : asked.getFirst();
    }

    private static List<Name> names(XmlIn in) throws DavRefusal {
        var names = new ArrayList<Name>();
        while (in.child()) {
            // each is answered for each member of a directory
            if (names.size() == MOST) throw DavRefusal.badRequest();
            names.add(in.name());
            in.skip();
        }
        return names;
    }

    /// As it is sent.
    default String body() {
        var out = Markup.document("propfind");
        switch (this) {
            case Prop(var names) -> print(out, "prop", names);
            case Allprop(var include) -> {
                out.empty("allprop");
                if (!include.isEmpty()) print(out, "include", include);
            }
            case Propname() -> out.empty("propname");
        }
        return out.end("propfind").toString();
    }

    private static void print(Markup out, String element, List<Name> names) {
        out.begin(element);
        names.forEach(out::empty);
        out.end(element);
    }
}
