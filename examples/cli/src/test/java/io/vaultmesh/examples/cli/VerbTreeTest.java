package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.examples.cli.shared.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** What all verbs have in common, of this issue and of later ones. */
class VerbTreeTest {

    static final Path DOCS =
            Path.of(System.getProperty("module.dir", ""), "../../docs").normalize();

    private static List<CommandSpec> all() {
        List<CommandSpec> all = new ArrayList<>();
        add(Vaultmesh.wholeTree(), all);
        assertTrue(all.size() >= 25, "saw only " + all);
        return all;
    }

    private static void add(CommandLine command, List<CommandSpec> all) {
        all.add(command.getCommandSpec());
        command.getSubcommands().values().forEach(verb -> add(verb, all));
    }

    private static boolean isLeaf(CommandSpec command) {
        return command.subcommands().isEmpty()
                || !command.positionalParameters().isEmpty();
    }

    @Test
    void everyVerbPrintsJson() {
        assertEquals(
                List.of(),
                all().stream()
                        .filter(VerbTreeTest::isLeaf)
                        .filter(command -> command.findOption("--json") == null)
                        .toList());
    }

    @Test
    void everyVerbIsDescribedInOneSentence() {
        for (CommandSpec command : all()) {
            String text = String.join(" ", command.usageMessage().description());
            assertTrue(text.matches("[A-Z].*[^.]\\."), command.qualifiedName() + " is described by: " + text);
        }
    }

    @Test
    void everyVerbHasAnExampleOfItself() {
        for (CommandSpec command : all()) {
            if (isLeaf(command)) {
                List<String> footer = List.of(command.usageMessage().footer());
                assertTrue(footer.contains("Example:"), command.qualifiedName() + " has no example");
                assertTrue(
                        footer.stream()
                                .anyMatch(line -> line.startsWith("  ") && line.contains(command.qualifiedName())),
                        command.qualifiedName() + " is not in its example: " + footer);
            }
        }
    }

