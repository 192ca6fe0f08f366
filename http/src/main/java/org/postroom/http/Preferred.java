package org.postroom.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a client would rather have, of a field with qualities (RFC 9110 §12.4.2): Accept-Language,
/// Accept-Encoding, Accept.
public final class Preferred {

    private static final int MOST = 50;

    private Preferred() {}

    /// A thing that is wanted.
    ///
    /// @param quality in thousandths; 0 for not at all
    private record Choice(String name, int quality) {}

    /// The names of a field, the dearest first; what is not wanted at all is left out.
    public static List<String> names(String field) {
        var choices = new ArrayList<Choice>();
        for (var item : field.split(",", -1)) {
            if (choices.size() == MOST) break;
            int semicolon = item.indexOf(';');
            String name = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
            int quality = semicolon < 0 ? 1000 : quality(item.substring(semicolon + 1));
            if (!name.isEmpty() && quality > 0)
                choices.add(new Choice(name.toLowerCase(Locale.ROOT), quality));
        }
        choices.sort(Comparator.comparingInt(Choice::quality).reversed());
        return choices.stream().map(Choice::name).toList();
    }

    // RFC 9110 §12.4.2: weight = OWS ";" OWS "q=" qvalue
    private static int quality(String parameters) {
        for (var parameter : parameters.split(";", -1)) {
            String text = parameter.strip().toLowerCase(Locale.ROOT);
            if (!text.startsWith("q=")) continue;
            String value = text.substring(2);
            if (value.startsWith("1")) return 1000;
            if (!value.startsWith("0")) return 0;
            int quality = 0;
            for (int i = 2; i < 5; i++) {
                int digit = i < value.length() ? Character.digit(value.charAt(i), 10) : 0;
                quality = quality * 10 + Math.max(0, digit);
            }
            return quality;
        }
        return 1000;
    }

    /// The one of ours that is wanted most, by its first part: `de-AT` takes `de`.
    public static Optional<String> language(Optional<String> field, List<String> ours) {
        if (field.isEmpty()) return Optional.empty();
        for (var name : names(field.get())) {
            int dash = name.indexOf('-');
            String first = dash < 0 ? name : name.substring(0, dash);
            if (ours.contains(first)) return Optional.of(first);
        }
        return Optional.empty();
    }
}
