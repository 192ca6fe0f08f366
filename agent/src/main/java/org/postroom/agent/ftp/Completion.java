package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What makes a shell complete `postroom ftp`, printed from the rows.
final class Completion {

    private Completion() {}

    static void print(Given given, PrintWriter out) throws Hindrance {
        switch (given.optional(0).orElse("")) {
            case "bash" -> out.print(bash());
            case "zsh" -> out.print("autoload -U bashcompinit && bashcompinit\n" + bash());
            default -> throw Hindrance.usage("For which shell, bash or zsh?");
        }
        out.flush();
    }

    private static String bash() {
        return """
        # postroom ftp: eval "$(postroom ftp completion bash)"
        _postroom_ftp() {
            local word=${COMP_WORDS[COMP_CWORD]} verb= i
            for ((i = 2; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in -*) ;; *) verb=${COMP_WORDS[i]}; break ;; esac
            done
            COMPREPLY=()
            case $verb,$word in
            ,*) COMPREPLY=($(compgen -W '%s %s' -- "$word")) ;;
        %s    *,-*) COMPREPLY=($(compgen -W '%2$s' -- "$word")) ;;
            esac
            [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
        }
        """
                        .formatted(verbs(), common(), cases())
                + org.postroom.agent.Completion.SHARED;
    }

    private static String verbs() {
        return Arrays.stream(Verb.values())
                .filter(Verb::standsAlone)
                .map(verb -> verb.word)
                .collect(Collectors.joining(" "));
    }

    private static String common() {
        return Arrays.stream(Option.values())
                .filter(Option::isCommon)
                .map(option -> option.word)
                .collect(Collectors.joining(" "));
    }

    private static String cases() {
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.standsAlone() && !verb.options.isEmpty())
                .map(verb ->
                        "    %s,-*) COMPREPLY=($(compgen -W '%s %s' -- \"$word\")) ;;\n"
                                .formatted(
                                        verb.word,
                                        verb.options.stream()
                                                .map(option -> option.word)
                                                .collect(Collectors.joining(" ")),
                                        common()))
                .collect(Collectors.joining());
    }
}
