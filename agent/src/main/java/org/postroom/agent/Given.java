package org.postroom.agent;

import org.postroom.agent.account.Hindrance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command line taken apart: the verb, what options were given, and the words.
record Given(Optional<Verb> verb, Map<Option, List<String>> options, List<String> words) {

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option)).map(List::getLast);
    }

    List<String> values(Option option) {
        return options.getOrDefault(option, List.of());
    }

    /// Options may stand anywhere; behind `--` there are none.
    static Given parse(List<String> line) throws Hindrance {
        var options = new EnumMap<Option, List<String>>(Option.class);
        var words = new ArrayList<String>();
        Optional<Verb> verb = Optional.empty();
        boolean open = true;
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (open && word.equals("--")) open = false;
            else if (open && word.startsWith("-") && word.length() > 1 && isOption(word)) {
                int equals = word.startsWith("--") ? word.indexOf('=') : -1;
                var option = option(equals < 0 ? word : word.substring(0, equals));
                String value = "";
                if (!option.label.isEmpty()) {
                    if (equals >= 0) value = word.substring(equals + 1);
                    else if (++i < line.size()) value = line.get(i);
                    else throw Hindrance.usage(word + " wants " + option.label + ".");
                }
                options.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
            } else if (verb.isEmpty()) {
                verb = Verb.named(word);
                if (verb.isEmpty())
                    throw Hindrance.usage("There is no verb " + word + "; `help` shows them.");
            } else {
                words.add(word);
                // what is behind a command of the person's own is the command's
                if (verb.get() == Verb.PIPE && !Numbers.is(word)) open = false;
            }
        }
        for (var option : options.keySet())
            if (verb.isPresent() && !verb.get().takes(option))
                throw Hindrance.usage(
                        "`" + verb.get().word + "` does not take " + option.word + ".");
        return new Given(verb, options, words);
    }

    /// `-keyword` of `flag` is none.
    private static boolean isOption(String word) {
        if (word.startsWith("--")) return true;
        for (var option : Option.values()) if (option.letter.equals(word)) return true;
        return word.length() == 2 && !Character.isDigit(word.charAt(1));
    }

    private static Option option(String word) throws Hindrance {
        Optional<Option> begun = Optional.empty();
        int count = 0;
        for (var option : Option.values()) {
            if (option.word.equals(word) || option.letter.equals(word)) return option;
            if (word.length() > 3 && option.word.startsWith(word)) {
                begun = Optional.of(option);
                count++;
            }
        }
        if (count == 1) return begun.orElseThrow();
        throw Hindrance.usage("There is no option " + word + "; --help shows them.");
    }
}