    @Test
    void everyOptionIsDescribed() {
        for (CommandSpec command : all()) {
            command.args()
                    .forEach(arg -> assertTrue(
                            String.join(" ", arg.description()).endsWith(".")
                                    || String.join(" ", arg.description()).contains("Default: "),
                            command.qualifiedName() + ": " + arg + " is described by " + List.of(arg.description())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 40})
    void helpFitsIntoAsManyColumnsAsThereAre(int columns) {
        for (CommandSpec command : all()) {
            HelpPage.of(command, columns, false)
                    .lines()
                    .forEach(line -> assertTrue(line.length() <= columns, command.qualifiedName() + ": " + line));
        }
    }

    @Test
    void helpOfAGroupListsItsVerbs() {
        for (CommandSpec command : all()) {
            String page = HelpPage.of(command, 80, false);
            for (String verb : command.subcommands().keySet()) {
                assertTrue(page.contains("\n  " + verb + " "), command.qualifiedName() + " doesn't list " + verb);
            }
        }
    }

    @Test
    void helpIsShownByEveryVerb() {
        for (CommandSpec command : all()) {
            List<Object> args = new ArrayList<>(List.of(command.qualifiedName().split(" ")));
            args.remove(0);
            args.add("--help");
            assertEquals(
                    HelpPage.of(command, 80, false),
                    Run.of(args.toArray()).good().out());
        }
    }

    @Test
    void helpOfAVerbIsTheSameHoweverItIsAskedFor() {
        for (CommandSpec command : all()) {
            List<String> verbs = List.of(command.qualifiedName().split(" "));
            verbs = verbs.subList(1, verbs.size());
            for (String help : List.of("--help", "help")) {
                List<String> args = new ArrayList<>(verbs);
                args.add(0, help);
                assertEquals(
                        HelpPage.of(command, 80, false),
                        Run.of(args.toArray()).good().out());
            }
        }
        assertEquals(Run.of("memory", "list", "--help").good(), Run.of("memory", "-h", "list"));
    }

    @Test
    void usageOfAlternativesSaysThatOneOfThemIsNeeded() {
        String page = Run.of("trust", "pin", "--help").good().out();
        assertTrue(
                page.startsWith("Usage: vaultmesh trust pin --purpose T --memory DIR (--openpgp FILE |\n"
                        + "       --tsa FILE | --log VKEY | --witness VKEY | --peer DID) [OPTION]...\n"),
                page);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 40})
    void paragraphsOfHelpAreFilled(int columns) {
        for (CommandSpec command : all()) {
            List<String> lines = HelpPage.of(command, columns, false).lines().toList();
            for (int i = 1; i < lines.size(); i++) {
                String first = lines.get(i).split(" ")[0];
                if (!lines.get(i - 1).isEmpty() && !first.isEmpty()) {
                    assertTrue(
                            lines.get(i - 1).length() + 1 + first.length() > columns,
                            command.qualifiedName() + ": " + lines.get(i - 1) + " / " + lines.get(i));
                }
            }
        }
    }

    /** Whoever copies an example from the help gives the shell the words that stand in one line of the source. */
    @ParameterizedTest
    @ValueSource(ints = {80, 40})
    void examplesAreForAShellWhatTheyAreInOneLine(int columns, @TempDir Path directory) {
        StringBuilder whole =
                new StringBuilder("exec 3>&1; vaultmesh() { printf '%s\\n' \"$@\" - >&3; }; id=ID vkey=VKEY\n");
        StringBuilder wrapped = new StringBuilder(whole);
        int examples = 0;
        for (CommandSpec command : all()) {
            if (isLeaf(command) && !command.name().equals("completion")) { // that one runs what is printed
                for (String line : command.usageMessage().footer()) {
                    whole.append(line.startsWith(" ") ? line + "\n" : "");
                }
                String page = HelpPage.of(command, columns, false);
                wrapped.append(page.substring(page.indexOf("\nExample:\n") + 10));
                examples++;
            }
        }
        OutsideProgram bash = OutsideProgram.require("bash");
        String expected = bash.run(directory, "-c", whole.toString()).orFail();
        assertTrue(expected.lines().filter("-"::equals).count() >= examples, expected);
        assertEquals(expected, bash.run(directory, "-c", wrapped.toString()).orFail());
    }

    @Test
    void optionAndItsValueStandInOneLineOfAnExample() {
        for (CommandSpec command : all()) {
            HelpPage.of(command, 80, false).lines().forEach(line -> assertFalse(line.matches(".* --\\S+ \\\\"), line));
        }
    }

    @Test
    void coloursAreAddedToHeadingsAlone() {
        CommandSpec root = Vaultmesh.wholeTree().getCommandSpec();
        String coloured = HelpPage.of(root, 80, true);
        assertTrue(coloured.contains("\033[1mVerbs:\033[0m"), coloured);
        assertEquals(HelpPage.of(root, 80, false), coloured.replaceAll("\033\\[[01]m", ""));
    }

    @Test
    void verbsAreCalledAsTheyCallThemselves() {
        for (CommandSpec command : all()) {
            if (command.userObject() instanceof Group group) {
                for (Group.Verb verb : group.verbs()) {
                    assertEquals(verb.type().getAnnotation(Command.class).name(), verb.name());
                }
            }
        }
    }

    @Test
    void onlyVerbsThatAreNamedAreMade() {
        CommandLine tree = VerbTree.of((Group) Vaultmesh.wholeTree().getCommand(), "memory", "list");
        assertEquals(
                Vaultmesh.wholeTree().getSubcommands().keySet(),
                tree.getSubcommands().keySet());
        CommandLine memory = tree.getSubcommands().get("memory");
        assertEquals(
                Set.of("list"),
                Set.copyOf(memory.getSubcommands().entrySet().stream()
                        .filter(verb -> verb.getValue().getCommandSpec().findOption("--memory") != null)
                        .map(verb -> verb.getKey())
                        .toList()));
    }

    /** After a change: run this test with -Dvaultmesh.golden=refresh, and look at the difference. */
    @Test
    void helpOfEveryVerbStandsInTheDocumentation() throws IOException {
        StringBuilder pages =
                new StringBuilder("# Help of every verb\n\nAs `--help` shows it; a test compares them.\n");
        for (CommandSpec command : all()) {
            pages.append("\n## ")
                    .append(command.qualifiedName())
                    .append("\n\n```text\n")
                    .append(HelpPage.of(command, 80, false))
                    .append("```\n");
        }
        Path file = DOCS.resolve("COMMAND-HELP.md");
        if ("refresh".equals(System.getProperty("vaultmesh.golden"))) {
            Files.writeString(file, pages);
        }
        assertEquals(Files.readString(file), pages.toString());
    }

    @Test
    void everyVerbIsInTheGuide() throws IOException {
        String guide = Files.readString(DOCS.resolve("COMMAND.md"));
        for (CommandSpec command : all()) {
            if (isLeaf(command)) {
                assertTrue(
                        guide.contains("`" + command.qualifiedName()), command.qualifiedName() + " isn't documented");
            }
        }
        assertFalse(guide.contains("memory search"));
    }
}
