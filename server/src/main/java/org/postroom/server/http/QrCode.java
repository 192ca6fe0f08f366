package org.postroom.server.http;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;

import org.postroom.wire.Fault;

/// A text as a picture that telephones read.
final class QrCode {

    private static final int QUIET = 4; // modules around it (ISO/IEC 18004)

    private QrCode() {}

    /// As SVG, one unit a module.
    static String svg(String text) {
        try {
            var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1);
            int width = matrix.getWidth();
            var path = new StringBuilder();
            for (int y = 0; y < matrix.getHeight(); y++)
                for (int x = 0; x < width; x++)
                    if (matrix.get(x, y))
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
            int all = width + 2 * QUIET;
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-"
                    + QUIET
                    + " -"
                    + QUIET
                    + ' '
                    + all
                    + ' '
                    + all
                    + "\" role=\"img\" aria-label=\"QR\"><path fill=\"#fff\" d=\"M-"
                    + QUIET
                    + " -"
                    + QUIET
                    + "h"
                    + all
                    + "v"
                    + all
                    + "h-"
                    + all
                    + "z\"/><path d=\""
                    + path
                    + "\"/></svg>";
        } catch (WriterException tooLong) {
            throw new Fault("a picture of a text", tooLong);
        }
    }
}
