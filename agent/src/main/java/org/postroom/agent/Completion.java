package org.postroom.agent;

import org.postroom.agent.account.Hindrance;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What makes a shell complete the agent's verbs and options, printed from their rows.
public final class Completion {

    /// Both agents complete the words of one command, each if the shell has heard of it.
    public static final String SHARED =
            """
            _postroom_words() {
                case ${COMP_WORDS[1]} in
                mail | ftp) declare -F _postroom_${COMP_WORDS[1]} >/dev/null && _postroom_${COMP_WORDS[1]} ;;
                esac
            }
            complete -o filenames -F _postroom_words postroom ./postroom
            """;

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

    static String bash() {
        return """
        # postroom mail: eval "$(postroom mail completion bash)"
        _postroom_mail() {
            local word=${COMP_WORDS[COMP_CWORD]} verb= i
            [ "${COMP_WORDS[1]}" = mail ] || return
            for ((i = 2; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in -*) ;; *) verb=${COMP_WORDS[i]}; break ;; esac
            done
            case $verb in
            '') COMPREPLY=($(compgen -W '%s %s' -- "$word")) ;;
        %s    esac
            [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
        }
        """
                        .formatted(
                                words(),
                                common(),
                                cases("    %s) COMPREPLY=($(compgen -W '%s' -- \"$word\")) ;;\n"))
                + SHARED;
    }

    static String zsh() {
        return """
        # postroom mail: eval "$(postroom mail completion zsh)"
        _postroom_mail() {
            local verb= i
            [[ ${words[2]} = mail ]] || return
            for ((i = 3; i < CURRENT; i++)); do
                case ${words[i]} in -*) ;; *) verb=${words[i]}; break ;; esac
            done
            case $verb in
            '') compadd -- %s %s ;;
        %s    esac
            _files
        }
        compdef _postroom_mail postroom ./postroom
        """
                .formatted(words(), common(), cases("    %s) compadd -- %s ;;\n"));
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
