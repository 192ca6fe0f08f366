package org.postroom.agent;

import org.postroom.agent.account.Hindrance;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What makes a shell complete the agent's verbs and options, printed from their rows.
public final class Completion {

    private Completion() {}

    static void print(Given given, PrintWriter out) throws Hindrance {
        String shell = given.words().isEmpty() ? "" : given.words().getFirst();
        switch (shell) {
            case "bash" -> out.print(bash());
            case "zsh" -> out.print(zsh());
            default -> throw Hindrance.usage("For which shell, bash or zsh?");
        }
        out.flush();
    }

    /// For the mail agent alone; the command completes all of its verbs.
    private static String bash() {
        return bashFunction() + "complete -o filenames -F _postroom_mail postroom ./postroom\n";
    }

    private static String zsh() {
        return zshFunction() + "compdef _postroom_mail postroom ./postroom\n";
    }

    /// `_postroom_mail`, which completes what stands behind `postroom mail`.
    public static String bashFunction() {
        return """
        _postroom_mail() {
            local word=${COMP_WORDS[COMP_CWORD]} verb= i
            [ "${COMP_WORDS[1]}" = mail ] || return
            for ((i = 2; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in -*) ;; *) verb=${COMP_WORDS[i]}; break ;; esac
            done
            COMPREPLY=()
            case $verb:$word in
            :*) mapfile -t COMPREPLY < <(compgen -W '%s %s' -- "$word") ;;
        %s    completion:*) mapfile -t COMPREPLY < <(compgen -W 'bash zsh' -- "$word") ;;
            esac
            [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
        }
        """
                .formatted(
                        words(),
                        common(),
                        cases(
                                "    %s:-*) mapfile -t COMPREPLY < <(compgen -W '%s' --"
                                        + " \"$word\") ;;\n"));
    }

    /// The same for zsh, which tells what each is for, too.
    public static String zshFunction() {
        return """
        _postroom_mail() {
            local verb= i
            local -a verbs
            [[ ${words[2]} = mail ]] || return
            for ((i = 3; i < CURRENT; i++)); do
                case ${words[i]} in -*) ;; *) verb=${words[i]}; break ;; esac
            done
            verbs=(
        %s    )
            case $verb:$PREFIX in
            :-*) compadd -- %s ;;
            :*) _describe verb verbs ;;
        %s    completion:*) compadd -- bash zsh ;;
            *) _files ;;
            esac
        }
        """
                .formatted(
                        Arrays.stream(Verb.values())
                                .map(verb -> "        '" + verb.word + ":" + brief(verb) + "'\n")
                                .collect(Collectors.joining()),
                        common(),
                        cases("    %s:-*) compadd -- %s ;;\n"));
    }

    /// The first sentence, without what a shell would read.
    private static String brief(Verb verb) {
        return verb.help.replaceAll("[.:;].*", "").replaceAll("['`\\\\]", "");
    }

    private static String words() {
        return Arrays.stream(Verb.values()).map(verb -> verb.word).collect(Collectors.joining(" "));
    }

    private static String common() {
        return Arrays.stream(Option.values())
                .filter(Option::isCommon)
                .map(option -> option.word)
                .collect(Collectors.joining(" "));
    }

    private static String cases(String form) {
        return Arrays.stream(Verb.values())
                .filter(verb -> !verb.options.isEmpty())
                .map(verb ->
                        form.formatted(
                                verb.word,
                                verb.options.stream()
                                        .map(option -> option.word)
                                        .collect(Collectors.joining(" "))))
                .collect(Collectors.joining());
    }
}
