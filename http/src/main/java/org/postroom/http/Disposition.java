package org.postroom.http;

/// Content-Disposition of an answer (RFC 6266).
public final class Disposition {

    private Disposition() {}

    /// To be saved under a name.
    // RFC 6266 §4.3, appendix D: the plain form for those that know no other, then the exact one
    public static String attachment(String name) {
        return of("attachment", name);
    }

    /// To be shown, and saved under a name if it is.
    public static String inline(String name) {
        return of("inline", name);
    }

    private static String of(String how, String name) {
        var plain = new StringBuilder();
        boolean exact = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%';
            plain.append(fits ? c : '_');
            exact &= fits;
        }
        String value = how + "; filename=\"" + plain + '"';
        return exact ? value : value + "; filename*=UTF-8''" + Paths.encoded(name);
    }
}
