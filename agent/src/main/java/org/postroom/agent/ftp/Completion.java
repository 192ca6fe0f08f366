package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What makes a shell complete `postroom ftp`, printed from the rows.
public final class Completion {

    private Completion() {}

    static void print(Given given, PrintWriter out) throws Hindrance {
        switch (given.optional(0).orElse("")) {
            case "bash" ->
                    out.print(
                            bashFunction()
                                    + "complete -o filenames -F _postroom_ftp postroom"
                                    + " ./postroom\n");
            case "zsh" -> out.print(zshFunction() + "compdef _postroom_ftp postroom ./postroom\n");
            default -> throw Hindrance.usage("For which shell, bash or zsh?");
        }
        out.flush();
    }

    /// `_postroom_ftp`, which completes what stands behind `postroom ftp`.
    public static String bashFunction() {
        return """
        _postroom_ftp() {
            local word=${COMP_WORDS[COMP_CWORD]} verb= i
            [ "${COMP_WORDS[1]}" = ftp ] || return
            for ((i = 2; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in -*) ;; *) verb=${COMP_WORDS[i]}; break ;; esac
            done
            COMPREPLY=()
            case $verb:$word in
            :*) mapfile -t COMPREPLY < <(compgen -W '%1$s %2$s' -- "$word") ;;
        %3$s    *:-*) mapfile -t COMPREPLY < <(compgen -W '%2$s' -- "$word") ;;
            esac
            [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
        }
        """
                .formatted(
                        verbs(),
                        common(),
                        cases(
                                "    %s:-*) mapfile -t COMPREPLY < <(compgen -W '%s %s' --"
                                        + " \"$word\") ;;\n"));
    }

    /// The same for zsh.
    public static String zshFunction() {
        return """
        _postroom_ftp() {
            local verb= i
            [[ ${words[2]} = ftp ]] || return
            for ((i = 3; i < CURRENT; i++)); do
                case ${words[i]} in -*) ;; *) verb=${words[i]}; break ;; esac
            done
            case $verb:$PREFIX in
            :*) compadd -- %1$s %2$s ;;
        %3$s    *:-*) compadd -- %2$s ;;
            *) _files ;;
            esac
        }
        """
                .formatted(verbs(), common(), cases("    %s:-*) compadd -- %s %s ;;\n"));
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

    private static String cases(String form) {
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.standsAlone() && !verb.options.isEmpty())
                .map(verb ->
                        form.formatted(
                                verb.word,
                                verb.options.stream()
                                        .map(option -> option.word)
                                        .collect(Collectors.joining(" ")),
                                common()))
                .collect(Collectors.joining());
    }
}
