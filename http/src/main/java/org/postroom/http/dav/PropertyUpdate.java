package org.postroom.http.dav;

import java.util.ArrayList;
import java.util.List;

/// The body of PROPPATCH (RFC 4918 §14.19): what is to be done, in this order, all of it or nothing.
public record PropertyUpdate(List<Instruction> instructions) {

    public PropertyUpdate {
        instructions = List.copyOf(instructions);
    }

    public sealed interface Instruction {
        Name name();
    }

    public record Set(Property property) implements Instruction {
        @Override
        public Name name() {
            return property.name();
        }
    }

    /// That it is not there is no error (RFC 4918 §14.23).
    public record Remove(Name name) implements Instruction {}

    // RFC 4918 §14.19: propertyupdate (remove | set)+
    public static PropertyUpdate read(byte[] body) throws DavRefusal {
        var in = XmlIn.root(body, Name.dav("propertyupdate"));
        var instructions = new ArrayList<Instruction>();
        while (in.child())
            if (in.is("set")) instructions(in, true, instructions);
            else if (in.is("remove")) instructions(in, false, instructions);
            else in.skip();
        in.end();
        if (instructions.isEmpty()) throw DavRefusal.badRequest();
        return new PropertyUpdate(instructions);
    }

    // RFC 4918 §14.26: set (prop); RFC 4918 §14.23: remove (prop)
    private static void instructions(XmlIn in, boolean set, List<Instruction> all)
            throws DavRefusal {
        while (in.child())
            if (in.is("prop")) prop(in, set, all);
            else in.skip();
    }

    private static void prop(XmlIn in, boolean set, List<Instruction> all) throws DavRefusal {
        while (in.child()) {
            var name = in.name();
            if (set) all.add(new Set(new Property(name, in.fragment())));
            else {
                all.add(new Remove(name));
                in.skip();
            }
        }
    }

    /// As it is sent.
    public String body() {
        var out = Markup.document("propertyupdate");
        for (var instruction : instructions)
            switch (instruction) {
                case Set(var property) ->
                        out.begin("set").begin("prop").raw(property.xml()).end("prop").end("set");
                case Remove(var name) ->
                        out.begin("remove").begin("prop").empty(name).end("prop").end("remove");
            }
        return out.end("propertyupdate").toString();
    }
}
