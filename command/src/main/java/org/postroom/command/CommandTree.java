package org.postroom.command;

import org.postroom.control.Release;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.Arrays;
import java.util.List;

/// The rows of [Verb] and [Parameter] as picocli wants them: no annotations, so that there is one list.
final class CommandTree {

    private CommandTree() {}

    static CommandLine of() {
        var root =
                spec(
                        CommandSpec.create(),
                        "postroom",
                        List.of("One server for an organisation's e-mail and files."));
        for (var verb : Verb.values()) {
            var group = root;
            var words = verb.path.split(" ", -1);
            for (int i = 0; i < words.length - 1; i++) group = group(group, words, i);
            group.addSubcommand(words[words.length - 1], verb(verb));
        }
        var line = new CommandLine(root);
        line.setUsageHelpWidth(100);
        line.setUsageHelpLongOptionsMaxWidth(28);
        return line;
    }

    /// What was called, down to the verb; nothing when the words end at a group.
    static CommandLine.ParseResult innermost(CommandLine.ParseResult parsed) {
        var at = parsed;
        while (at.hasSubcommand()) at = at.subcommand();
        return at;
    }

    private static CommandSpec group(CommandSpec parent, String[] words, int depth) {
        var known = parent.subcommands().get(words[depth]);
        if (known != null) return known.getCommandSpec();
        String path = String.join(" ", Arrays.copyOf(words, depth + 1));
        var group = spec(CommandSpec.create(), words[depth], List.of(Verb.group(path)));
        parent.addSubcommand(words[depth], group);
        return group;
    }

    private static CommandSpec verb(Verb verb) {
        var words = verb.path.split(" ", -1);
        var spec =
                spec(
                        CommandSpec.wrapWithoutInspection(verb),
                        words[words.length - 1],
                        List.of(verb.help));
        spec.usageMessage().hidden(verb.isHidden());
        int index = 0;
        for (var parameter : verb.parameters)
            if (parameter.isOption()) spec.addOption(option(parameter));
            else spec.addPositional(positional(parameter, index++));
        return spec;
    }

    private static CommandSpec spec(CommandSpec spec, String name, List<String> help) {
        spec.name(name);
        spec.usageMessage().description(help.toArray(String[]::new));
        spec.version("postroom " + Release.VERSION);
        spec.addOption(
                OptionSpec.builder("--help", "-h")
                        .usageHelp(true)
                        .description("Show this and end.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("Show the version and end.")
                        .build());
        return spec;
    }

    private static OptionSpec option(Parameter parameter) {
        var option = OptionSpec.builder(names(parameter)).description(help(parameter));
        if (parameter.isFlag()) return option.type(boolean.class).arity("0").build();
        option.arity("1").paramLabel(parameter.label.replace("...", ""));
        return parameter.isMany()
                ? option.type(List.class).auxiliaryTypes(String.class).build()
                : option.type(String.class).build();
    }

    /// `-o` is what everybody types; `--verify-out` is what older programs call by it.
    private static String[] names(Parameter parameter) {
        return switch (parameter) {
            case OUT -> new String[] {parameter.spelling, "-o"};
            case VERIFICATIONS_OUT -> new String[] {parameter.spelling, "--verify-out"};
            default -> new String[] {parameter.spelling};
        };
    }

    private static PositionalParamSpec positional(Parameter parameter, int index) {
        var argument =
                PositionalParamSpec.builder()
                        .paramLabel(parameter.spelling.replace("...", ""))
                        .description(help(parameter));
        return parameter.isMany()
                ? argument.index(index + "..*")
                        .arity(parameter.byDefault.isEmpty() ? "1..*" : "0..*")
                        .required(parameter.byDefault.isEmpty())
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build()
                : argument.index(Integer.toString(index))
                        .arity(parameter.byDefault.isEmpty() ? "1" : "0..1")
                        .type(String.class)
                        .build();
    }

    private static String help(Parameter parameter) {
        String shown = parameter.help.replace("%", "%%");
        return parameter.byDefault.isEmpty()
                ? shown
                : shown + " Without it " + parameter.byDefault + ".";
    }
}
