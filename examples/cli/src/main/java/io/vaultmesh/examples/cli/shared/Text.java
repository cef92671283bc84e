package io.vaultmesh.examples.cli.shared;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --title T --body FILE}. */
public final class Text {

    @Option(names = "--title", required = true, paramLabel = "T", description = "One line for people.")
    private String title;

    @Option(names = "--body", required = true, paramLabel = "FILE", description = "The whole of it, in Markdown.")
    private Path body;

    public String title() {
        return title;
    }

    public Path file() {
        return body;
    }

    public String body() {
        return InputFile.text(body);
    }
}
