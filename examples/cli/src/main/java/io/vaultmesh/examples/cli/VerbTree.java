package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.completion.CompletionVerb;
import io.vaultmesh.examples.cli.shared.Verbs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Makes the verbs that arguments name, and of all others the name alone: to reflect on each takes longer than most of them
 * run. All are made where all are shown.
 */
final class VerbTree {

    private static final Set<String> SHOW_ALL = Set.of("-h", "--help", CompletionVerb.NAME);
    private static final String PAGE = "page";

    private final Set<String> args;
    private final boolean all;

    private VerbTree(String... args) {
        this.args = new HashSet<>(Arrays.asList(args));
        this.all = SHOW_ALL.stream().anyMatch(this.args::contains);
    }

    static CommandLine of(Object root, String... args) {
        CommandLine command = new CommandLine(root);
        new VerbTree(args).addVerbs(command, root.getClass());
        return command.setExpandAtFiles(false) // a title may begin with @
                .setHelpSectionKeys(List.of(PAGE))
                .setHelpSectionMap(Map.of(PAGE, shown -> HelpPage.of(shown.commandSpec())));
    }

    private void addVerbs(CommandLine parent, Class<?> type) {
        Verbs below = type.getAnnotation(Verbs.class);
        if (below == null) {
            return;
        }
        for (Class<?> verb : below.value()) {
            Command annotation = verb.getAnnotation(Command.class);
            if (annotation == null) {
                throw new IllegalStateException(verb + " is no verb, expected @Command");
            }
            String name = annotation.name();
            if (all || args.contains(name)) {
                CommandLine command = new CommandLine(verb);
                parent.addSubcommand(name, command);
                addVerbs(command, verb);
            } else {
                parent.addSubcommand(name, new CommandLine(CommandSpec.create()));
            }
        }
    }
}
