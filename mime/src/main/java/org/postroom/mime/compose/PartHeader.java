package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.Source;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The Content- fields of an entity, and the blank line after them.
///
/// The name of a file stands in two places, as mail programs do it: in Content-Disposition as RFC
/// 2231 wants it, and in Content-Type in the form that was before.
record PartHeader(MediaType type, Labels labels, @Nullable Encoding encoding) {

    byte[] print(NextHop hop) throws CannotCross {
        var out = new ByteArrayOutputStream();
        out.writeBytes(contentType());
        if (encoding != null && encoding != Encoding.SEVEN_BIT) // RFC 2045 §6.1: the default
        out.writeBytes(new Header.Tokens("Content-Transfer-Encoding", encoding.token).print(hop));
        if (labels.id() != null)
            out.writeBytes(new Header.Ids("Content-ID", List.of(labels.id())).print(hop));
        if (labels.description() != null)
            out.writeBytes(
                    new Header.Unstructured("Content-Description", labels.description())
                            .print(hop));
        if (labels.disposition() != null) out.writeBytes(disposition(labels.disposition()));
        out.write('\r');
        out.write('\n');
        return out.toByteArray();
    }

    Source source(NextHop hop) throws CannotCross {
        return Source.of(print(hop));
    }

    // RFC 2045 §5.1: content := "Content-Type" ":" type "/" subtype *(";" parameter)
    private byte[] contentType() throws CannotCross {
        var field = new Folding("Content-Type");
        field.word(" ", type.type() + "/" + type.subtype());
        for (var parameter : type.parameters()) ParameterPrinter.print(field, parameter);
        if (labels.fileName() != null) ParameterPrinter.printLegacy(field, "name", fileName());
        return field.end();
    }

    // RFC 2183 §2: disposition := "Content-Disposition" ":" disposition-type *(";"
    // disposition-parm)
    private byte[] disposition(String disposition) throws CannotCross {
        var parameters = new ArrayList<Parameter>();
        if (labels.fileName() != null) parameters.add(new Parameter("filename", fileName()));
        return new Header.Typed("Content-Disposition", disposition, parameters)
                .print(NextHop.SEVEN_BIT);
    }

    private String fileName() {
        return Clean.line(String.valueOf(labels.fileName()));
    }
}
