package org.postroom.server.ftp;

import org.postroom.ftp.Representation;
import org.postroom.ftp.Type;
import org.postroom.store.Shape;

/// What a representation leaves in the store beside the octets, and back.
final class Shapes {

    private Shapes() {}

    static Shape of(Representation representation) {
        if (!representation.isText())
            return new Shape(
                    structure(representation),
                    false,
                    Shape.Charset.ASCII,
                    Shape.Carriage.NON_PRINT);
        return new Shape(
                structure(representation),
                true,
                representation.type() instanceof Type.Ebcdic
                        ? Shape.Charset.EBCDIC
                        : Shape.Charset.ASCII,
                switch (representation.form()) {
                    case NON_PRINT -> Shape.Carriage.NON_PRINT;
                    case TELNET -> Shape.Carriage.TELNET;
                    case CARRIAGE_CONTROL -> Shape.Carriage.ASA;
                });
    }

    private static Shape.Structure structure(Representation representation) {
        return switch (representation.structure()) {
            case FILE -> Shape.Structure.FILE;
            case RECORD -> Shape.Structure.RECORDS;
            case PAGE -> Shape.Structure.PAGES;
        };
    }

    static Type.Form form(Shape shape) {
        return switch (shape.carriage()) {
            case NON_PRINT -> Type.Form.NON_PRINT;
            case TELNET -> Type.Form.TELNET;
            case ASA -> Type.Form.CARRIAGE_CONTROL;
        };
    }
}
