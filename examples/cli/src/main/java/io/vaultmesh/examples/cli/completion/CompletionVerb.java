package io.vaultmesh.examples.cli.completion;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Names;
import io.vaultmesh.examples.cli.shared.Output;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vaultmesh completion}. */
@Command(
        name = CompletionVerb.NAME,
        description = "Prints a script that has the shell complete verbs and options.",
        footer = {"", "Example:", "  . <(vaultmesh completion bash)"})
public final class CompletionVerb implements Runnable {

    public static final String NAME = "completion";

    private enum Shell {
        BASH,
        ZSH
    }

    private static final class ShellConverter implements ITypeConverter<Shell> {
        @Override
        public Shell convert(String value) {
            return Names.find(Shell.class, value);
        }
    }

    @Parameters(paramLabel = "SHELL", converter = ShellConverter.class, description = "bash or zsh.")
    private Shell shell;

    @Spec
    private CommandSpec command;

    @Mixin
    private Output output;

    @Override
    public void run() {
        // the script is one for both: in zsh it loads bashcompinit
        String script = AutoComplete.bash("vaultmesh", command.root().commandLine());
        output.print(
                JsonObject.builder()
                        .put("shell", shell.name().toLowerCase(Locale.ROOT))
                        .put("script", script)
                        .build(),
                script);
    }
}
