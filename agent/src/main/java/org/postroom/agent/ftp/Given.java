package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command taken apart.
///
/// @param verb nothing where only a server is named
record Given(Optional<Verb> verb, Map<Option, String> options, List<String> words) {

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /// @param most what makes sense
    Optional<Integer> number(Option option, int most) throws Hindrance {
        var text = value(option);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(text.get(), most));
    }

    static int number(String text, int most) throws Hindrance {
        if (!text.isEmpty() && text.length() < 8 && text.chars().allMatch(Character::isDigit)) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) return number;
        }
        throw Hindrance.usage(text + " is no number from 1 to " + most + ".");
    }

    String word(int index) throws Hindrance {
        if (index < words.size()) return words.get(index);
        throw Hindrance.usage(
                verb.map(it -> "It is `" + it.word + " " + it.arguments + "`.")
                        .orElse("A word is missing."));
    }

    Optional<String> optional(int index) {
        return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
    }

    /// What is said to the server as it is, or begun in the background, has its own options.
    private static boolean isVerbatim(Verb verb) {
        return switch (verb) {
            case QUOTE, SITE, QUEUE -> true;
            default -> false;
        };
    }

    /// Options may stand anywhere; behind `--` there are none.
    ///
    /// @param needsVerb false where a URL may stand alone
    static Given parse(List<String> line, boolean needsVerb) throws Hindrance {
        var options = new EnumMap<Option, String>(Option.class);
        var words = new ArrayList<String>();
        Optional<Verb> verb = Optional.empty();
        boolean open = true;
        for (var rest = new java.util.ArrayDeque<>(line); !rest.isEmpty(); ) {
            String word = rest.pop();
            if (open && word.equals("--")) open = false;
            else if (open && word.length() > 1 && word.startsWith("-")) {
                int equals = word.startsWith("--") ? word.indexOf('=') : -1;
                var option = option(equals < 0 ? word : word.substring(0, equals));
                if (option.label.isEmpty()) options.put(option, "");
                else if (equals >= 0) options.put(option, word.substring(equals + 1));
                else if (rest.isEmpty())
                    throw Hindrance.usage(word + " wants " + option.label + ".");
                else options.put(option, rest.pop());
            } else if (verb.isEmpty() && words.isEmpty()) {
                verb = Verb.named(word);
                if (verb.isEmpty() && needsVerb)
                    throw Hindrance.usage("There is no verb " + word + "; `help` shows them.");
                if (verb.isEmpty()) words.add(word);
                open = open && verb.filter(Given::isVerbatim).isEmpty();
            } else words.add(word);
        }
        for (var option : options.keySet())
            if (verb.isPresent() && !verb.get().takes(option))
                throw Hindrance.usage(
                        "`" + verb.get().word + "` does not take " + option.word + ".");
        return new Given(verb, options, words);
    }

    private static Option option(String word) throws Hindrance {
        for (var option : Option.values())
            if (option.word.equals(word) || option.letter.equals(word)) return option;
        throw Hindrance.usage("There is no option " + word + "; --help shows them.");
    }
}
