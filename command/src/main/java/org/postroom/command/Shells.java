package org.postroom.command;

import org.postroom.agent.Completion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// What makes a shell complete the command's verbs and options, printed from their rows.
final class Shells {

    private Shells() {}

    /// @param shell `bash` or `zsh`
    static String script(String shell) throws Misuse {
        return switch (shell.toLowerCase(Locale.ROOT)) {
            case "bash" -> bash();
            case "zsh" -> zsh();
            default -> throw new Misuse("For which shell, bash or zsh?");
        };
    }

    private static String bash() {
        return """
        # bash completion for postroom: in the folder where bash looks, or
        # eval "$(postroom completion bash)"
        %s
        _postroom() {
            local word=${COMP_WORDS[COMP_CWORD]} said= i
            if [ "$COMP_CWORD" -gt 1 ] && [ "${COMP_WORDS[1]}" = mail ]; then _postroom_mail; return; fi
            for ((i = 1; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in -*) ;; *) said="$said ${COMP_WORDS[i]}" ;; esac
            done
            COMPREPLY=()
            case "$said " in
        %s    esac
            [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
        }
        complete -o filenames -F _postroom postroom ./postroom
        """
                .formatted(
                        Completion.bashFunction(),
                        cases(
                                "    ' %s '*) mapfile -t COMPREPLY < <(compgen -W '%s' --"
                                        + " \"$word\") ;;\n",
                                "    *) mapfile -t COMPREPLY < <(compgen -W '%s' --"
                                        + " \"$word\") ;;\n"));
    }

    private static String zsh() {
        return """
        #compdef postroom ./postroom
        # zsh completion for postroom: as _postroom in a folder of $fpath, or
        # eval "$(postroom completion zsh)"
        %s
        _postroom() {
            local said= i
            if (( CURRENT > 2 )) && [[ ${words[2]} = mail ]]; then _postroom_mail; return; fi
            for ((i = 2; i < CURRENT; i++)); do
                case ${words[i]} in -*) ;; *) said="$said ${words[i]}" ;; esac
            done
            case "$said " in
        %s    esac
            _files
        }
        if [ "$funcstack[1]" = _postroom ]; then _postroom "$@"; else compdef _postroom postroom ./postroom; fi
        """
                .formatted(
                        Completion.zshFunction(),
                        cases(
                                "    ' %s '*) compadd -- %s && return ;;\n",
                                "    *) compadd -- %s && return ;;\n"));
    }

    /// A case for each verb with its options and for each group with its verbs, those of more words first.
    private static String cases(String form, String top) {
        SequencedMap<String, Set<String>> next = new LinkedHashMap<>();
        next.put("", new LinkedHashSet<>());
        for (var verb : Verb.values()) {
            if (verb.isHidden()) continue;
            String before = "";
            for (var word : verb.path.split(" ", -1)) {
                next.computeIfAbsent(before, _ -> new LinkedHashSet<>()).add(word);
                before = before.isEmpty() ? word : before + " " + word;
            }
            next.put(before, options(verb));
        }
        return next.entrySet().stream()
                        .filter(entry -> !entry.getKey().isEmpty() && !entry.getValue().isEmpty())
                        .sorted((one, other) -> words(other.getKey()) - words(one.getKey()))
                        .map(entry -> form.formatted(entry.getKey(), joined(entry)))
                        .collect(Collectors.joining())
                + top.formatted(String.join(" ", next.firstEntry().getValue()));
    }

    private static Set<String> options(Verb verb) {
        return verb.parameters.stream()
                .filter(Parameter::isOption)
                .map(parameter -> parameter.spelling)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static int words(String path) {
        return (int) Arrays.stream(path.split(" ", -1)).count();
    }

    private static String joined(Map.Entry<String, Set<String>> entry) {
        return String.join(" ", entry.getValue());
    }
}
