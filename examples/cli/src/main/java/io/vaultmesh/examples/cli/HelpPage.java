package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.shared.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What {@code --help} shows, in as many columns as there are. */
final class HelpPage {

    /** A word of a shell, quotes and all. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    private static final int INDENT = 2;
    private static final int FIRST_COLUMN = 24;

    /** With fewer columns, what is explained and the explanation stand below each other. */
    private static final int TWO_COLUMNS = 60;

    private final StringBuilder out = new StringBuilder();
    private final CommandSpec command;
    private final int width;
    private final boolean colours;

    private HelpPage(CommandSpec command, int width, boolean colours) {
        this.command = command;
        this.width = width;
        this.colours = colours;
    }

    static String of(CommandSpec command) {
        return of(command, Terminal.width(), Terminal.hasColours());
    }

    static String of(CommandSpec command, int width, boolean colours) {
        return new HelpPage(command, width, colours).page();
    }

    private String page() {
        wrapped("Usage: " + synopsis(), 0, 7, "");
        out.append('\n');
        wrapped(String.join(" ", command.usageMessage().description()), 0, 0, "");
        List<PositionalParamSpec> arguments = command.positionalParameters();
        if (!arguments.isEmpty()) {
            heading("Arguments:");
            arguments.forEach(argument -> entry(argument.paramLabel(), text(argument.description())));
        }
        if (!command.subcommands().isEmpty()) {
            heading("Verbs:");
            command.subcommands()
                    .forEach((name, verb) -> entry(
                            name, text(verb.getCommandSpec().usageMessage().description())));
        }
        heading("Options:");
        command.options().forEach(option -> entry(form(option), text(option.description())));
        for (String line : command.usageMessage().footer()) {
            if (line.startsWith(" ")) {
                wrapped(line.strip(), INDENT, 2 * INDENT, " \\");
            } else {
                wrapped(line, 0, 0, "");
            }
        }
        return out.toString();
    }

    private String synopsis() {
        List<String> words = new ArrayList<>(List.of(command.qualifiedName()));
        command.positionalParameters().stream()
                .map(argument ->
                        (argument.arity().min() == 0 ? "[" + argument.paramLabel() + "]" : argument.paramLabel())
                                + (argument.arity().isVariable() ? "..." : ""))
                .forEach(words::add);
        command.options().stream()
                .filter(OptionSpec::required)
                .map(HelpPage::form)
                .forEach(words::add);
        words.add("[OPTION]...");
        if (!command.subcommands().isEmpty()) {
            words.add(command.positionalParameters().isEmpty() ? "VERB" : "| VERB");
        }
        return String.join(" ", words);
    }

    private static String form(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0
                ? names
                : names + " " + option.paramLabel() + (option.arity().isVariable() ? "..." : "");
    }

    private static String text(String[] lines) {
        return String.join(" ", lines);
    }

    private void heading(String text) {
        out.append('\n').append(colours ? "\033[1m" + text + "\033[0m" : text).append('\n');
    }

    private void entry(String name, String text) {
        String first = " ".repeat(INDENT) + name;
        if (width < TWO_COLUMNS || first.length() > FIRST_COLUMN - 2) {
            out.append(first).append('\n');
            int indent = width < TWO_COLUMNS ? 3 * INDENT : FIRST_COLUMN;
            wrapped(text, indent, indent, "");
        } else {
            out.append(first).append(" ".repeat(FIRST_COLUMN - first.length()));
            int start = out.length();
            wrapped(text, FIRST_COLUMN, FIRST_COLUMN, "");
            out.delete(start, start + FIRST_COLUMN); // the first line has its indent already
        }
    }

    /** Appends words, with as many in a line as there is room for. */
    private void wrapped(String text, int indent, int further, String continuation) {
        List<String> words =
                WORD.matcher(text).results().map(MatchResult::group).toList();
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        boolean empty = true;
        for (String word : words) {
            if (!empty && line.length() + 1 + word.length() + continuation.length() > width) {
                out.append(line).append(continuation).append('\n');
                line = new StringBuilder(" ".repeat(further));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
