package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.completion.CompletionVerb;
import io.vaultmesh.examples.cli.shared.Group;
import io.vaultmesh.examples.cli.shared.Group.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Makes the verbs that arguments name, and of all others the name alone: to reflect on each takes longer than most of them
 * run. Where a group's help is shown, what it lists is made too.
 */
final class VerbTree {

    private static final String PAGE = "page";

    private final Set<String> args;
    private final boolean whole;
    private final boolean help;

    private VerbTree(Set<String> args, boolean whole) {
        this.args = args;
        this.whole = whole;
        this.help = args.contains("--help");
    }

    static CommandLine of(Group root, String... args) {
        Set<String> words = Set.copyOf(Arrays.asList(args));
        return new VerbTree(words, words.contains(CompletionVerb.NAME)).under(root);
    }

    static CommandLine whole(Group root) {
        return new VerbTree(Set.of(), true).under(root);
    }

    private CommandLine under(Group root) {
        CommandLine command = new CommandLine(root);
        addVerbs(command, root);
        return command.setExpandAtFiles(false) // a title may begin with @
                .setHelpSectionKeys(List.of(PAGE))
                .setHelpSectionMap(Map.of(PAGE, shown -> HelpPage.of(shown.commandSpec())));
    }

    private void addVerbs(CommandLine parent, Group group) {
        List<Verb> verbs = group.verbs();
        boolean all = whole || (help && verbs.stream().noneMatch(verb -> args.contains(verb.name())));
        for (Verb verb : verbs) {
            if (all || args.contains(verb.name())) {
                CommandLine command = new CommandLine(verb.type());
                parent.addSubcommand(verb.name(), command);
                if (command.getCommand() instanceof Group below) {
                    addVerbs(command, below);
                }
            } else {
                parent.addSubcommand(verb.name(), new CommandLine(CommandSpec.create()));
            }
        }
    }
}
