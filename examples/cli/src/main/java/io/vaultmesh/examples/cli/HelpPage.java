package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.shared.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        wrapped(synopsis(), 0, 7, "");
        out.append('\n');
        wrapped(text(command.usageMessage().description()), 0);
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
        footer();
        return out.toString();
    }

    /** Paragraphs are filled anew; an example goes on behind a backslash, as a shell reads it. */
    private void footer() {
        StringBuilder paragraph = new StringBuilder();
        for (String line : command.usageMessage().footer()) {
            if (line.isEmpty() || line.startsWith(" ")) {
                wrapped(paragraph.toString(), 0);
                paragraph.setLength(0);
            }
            if (line.isEmpty()) {
                out.append('\n');
            } else if (line.startsWith(" ")) {
                wrapped(example(line), INDENT, 2 * INDENT, " \\");
            } else {
                paragraph.append(line).append(' ');
            }
        }
        wrapped(paragraph.toString(), 0);
    }

    /** The words of a command; an option and its value are one, if there is room for them in a line. */
    private List<String> example(String line) {
        List<String> pieces = new ArrayList<>();
        for (String word : words(line)) {
            int last = pieces.size() - 1;
            String joined = last < 0 ? word : pieces.get(last) + " " + word;
            if (last >= 0
                    && pieces.get(last).matches("--\\S+")
                    && !word.startsWith("--")
                    && joined.length() + 2 * INDENT + 2 <= width) {
                pieces.set(last, joined);
            } else {
                pieces.add(word);
            }
        }
        return pieces;
    }

    private List<String> synopsis() {
        List<String> words = new ArrayList<>(words("Usage: " + command.qualifiedName()));
        command.positionalParameters().stream()
                .map(argument ->
                        (argument.arity().min() == 0 ? "[" + argument.paramLabel() + "]" : argument.paramLabel())
                                + (argument.arity().isVariable() ? "..." : ""))
                .forEach(words::add);
        command.options().stream()
                .filter(option -> option.required() && option.group() == null)
                .map(HelpPage::form)
                .forEach(words::add);
        String oneOf = command.options().stream()
                .filter(option -> option.group() != null)
                .map(HelpPage::form)
                .collect(Collectors.joining(" |\n"));
        words.addAll(oneOf.isEmpty() ? List.of() : List.of(("(" + oneOf + ")").split("\n")));
        words.add("[OPTION]...");
        if (!command.subcommands().isEmpty()) {
            words.add(command.positionalParameters().isEmpty() ? "VERB" : "| VERB");
        }
        return words;
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
            wrapped(text, indent);
        } else {
            out.append(first).append(" ".repeat(FIRST_COLUMN - first.length()));
            int start = out.length();
            wrapped(text, FIRST_COLUMN);
            out.delete(start, start + FIRST_COLUMN); // the first line has its indent already
        }
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    private void wrapped(String text, int indent) {
        wrapped(words(text), indent, indent, "");
    }

    /** Appends words, with as many in a line as there is room for; without any, nothing. */
    private void wrapped(List<String> words, int indent, int further, String continuation) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.isEmpty()) {
                line.append(" ".repeat(indent)).append(word);
            } else if (line.length() + 1 + word.length() + continuation.length() > width) {
                out.append(line).append(continuation).append('\n');
                line = new StringBuilder(" ".repeat(further)).append(word);
            } else {
                line.append(' ').append(word);
            }
        }
        out.append(line).append(line.isEmpty() ? "" : "\n");
    }
}
